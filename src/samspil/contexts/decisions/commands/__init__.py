"""What can be done: examine (`needs`), draft (`drafting`, `hearings`), decide, adjust, and answer complaints."""
