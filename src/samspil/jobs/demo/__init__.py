"""The demo municipality: its words as data, and what fills the database with them."""
