"""What the pages share: icons, initials, dates, soft hyphens and the widgets of a form."""

import datetime
import re
from functools import cache
from html import unescape

import pyphen
from django import forms, template
from django.template.defaultfilters import stringfilter
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext

from notifications.outcomes import moment
from participation.actors.queries import name_for

from ..wording import in_words

register = template.Library()
register.filter("in_words", in_words)
register.filter("name_for", name_for)
register.filter("moment", moment)

ICONS = {
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "bell": '<path d="M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
    "bolt": '<path d="M13 3L5 14h6l-1 7 8-11h-6z"/>',
    "bus": '<path d="M4 16V8a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8zM4 11h16"/><circle cx="8" cy="17.5" r="1.8"/>'
    '<circle cx="16" cy="17.5" r="1.8"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "comment": '<path d="M4 5h16v11H10l-4 4v-4H4z"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5V4.5h-11v11h4"/>',
    "device": '<rect x="3.5" y="5" width="17" height="11" rx="1.5"/><path d="M2 19.5h20"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>',
    "edit": '<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM14 6.5l3.5 3.5"/>',
    "external": '<path d="M13 5h6v6M19 5l-8.5 8.5M17 14v5H5V7h5"/>',
    "factory": '<path d="M4 20V10l5 3v-3l5 3V5h4l1.5 15zM8 16.5h1.5M12 16.5h1.5"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "flag": '<path d="M6 21V4h12l-3 4 3 4H6"/>',
    "handshake": '<path d="M3 7.5l4-1.5 5 2 5-2 4 1.5V15l-2.5 1M3 7.5V15l2.5 1M12 8l-3.5 3.5c1.5 1.5 3 1 4.5 0l5.5'
    ' 4.5M5.5 16l4 3.5 2 .5 2-1 2-1 1-1.5"/>',
    "heart": '<path d="M12 20s-7.5-4.4-7.5-10A4.2 4.2 0 0 1 12 7.6 4.2 4.2 0 0 1 19.5 10c0 5.6-7.5 10-7.5 10z"/>',
    "hiking": '<circle cx="13" cy="4.5" r="1.8"/><path d="M11 21l1.5-6.5L10 12l1-4.5h2.5l1.5 3 3 1M10 12l-2 9M6.5'
    ' 8v4.5M8.5 8h-2M18 9.5V21"/>',
    "house": '<path d="M4 20V11l8-7 8 7v9zM10 20v-6h4v6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.2"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L19.5 4M16 7.5l3 3"/>',
    "language": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.5 3.5 5.3 3.5 8.5s-1 6-3.5 8.5'
    'c-2.5-2.5-3.5-5.3-3.5-8.5s1-6 3.5-8.5z"/>',
    "leaf": '<path d="M12 21v-7M12 14c-5 0-7-3-7-8 5 0 7 3 7 8zM12 16c0-4 2-6.5 7-6.5 0 4.5-2.5 6.5-7 6.5z"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0'
    ' 5.7 5.7l1-1"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="M4 7.5l8 6 8-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "people": '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 19c0-3.6 2.7-5.5 6-5.5s6 1.9 6 5.5M16 5.7a3.2 3.2 0 0'
    ' 1 0 5.6M17.5 14c2.2.6 3.5 2.3 3.5 5"/>',
    "phone": '<path d="M8.5 4H5c-.3 8.5 6.5 15.3 15 15v-3.5l-4-2-2 2c-2.5-1.3-4.2-3-5.5-5.5l2-2z"/>',
    "pin": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "shield": '<path d="M12 3.5l7.5 2.5v6c0 4.5-3 7.3-7.5 8.5-4.5-1.2-7.5-4-7.5-8.5V6zM8.5 12l2.5 2.5 4.5-4.5"/>',
    "shop": '<path d="M5 10.5V20h14v-9.5M3.5 10.5L5.5 5h13l2 5.5c-2 2-4 1.5-5.7 0-1.6 1.5-4 1.5-5.6 0-1.7'
    ' 1.5-3.7 2-5.7 0zM10 20v-5h4v5"/>',
    "together": '<circle cx="8" cy="12" r="4.5"/><circle cx="16" cy="12" r="4.5"/>',
    "trash": '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>',
    "user": '<circle cx="12" cy="7" r="3"/><path d="M5 20c0-4.5 3-7 7-7s7 2.5 7 7z"/>',
    "warn": '<path d="M12 4l9 16H3zM12 10v4.5M12 17.3v.2"/>',
}
ICONS["users"] = ICONS["people"]

NO_BREAK = "\N{NO-BREAK SPACE}"
TICKS = (forms.CheckboxSelectMultiple, forms.RadioSelect)


