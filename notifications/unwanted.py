"""A letter that nobody should get any more."""


class Unwanted(Exception):  # noqa: N818  (an outcome, not a mistake)
    """The letter is not sent; ``str()`` says why, for the office and without personal data."""


NO_LONGER = "the recipient no longer belongs to those whom it concerns"
