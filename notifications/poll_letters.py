"""What letters about the search for a date say: asked, closing soon, to be chosen, dropped."""

from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.web import absolute
from participation.events.kinds import Kind
from participation.groups.poll_models import DatePoll
from participation.groups.poll_queries import options_of, who_answered

from .group_letters import check_leads, for_coordination, why_members
from .unwanted import Unwanted

# What happened → the subject of the letter, and what it says first.
NEWS = {
    Kind.POLL_OPENED: (
        gettext_lazy("Which times suit you?"),
        gettext_lazy("The working group “%(title)s” looks for a date for a meeting."),
    ),
    Kind.POLL_CLOSING: (
        gettext_lazy("Until tomorrow: which times suit you?"),
        gettext_lazy("The working group “%(title)s” looks for a date for a meeting, and you have not answered yet."),
    ),
    Kind.POLL_DROPPED: (
        gettext_lazy("A date is sought no more:"),
        gettext_lazy("The working group “%(title)s” no longer looks for a date for this meeting."),
    ),
}


def news(delivery):
    """For the members: which times there are and until when they can answer, as long as they can; or why no more."""
    event = delivery.event
    poll = _poll(event)
    if event.kind != Kind.POLL_DROPPED and not poll.takes_answers:
        raise Unwanted(gettext_noop("the search for a date is over"))
    headline, first = NEWS[event.kind]
    return {
        "group": poll.group,
        "poll": poll,
        "options": list(options_of(poll)),
        "headline": headline,
        "first": first % {"title": poll.group.title},
        "url": absolute(poll.get_absolute_url()),
    }


def why_asked(deliveries):
    """Why each of the members hears of it, by number; who has answered is reminded no more."""
    event = deliveries[0].event
    reasons = why_members(deliveries)
    if event.kind != Kind.POLL_CLOSING:
        return reasons
    answered = set(who_answered(_poll(event)).values_list("actor_id", flat=True))
    return {number: reason for number, reason in reasons.items() if number not in answered}


def due(delivery):
    """For whoever coordinates: the answers are there, please choose."""
    poll = _poll(delivery.event)
    if not poll.is_open:
        raise Unwanted(gettext_noop("the search for a date is over"))
    check_leads(delivery, poll.group)
    return {**for_coordination(delivery, poll.group), "poll": poll, "url": absolute(poll.get_absolute_url())}


def _poll(event):
    return DatePoll.objects.whole().get(pk=event.facts["poll"])
