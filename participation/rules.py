"""The permissions of all slices, gathered; loaded once by ``apps.py``."""

from .actors import personal, rules  # noqa: F401
