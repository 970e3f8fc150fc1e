"""What both sides of an order use: forms, questions and the papers of a status note."""
