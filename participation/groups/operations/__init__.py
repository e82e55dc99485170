"""What is done in and with working groups."""
