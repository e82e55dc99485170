"""What is done with reports: received and decided; what is hidden or blocked, and objections to that."""
