"""Why a letter did not leave, in plain words.

Rows keep a short sentence in English, marked where it is made, or the code of
a mail server's answer (RFC 3463, RFC 5321); here both become words for people.
"""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REFUSED, UNCOMPOSED = "refused: ", "cannot be composed: "

# What mail servers mean: the first line that the code begins with. Exact codes stand before their families.
MEANINGS = {
    "5.1.1": _("the mailbox does not exist"),
    "5.1.2": _("the mail server of the address does not exist"),
    "5.1.10": _("the address takes no e-mail"),
    "5.1": _("the address is not right"),
    "5.2.1": _("the mailbox is closed"),
    "5.2.2": _("the mailbox is full"),
    "5.2.3": _("the letter is too large for the mailbox"),
    "5.3.4": _("the letter is too large for the mail server"),
    "5.4": _("the mail server of the address cannot be reached"),
    "5.7": _("the mail server refuses letters of the portal"),
    "4.2.1": _("the mailbox takes nothing at the moment"),
    "4.2.2": _("the mailbox is full at the moment"),
    "4.3": _("the mail server is busy"),
    "4.4": _("the mail server of the address cannot be reached at the moment"),
    "4.7.1": _("the mail server asks to come back later"),
    "4.7": _("the mail server asks to come back later"),
    "552": _("the mailbox is full"),
    "553": _("the address is not right"),
    "5": _("the mail server refused the letter"),
    "452": _("the mailbox is full at the moment"),
    "4": _("the mail server asks to come back later"),
}


def in_words(reason):
    """The stored ``reason`` for people, in the present language; "" stays ""."""
    if reason.startswith(REFUSED):
        return str(_meaning(*reason.removeprefix(REFUSED).partition(" ")[::2]))
    if reason.startswith(UNCOMPOSED):
        return gettext("the letter could not be written; whoever looks after the portal finds out why in the log")
    return gettext(reason) if reason else ""


def _meaning(code, detail):
    """What a mail server meant: its detailed code where we know it, else the plain one."""
    known = [mark for mark in MEANINGS if re.match(rf"{re.escape(mark)}(\.|$)", detail)] if detail.count(".") else []
    known += [mark for mark in MEANINGS if "." not in mark and code.startswith(mark)]
    return MEANINGS[known[0]] if known else _("the mail server refused the letter")
