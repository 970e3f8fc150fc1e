"""What is read, each kind of reader in a module of its own."""
