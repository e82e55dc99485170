"""May this person do this? Asked inside every operation, whatever the door.

django-rules is asked directly, never through ``user.has_perm``: that is
always true for superusers, and no superuser may do what only a post allows.
"""

import rules

from .errors import NotAllowed


def may(by, permission, subject=None):
    """Whether ``by`` may do ``permission`` (``"participation.verb_noun"``) to ``subject``.

    Raises KeyError for a permission nobody defined.
    """
    if permission not in rules.permissions.permissions:
        raise KeyError(permission)
    return bool(by and by.is_authenticated and by.is_active and rules.has_perm(permission, by, subject))


def require(by, permission, subject=None):
    """Raise NotAllowed unless ``by`` may do ``permission`` to ``subject``."""
    if not may(by, permission, subject):
        raise NotAllowed
