"""Outcomes made public, and the newsletter."""
