"""What people agree to, word for word. Whoever changes a sentence here counts VERSION up: the proof names it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

VERSION = 1
ASKING = _(
    "I would like to get the newsletter of the alliance by e-mail: what has come of ideas and what was answered. I can "
    "end that at any time with a link in each issue. My address is used for nothing else."
)
CONFIRMING = _("Yes, I would like to get the newsletter at this address.")
ENDING = _("I no longer want the newsletter.")


def in_full(wording, language):
    """A wording as it stood before somebody who reads ``language``."""
    with override(language):
        return str(wording)
