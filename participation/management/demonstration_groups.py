"""Plays the working groups of the demonstration: each step is an operation at its moment, by who would do it."""

import tomllib
from datetime import time, timedelta
from operator import itemgetter
from pathlib import Path

from ..core.clock import moments_of, today, travel_to
from ..groups.meeting_models import Meeting
from ..groups.models import Group, Membership
from ..groups.notes_models import MeetingNotes
from ..groups.operations.belonging import give_role, leave_group, show_myself
from ..groups.operations.founding import TIMES, found_group, propose_group
from ..groups.operations.inviting import accept_invitation, invite_member
from ..groups.operations.joining import accept_request, join_group
from ..groups.operations.lifts import say_lift
from ..groups.operations.living import begin_report, close_group, draft_report, rest_group, say_alive, wake_group
from ..groups.operations.meeting import cancel_meeting, hold_meeting, plan_meeting, reply_to_meeting
from ..groups.operations.notes import approve_notes, publish_notes, put_pen_down, save_notes, take_pen
from ..groups.operations.polls import answer_poll, open_poll
from ..groups.operations.talking import open_thread, pin_thread, reply_in
from ..groups.operations.tasks import finish_task, give_task
from ..groups.poll_models import DatePoll
from ..groups.poll_queries import options_of
from ..groups.states import MembershipState, Role
from ..groups.task_models import Task
from ..groups.thread_models import Thread
from ..region.models import FieldOfAction, Municipality
from .demonstration import FIELDS, days_ago
from .demonstration_story import MODERATOR

GROUPS = Path(__file__).parent / "groups.toml"


def play_groups(person):
    """Make the groups that are not there yet. ``person(mailbox)`` is the account of the demonstration."""
    known = set(Group.objects.values_list("title", flat=True))
    rows = tomllib.loads(GROUPS.read_text(encoding="utf-8"))["group"]
    for row in sorted(rows, key=itemgetter("proposed"), reverse=True):
        if row["title"] not in known:
            _tell(_propose(row, person(row["proposer"])), row, person)


def _propose(row, proposer):
    towns = row.get("towns", [])
    words = {name: row[name] for name in ("title", "question", "expected")}
    words |= {"looking_for": row.get("looking_for", ""), "way_in": row.get("way_in", Group.WayIn.REQUEST)}
    field = FieldOfAction.objects.get(name=FIELDS[row["field"]][0])
    with travel_to(days_ago(row["proposed"])):
        return propose_group(
            by=proposer, municipalities=Municipality.objects.filter(name__in=towns), field=field,
            whole_alliance=not towns, offers_to_coordinate=row["coordinates"], **words,
        )  # fmt: skip


def _tell(group, row, person):
    day = today()
    for ago, name, *words in row.get("story", []):
        if name == "found":
            words = [{"times": dict(zip(TIMES, (day + timedelta(days=ahead) for ahead in words), strict=True))}]
        with travel_to(days_ago(ago)):
            STEPS[name](group, person, *words)
            group.refresh_from_db()


def _found(group, person, words):
    offered = group.offers_to_coordinate
    found_group(group, version=group.version, by=person(MODERATOR), proposer_coordinates=offered, **words)


def _join(group, person, who):
    join_group(group, by=person(who), shown=True)


def _ask(group, person, who, reason, observing=False):
    join_group(group, by=person(who), reason=reason, observing=observing)


def _take_in(group, person, who):
    accept_request(_row(group, state=MembershipState.REQUESTED, actor=person(who)), by=_coordination(group))


def _invite(group, person, who):
    invite_member(group, person(who).email, by=_coordination(group))


def _accept(group, person, who):
    row = _row(group, state=MembershipState.INVITED, email=person(who).email)
    accept_invitation(row, by=person(who), shown=True)


def _give_role(group, person, who, role):
    give_role(_row(group, state=MembershipState.MEMBER, actor=person(who)), role, by=_coordination(group))


def _show(group, person, who):
    show_myself(_row(group, state=MembershipState.MEMBER, actor=person(who)), True, by=person(who))


def _leave(group, person, who):
    leave_group(_row(group, state=MembershipState.MEMBER, actor=person(who)), by=person(who))


def _say_alive(group, person, who):
    say_alive(group, by=person(who))


