"""What is known of a citizen and those around."""
