"""The delivered first wordings of the legal texts, and the places in them that the alliance's profile fills.

A text holds markers such as ``{responsible_body}``. When a version is published they are replaced by what the profile
says at that moment; what the profile does not say yet stands there visibly as still to be entered.
"""

import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from .markup import escaped, rendered

TEXTS = Path(__file__).parent / "texts"
PROFILE = {
    "alliance": ("name", _("name")),
    "office": ("office_address", _("address of the office")),
    "email": ("email", _("e-mail address of the office")),
    "phone": ("phone", _("telephone")),
    "responsible_body": ("responsible_body", _("responsible body")),
    "represented_by": ("represented_by", _("represented by")),
    "supervisory_authority": ("supervisory_authority", _("supervisory authority")),
    "data_protection_contact": ("data_protection_contact", _("data protection officer")),
}
RULES = {
    "site": (lambda: settings.SITE_URL, _("address of the portal")),
    "minimum_age": (lambda: settings.MINIMUM_AGE, _("minimum age")),
    "unconfirmed_days": (lambda: settings.UNCONFIRMED_DAYS, _("days after which unconfirmed accounts are deleted")),
    "barrier_days": (lambda: settings.BARRIER_ANSWER_DAYS, _("days within which barrier reports are answered")),
}
LINKS = {"email", "site"}
_MARKER = re.compile(r"\{([a-z_]+)\}")


def first_wording(kind, language):
    """The delivered text of ``kind`` in ``de`` or ``en``."""
    return (TEXTS / f"{kind}.{language}.md").read_text(encoding="utf-8").strip()


def markers():
    """Each marker as it is written, with what it stands for."""
    return [(f"{{{name}}}", label) for name, (_source, label) in {**PROFILE, **RULES}.items()]


def missing(text, alliance):
    """The labels of the markers in ``text`` that the profile leaves empty, each once."""
    used = dict.fromkeys(_MARKER.findall(text))
    return [PROFILE[name][1] for name in used if name in PROFILE and not _said(name, alliance)]


def as_html(text, alliance, language):
    """``text`` with its markers filled, as safe HTML."""
    with override(language):
        return rendered(_MARKER.sub(lambda marker: _filled(marker, alliance), text))


def _filled(marker, alliance):
    name = marker[1]
    if name not in PROFILE and name not in RULES:
        return marker[0]
    value = str(RULES[name][0]()) if name in RULES else _said(name, alliance)
    if value and name in LINKS:
        return f"<{value}>"
    return escaped(value) or f"**[{_still_missing(name)}]**"


def _said(name, alliance):
    return getattr(alliance, PROFILE[name][0])


def _still_missing(name):
    return escaped(gettext("to be entered by the alliance: %(what)s") % {"what": PROFILE[name][1]})
