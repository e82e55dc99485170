"""Meetings for other programs: iCalendar (RFC 5545) and Atom (RFC 4287), always in German as the meetings are."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar
from icalendar import Event as Entry

from ..core.feeds import Atom
from ..core.web import absolute

LANGUAGE = "de"
PRODUCT = "-//Allianzportal//Meetings//DE"
EACH = timedelta(hours=6)  # how often a subscribed calendar asks
MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar(meetings, name=""):
    """The calendar called ``name`` (a single meeting needs none) as bytes; what is cancelled is in it and says so."""
    document = Calendar()
    document.add("prodid", PRODUCT)
    document.add("version", "2.0")
    document.add("method", "PUBLISH")
    if name:
        document.add("name", name)
        document.add("x-wr-calname", name)
        document.add("refresh-interval", EACH, parameters={"VALUE": "DURATION"})
    with override(LANGUAGE):
        for meeting in meetings:
            document.add_component(_event(meeting))
    return document.to_ical()


def atom(meetings, alliance):
    """The Atom document of public ``meetings``."""
    with override(LANGUAGE):
        feed = Atom(
            title=_("Meetings – %(alliance)s") % {"alliance": alliance.name}, description="", language=LANGUAGE,
            subtitle=_("Meetings of working groups to which everybody may come"), link=absolute(reverse("calendar")),
            feed_url=absolute(reverse("calendar_atom")), author_name=alliance.name,
        )  # fmt: skip
        for meeting in meetings:
            page = absolute(meeting.get_absolute_url())
            feed.add_item(
                title=f"{moment_of(meeting)}: {meeting.title}", link=page, unique_id=page,
                description=_content(meeting), pubdate=meeting.created_at, updateddate=meeting.updated_at,
            )  # fmt: skip
    return feed.writeString("utf-8").encode()


def _event(meeting):
    event = Entry()
    event.add("uid", str(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at)
    event.add("last-modified", meeting.updated_at)
    event.add("created", meeting.created_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", f"{meeting.group.title}: {meeting.title}")
    event.add("location", meeting.place or meeting.link)
    event.add("description", _description(meeting))
    event.add("url", absolute(meeting.get_absolute_url()))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return event


def _description(meeting):
    parts = [
        _("Cancelled: %(reason)s") % {"reason": meeting.cancelled_because} if meeting.is_cancelled else "",
        meeting.link,
        meeting.agenda,
        absolute(meeting.get_absolute_url()),
    ]
    return "\n\n".join(filter(None, parts))


def _content(meeting):
    where = " · ".join(filter(None, [meeting.place, meeting.link]))
    return format_html("<p>{}, {}<br>{}</p>{}", meeting.group.title, moment_of(meeting), where, meeting.shown)


def moment_of(meeting):
    """When it is, in words: Donnerstag, 3. Dezember 2026, 19:00 to 21:00."""
    starts, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    words = {"day": date_format(starts, "l, j. F Y"), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    return _("%(day)s, %(starts)s to %(ends)s") % words
