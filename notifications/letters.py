"""Composing: from a row to an e-mail in text and HTML, in the recipient's language."""

import re
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

from participation.core.text import clean_line
from participation.region.queries import the_alliance

from .catalogue import BY_NAME
from .unwanted import Unwanted


def compose(delivery):
    """The letter of ``delivery`` as an e-mail.

    Raises Unwanted where nobody should get it any more.
    """
    letter = BY_NAME[delivery.letter]
    address = _address(delivery, letter)
    alliance = the_alliance()
    with translation.override(delivery.language):
        context = {**letter.context(delivery), "alliance": alliance, "site_url": settings.SITE_URL}
        context["subject"] = subject = clean_line(_render(f"{letter.name}.subject.txt", context, autoescape=False))
        text = _render(f"{letter.name}.txt", context, autoescape=False)
        html = _render(f"{letter.name}.html", context)
    message = EmailMultiAlternatives(
        subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", _sender(alliance), [address],
        reply_to=[alliance.email] if alliance.email else [],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(_inliner().inline(html), "text/html")
    return message


def _address(delivery, letter):
    """Where the letter goes; asked at the moment of sending."""
    actor = delivery.recipient
    if actor and not actor.is_active:
        raise Unwanted("the account is gone")
    if actor and not letter.allowed(actor):
        raise Unwanted("the letter no longer concerns the recipient")
    address = delivery.address or (actor.email if actor else "")
    if not address:
        raise Unwanted("there is no address any more")
    return address


def _sender(alliance):
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or clean_line(alliance.name), address))


def _render(name, context, *, autoescape=True):
    return get_template(f"letters/{name}").template.render(Context(context, autoescape=autoescape))


@cache
def _inliner():
    """Writes letter.css into the tags: many mail programs drop style sheets."""
    css = Path(finders.find("portal/css/letter.css")).read_text(encoding="utf-8")
    return css_inline.CSSInliner(extra_css=css, load_remote_stylesheets=False)
