"""What people report to the office, what the office hides or blocks and why, and the objections to that."""
