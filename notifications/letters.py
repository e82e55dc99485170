"""Composing: from a row to an e-mail in text and HTML, in the recipient's language."""

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from functools import cache
from pathlib import Path

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext_noop

from participation.core.text import clean_line, shortened
from participation.region.queries import the_alliance

from .headers import headers_of, ways_out
from .letterbook import BY_NAME
from .unwanted import Unwanted

LONGEST_SUBJECT = 77  # what a mail program shows, and what fits into one line of a header (RFC 5322)


@dataclass(frozen=True)
class Rendering:
    """What a letter says, whole."""

    subject: str
    text: str
    html: str


def compose_one(delivery):
    """The letter of ``delivery`` as an e-mail.

    Raises Unwanted where nobody should get it any more.
    """
    letter = BY_NAME[delivery.letter]
    address = address_of(delivery, letter)
    with translation.override(delivery.language):
        context = {**ways_out(delivery, letter), **letter.context(delivery)}
    rendering = render(letter, context, delivery.language)
    head = headers_of(delivery, letter, stop_url=context.get("stop_url", ""))
    return as_email(rendering, address, head)


def render(letter, context, language):
    """The words of ``letter``, with ``context``, in ``language``."""
    with translation.override(language):
        context = {**context, "alliance": the_alliance(), "site_url": settings.SITE_URL}
        context["subject"] = subject = clean_line(_render(f"{letter.name}.subject.txt", context, autoescape=False))
        text = _render(f"{letter.name}.txt", context, autoescape=False)
        html = _render(f"{letter.name}.html", context)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return Rendering(shortened(subject, LONGEST_SUBJECT), text, _inliner().inline(html))


def as_email(rendering, address, head):
    """``rendering`` as an e-mail to ``address`` with the headers ``head``."""
    message = EmailMultiAlternatives(
        rendering.subject, rendering.text, sender_of(the_alliance()), [address],
        reply_to=reply_address(the_alliance()), headers=head,
    )  # fmt: skip
    message.attach_alternative(rendering.html, "text/html")
    return message


def address_of(delivery, letter):
    """Where the letter goes; asked at the moment of sending. Raises Unwanted where it goes nowhere."""
    actor = delivery.recipient
    if actor and not actor.is_active:
        raise Unwanted(gettext_noop("the account is gone"))
    if not letter.allowed(actor):
        raise Unwanted(gettext_noop("the letter no longer concerns the recipient"))
    address = delivery.address or (actor.email if actor else "")
    if not address:
        raise Unwanted(gettext_noop("there is no address any more"))
    return address


def sender_of(alliance):
    """From whom letters come."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or clean_line(alliance.name), address))


def reply_address(alliance):
    """To whom answers go, as a list of one or none."""
    return [alliance.email] if alliance.email else []


def _render(name, context, *, autoescape=True):
    return get_template(f"letters/{name}").template.render(Context(context, autoescape=autoescape))


@cache
def _inliner():
    """Writes letter.css into the tags: many mail programs drop style sheets."""
    css = Path(finders.find("portal/css/letter.css")).read_text(encoding="utf-8")
    return css_inline.CSSInliner(extra_css=css, load_remote_stylesheets=False)
