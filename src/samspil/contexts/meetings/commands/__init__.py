"""What can be done with a meeting: call it (`calling`), prepare it, write on its board, close it."""
