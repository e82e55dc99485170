"""What every slice stands on; imports nothing of ours."""