def _rest(group, person, who):
    rest_group(group, by=person(who))


def _wake(group, person, who):
    wake_group(group, by=person(who))


def _begin_report(group, person, who):
    begin_report(group, by=person(who))


def _draft_report(group, person, who, text):
    draft_report(group, text, version=group.version, by=person(who))


def _close(group, person, who, text):
    close_group(group, text.strip(), version=group.version, by=person(who))


def _talk(group, person, who, title, text):
    open_thread(group, title, text.strip(), by=person(who))


def _say(group, person, who, title, text):
    reply_in(_thread(group, title), text.strip(), by=person(who))


def _pin(group, person, who, title):
    pin_thread(_thread(group, title), by=person(who))


def _plan(group, person, who, title, ahead, place, agenda, public=False):
    begins, ends = (moments_of(days_ago(-ahead).date(), time(hour))[0] for hour in (19, 21))
    plan_meeting(
        group, by=person(who), title=title, starts_at=begins, ends_at=ends, place=place, agenda=agenda.strip(),
        public=public,
    )  # fmt: skip


def _come(group, person, who, title, answer, guests=0):
    reply_to_meeting(_meeting(group, title), by=person(who), answer=answer, guests=guests)


def _hold(group, person, who, title, present, others):
    hold_meeting(_meeting(group, title), present=list(map(person, present)), others=others, by=person(who))


def _task(group, person, who, title, doer, ahead, thread=""):
    give_task(
        group, by=person(who), title=title, due_on=days_ago(-ahead).date(), assignee=person(doer) if doer else None,
        thread=_thread(group, thread) if thread else None,
    )  # fmt: skip


def _done(group, person, who, title):
    finish_task(Task.objects.whole().get(group=group, title=title), by=person(who))


def _ask_when(group, person, who, title, place, until, *ahead):
    days = [days_ago(-day).date() for day in ahead]
    times = [tuple(moments_of(day, time(hour))[0] for hour in (19, 21)) for day in days]
    open_poll(group, by=person(who), title=title, place=place, closes_on=days_ago(-until).date(), times=times)


def _suits(group, person, who, title, *answers):
    poll = DatePoll.objects.whole().get(group=group, title=title)
    answer_poll(poll, dict(zip(options_of(poll), answers, strict=True)), by=person(who))


def _lift(group, person, who, title, kind, origin, seats=0):
    say_lift(_meeting(group, title), by=person(who), kind=kind, origin=origin, seats=seats)


def _note(group, person, who, title, text):
    save_notes(take_pen(_meeting(group, title), by=person(who)), text.strip(), version=0, by=person(who))
    put_pen_down(_notes(group, title), by=person(who))


def _approve(group, person, who, title):
    approve_notes(_notes(group, title), version=1, by=person(who))


def _publish(group, person, who, title):
    publish_notes(_notes(group, title), by=person(who))


def _notes(group, title):
    return MeetingNotes.objects.select_related("meeting__group__case").get(meeting=_meeting(group, title))


def _cancel(group, person, who, title, because):
    meeting = _meeting(group, title)
    cancel_meeting(meeting, because, version=meeting.version, by=person(who))


def _meeting(group, title):
    return Meeting.objects.whole().get(group=group, title=title)


def _thread(group, title):
    return Thread.objects.whole().get(group=group, title=title)


def _row(group, **words):
    return Membership.objects.select_related("group__case", "actor").get(group=group, **words)


def _coordination(group):
    return _row(group, state=MembershipState.MEMBER, role=Role.COORDINATOR).actor


STEPS = {
    "found": _found, "join": _join, "ask": _ask, "take_in": _take_in, "invite": _invite, "accept": _accept,
    "give_role": _give_role, "show": _show, "leave": _leave, "say_alive": _say_alive, "rest": _rest, "wake": _wake,
    "begin_report": _begin_report, "draft_report": _draft_report, "close": _close,
    "talk": _talk, "say": _say, "pin": _pin,
    "plan": _plan, "come": _come, "hold": _hold, "lift": _lift, "cancel": _cancel,
    "task": _task, "done": _done, "ask_when": _ask_when, "suits": _suits,
    "note": _note, "approve": _approve, "publish": _publish,
}  # fmt: skip
