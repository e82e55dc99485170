"""A letter that nobody should get any more."""

from django.utils.translation import gettext_noop


class Unwanted(Exception):  # noqa: N818  (an outcome, not a mistake)
    """The letter is not sent; ``str()`` says why, for the office and without personal data."""


NO_LONGER = gettext_noop("the recipient no longer belongs to those whom it concerns")
