"""Everything an installation cannot do without, in one sealed file, and back again."""
