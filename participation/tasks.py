"""The background tasks of all slices, gathered."""
