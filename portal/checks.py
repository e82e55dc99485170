"""Checks that refuse an unsafe start."""
