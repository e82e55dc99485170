"""Knows what happened, not how it was done: who is told, by which letter, and what became of it."""
