"""May this person do this? Asked inside every operation, whatever the door.

django-rules is asked directly, never through ``user.has_perm``: that is
always true for superusers, and no superuser may do what only a post allows.
"""

from contextvars import ContextVar

import rules

from .errors import NeedsSecondFactor, NotAllowed

_factor_missed = ContextVar("factor_missed", default=False)


def hindrance(by, permission, subject=None):
    """What keeps ``by`` from ``permission`` (``"participation.verb_noun"``): a refusal, or None.

    NeedsSecondFactor where only the second factor is missing, else NotAllowed.
    Raises KeyError for a permission nobody defined.
    """
    if permission not in rules.permissions.permissions:
        raise KeyError(permission)
    if not (by and by.is_authenticated and by.is_active):
        return NotAllowed()
    token = _factor_missed.set(False)
    try:
        if rules.has_perm(permission, by, subject):
            return None
        return NeedsSecondFactor() if _factor_missed.get() else NotAllowed()
    finally:
        _factor_missed.reset(token)


def miss_second_factor():
    """Called by a rule: the person would pass if a second factor protected the account. Returns False."""
    _factor_missed.set(True)
    return False


def may(by, permission, subject=None):
    """Whether ``by`` may do ``permission`` to ``subject``; see ``hindrance``."""
    return hindrance(by, permission, subject) is None


def require(by, permission, subject=None):
    """Raise the refusal that keeps ``by`` from doing ``permission`` to ``subject``, if there is one."""
    refusal = hindrance(by, permission, subject)
    if refusal:
        raise refusal
