"""What may be written about a citizen and those around."""
