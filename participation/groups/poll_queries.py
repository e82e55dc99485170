"""Questions about the search for a date."""

from dataclasses import dataclass

from .models import Membership
from .poll_models import DateOption, DatePoll, DateVote


@dataclass(frozen=True)
class Column:
    """One of the times: how many it suits, how many if need be, how many not; ``is_best``: it suits most."""

    option: DateOption
    yes: int
    if_need_be: int
    no: int
    is_best: bool


def polls_of(group):
    """The polls of ``group``, the newest first."""
    return DatePoll.objects.whole().filter(group=group).order_by("-created_at", "-pk")


def options_of(poll):
    """Its times, the first one first."""
    return DateOption.objects.filter(poll=poll).order_by("starts_at", "ends_at")


def votes_on(poll):
    """What members of the group said, each with the actor; whoever left counts no more."""
    members = Membership.objects.present().filter(group=poll.group_id).values("actor")
    rows = DateVote.objects.filter(option__poll=poll, actor__in=members).select_related("actor")
    return rows.order_by("actor__display_name", "actor_id")


def answers_of(actor, poll):
    """Number of an option → what ``actor`` said."""
    rows = DateVote.objects.filter(option__poll=poll, actor=actor)
    return dict(rows.values_list("option_id", "answer"))


def who_answered(poll):
    """The numbers of the actors who said something, as a query."""
    return DateVote.objects.filter(option__poll=poll).values("actor_id")


def table_of(options, votes):
    """What was said as a table: the columns, and a row for each person: the actor, and an answer or "" a column."""
    said = {}
    for vote in votes:
        said.setdefault(vote.actor, {})[vote.option_id] = vote.answer
    counts = {
        option.pk: [sum(answers.get(option.pk) == answer for answers in said.values()) for answer in DateVote.Answer]
        for option in options
    }
    worth = {key: (yes, if_need_be) for key, (yes, if_need_be, _no) in counts.items()}
    best = max(worth.values(), default=None)
    columns = [
        Column(option, *counts[option.pk], is_best=bool(said) and worth[option.pk] == best and any(worth[option.pk]))
        for option in options
    ]
    return columns, [(actor, [answers.get(option.pk, "") for option in options]) for actor, answers in said.items()]
