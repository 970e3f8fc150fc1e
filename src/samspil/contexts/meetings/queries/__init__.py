"""What is read of meetings, each part beside the commands of the same name."""
