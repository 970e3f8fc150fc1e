"""Write letters, send them, and see that they arrive."""