@register.simple_tag
def icon(name):
    """Draw one of ICONS beside words; hidden from screen readers, because the words say it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - a constant of this file
    )


@register.filter
@stringfilter
def initials(name):
    """Two letters for an avatar: “Kim Muster” gives KM, “Kim” gives K."""
    letters = [word[0] for word in re.findall(r"[^\W\d_]+", name)]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.filter
@stringfilter
def browser(user_agent):
    """What people call the browser that names itself ``user_agent``: “Firefox, Windows”."""
    names = [next((name for sign, name in known.items() if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or user_agent[:40]


@register.filter(is_safe=True)
@stringfilter
def soft_hyphens(text, letters=18):
    """Let words of more than 18 (or other) ``letters`` break where a German reader would break them."""
    return re.sub(rf"[^\W\d_]{{{letters + 1},}}", lambda word: _german().inserted(word[0], "\N{SOFT HYPHEN}"), text)


@cache
def _german():
    return pyphen.Pyphen(lang="de_DE")


@register.filter
@stringfilter
def plain(html):
    """The words of our own ``html`` in one line, for a card or a description; escaped again when shown."""
    words = re.sub(r"</?(?:a|em|strong)\b[^>]*>", "", html)  # these part no words
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", words)).split())


@register.filter
def day(value):
    """A date as people write it, on one line: 3. November 2026. Nothing for no date."""
    return _written(value, _day_format()) if value else ""


@register.filter
def long_day(value):
    """The same with its weekday: Dienstag, 3. November 2026. A narrow telephone breaks the line after the weekday."""
    return f"{_written(value, 'l')}, {day(value)}" if value else ""


@register.filter
def moment(value):
    """A day with its time: Dienstag, 3. November 2026, 18:00."""
    return f"{long_day(value)}, {formats.date_format(timezone.localtime(value), 'H:i')}"


@register.filter
def relative_day(value):
    """How far away a day is: today, tomorrow, in 3 days, 2 weeks ago. Stands beside the date, never alone."""
    if not value:
        return ""
    away = (_local_date(value) - timezone.localdate()).days
    if away in _NEAR:
        return _NEAR[away]()
    if abs(away) < 14:
        return _days(away)
    return _weeks(away) if abs(away) < 60 else _months(away)


_NEAR = {0: lambda: gettext("today"), 1: lambda: gettext("tomorrow"), -1: lambda: gettext("yesterday")}


def _days(away):
    if away > 0:
        return ngettext("in %(count)s day", "in %(count)s days", away) % {"count": away}
    return ngettext("%(count)s day ago", "%(count)s days ago", -away) % {"count": -away}


def _weeks(away):
    weeks = abs(away) // 7
    if away > 0:
        return ngettext("in %(count)s week", "in %(count)s weeks", weeks) % {"count": weeks}
    return ngettext("%(count)s week ago", "%(count)s weeks ago", weeks) % {"count": weeks}


def _months(away):
    months = round(abs(away) / 30.4)
    if away > 0:
        return ngettext("in %(count)s month", "in %(count)s months", months) % {"count": months}
    return ngettext("%(count)s month ago", "%(count)s months ago", months) % {"count": months}


def _day_format():
    """Django's own format of the language; only its English one shortens the month."""
    return "j F Y" if (get_language() or "").startswith("en") else formats.get_format("DATE_FORMAT")


def _written(value, pattern):
    return formats.date_format(_local_date(value), pattern).replace(" ", NO_BREAK)


def _local_date(value):
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def kind(field):
    """How components/field.html draws a bound field: input, textarea, select, tick, choices, file or trap.

    A trap is a field out of the keyboard's reach, which only robots fill in.
    """
    widget = field.field.widget
    if str(widget.attrs.get("tabindex")) == "-1":
        return "trap"
    if isinstance(widget, TICKS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.ClearableFileInput):
        return "file"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return "select" if isinstance(widget, forms.Select) else "input"


@register.filter
def anchor(field):
    """The id a link in the error summary leads to: the control itself, or the first of several."""
    return f"{field.auto_id}_0" if kind(field) == "choices" else field.id_for_label


@register.simple_tag
def widget(field, hint=""):
    """Render a bound field's control with KERN's class, tied to its hint and its error."""
    notes = [f"{field.auto_id}_hint"] if hint else []
    notes += [f"{field.auto_id}_error"] if field.errors else []
    attributes = {"aria-describedby": " ".join(notes)} if notes else {}
    if kind(field) == "trap":
        field.field.widget.attrs.pop("style", None)  # allauth brings one; the content security policy forbids it
    if classes := _CLASSES.get(kind(field), "kern-form-input__input"):
        given = field.field.widget.attrs.get("class", "")
        attributes["class"] = f"{classes} {given}".strip()
    return field.as_widget(attrs=attributes)


_CLASSES = {"select": "kern-form-input__select", "tick": ""}


@register.filter
def page_numbers(page):
    """The numbers a pagination shows: the ends, the page and its neighbours, with an ellipsis between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
