"""What the office does with outcomes and the newsletter."""
