"""What is done with ideas: written and sent, reviewed, answered, supported."""
