"""What was asked, what the case holds, and what an answer looks like."""
