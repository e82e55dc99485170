"""Refusals: what operations raise when a rule says no. Their text is for the person."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not an error)
    """Something was not done; ``str()`` says what happened and what to do."""

    message = _("This cannot be done. Nothing was changed.")

    def __init__(self, message=None):
        super().__init__(message or self.message)

    def __str__(self):
        return str(self.args[0])


class NotAllowed(Refusal):
    """The person has no right to do this."""

    message = _("You may not do this. Nothing was changed.")


class NeedsSecondFactor(NotAllowed):
    """The person's post would allow this once a second factor protects the account."""

    message = _("Your post needs a second factor. Please set one up first; nothing was changed.")


class WrongState(Refusal):
    """The table of states has no such move."""

    message = _("This is no longer possible in the present state. Please look again.")


class Outdated(Refusal):
    """Somebody else moved the row first."""

    message = _("Somebody else was faster. Please look again.")
