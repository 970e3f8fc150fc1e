"""What can be done: ask (`asking`), gather and cover (`gathering`), answer (`answering`), disagree (`disagreeing`)."""
