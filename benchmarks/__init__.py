"""What Samspil's pages cost beside what a hand-lean Django page costs. See README.md."""
