"""Read models: needs with their funnel, decisions with what is missing, grants, complaints, and what a letter draws."""
