"""What people say to each other about a case; one model for all who need it."""
