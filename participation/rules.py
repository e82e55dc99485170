"""The permissions of all slices, gathered; loaded once by ``apps.py``."""

from .accessibility import personal as accessibility_personal  # noqa: F401  (before actors: it needs their names)
from .actors import personal, rules  # noqa: F401
