"""A working group with its people, and what can happen in it, by the real operations."""

from dataclasses import dataclass
from datetime import date, timedelta

from notifications.models import Delivery
from notifications.states import State
from participation.actors.models import Actor
from participation.core.clock import now, travel_to
from participation.groups.models import Group, Membership
from participation.groups.operations.founding import decline_group, found_group, propose_group
from participation.groups.operations.inviting import (
    invite_member,
)
from participation.groups.operations.joining import (
    join_group,
    tell_of_late_requests,
)
from participation.groups.operations.living import (
    ask_silent_groups,
    begin_report,
    close_group,
    prolong_group,
    rest_group,
    wake_group,
)
from tests.factories import ActorFactory, AllianceFactory, FieldOfActionFactory
from tests.group_factories import GroupFactory, MembershipFactory
from tests.letters import deliver_all
from tests.notifications.ideas import MONDAY

PAUL = "paul@post.example"
EASTER = {"starts_on": date(2026, 12, 1), "ends_on": date(2027, 4, 30), "report_due_on": date(2027, 5, 31)}


@dataclass
class World:
    """A group with coordinator, deputy, member and observer; an office; Nina and Pia who belong to nothing yet."""

    group: Group
    ada: Actor
    olga: Actor
    mona: Actor
    odo: Actor
    nina: Actor
    pia: Actor
    max: Actor
    mia: Actor

    def row(self, actor):
        """By which ``actor`` belongs to the group or asks to."""
        return Membership.objects.select_related("group__case").get(group=self.group, actor=actor, ended_at=None)

    def fresh(self):
        """The group as it is now."""
        return Group.objects.select_related("case").get(pk=self.group.pk)


def a_world(ada, olga, max, mia):
    """The world; nothing has happened in the group for 90 days. Call it on a MONDAY."""
    AllianceFactory()
    mona, odo, nina, pia = (
        ActorFactory(display_name=name, email=f"{name.lower()}@post.example") for name in ("Mona", "Odo", "Nina", "Pia")
    )
    ActorFactory(display_name="Sven the stranger")
    Actor.objects.update(language="en")
    group = GroupFactory(
        title="Mitfahrbank", slug="mitfahrbank", coordinator=ada, case__reference="G-2026-0003",
        created_at=MONDAY - timedelta(days=90),
    )  # fmt: skip
    for actor, role in ((olga, "deputy"), (mona, "member"), (odo, "observer")):
        MembershipFactory(group=group, actor=actor, role=role)
    return World(group, ada, olga, mona, odo, nina, pia, max, mia)


def propose(w):
    return propose_group(
        by=w.pia, title="Rufbus", question="Wer fährt?", expected="Ein Plan.", field=FieldOfActionFactory(),
        whole_alliance=True, way_in="request",
    )  # fmt: skip


def found(w, **words):
    group = propose(w)
    return found_group(group, version=group.version, by=w.max, times=EASTER, **words)


def decline(w):
    group = propose(w)
    decline_group(group, version=group.version, because="Das tut schon der Landkreis.", by=w.max)


def come_together(w):
    group = GroupFactory(state="constituted", coordinator=w.ada, way_in="open")
    MembershipFactory(group=group, actor=w.mona)
    join_group(group, by=w.nina)


def ask(w, **words):
    return join_group(w.group, by=w.nina, reason="Ich fahre täglich.", **words)


def ask_in_vain(w):
    ask(w)
    with travel_to(now() + timedelta(days=9)):
        tell_of_late_requests()
        deliver_all()


def invite(w, email=None, **words):
    return invite_member(w.group, email or w.nina.email, by=w.ada, **words)


def be_silent(w):
    ask_silent_groups()
    with travel_to(now() + timedelta(days=15)):
        ask_silent_groups()
        deliver_all()


def wake(w):
    rest_group(w.group, by=w.ada)
    wake_group(w.group, by=w.olga)


def prolong(w, days=60):
    begin_report(w.group, by=w.ada)
    ends_on = w.fresh().ends_on + timedelta(days=days)
    prolong_group(w.group, ends_on=ends_on, report_due_on=ends_on, reason="Der Rat tagt erst im Mai.", by=w.max)


def close(w):
    begin_report(w.group, by=w.ada)
    close_group(w.group, "Wir empfehlen einen Rufbus.", version=w.fresh().version, by=w.ada)


def told(kind):
    """Who got which letter of events of ``kind``, sorted."""
    deliver_all()
    rows = Delivery.objects.filter(event__kind=kind, state=State.SENT).select_related("recipient")
    return sorted((row.address or row.recipient.display_name, row.letter) for row in rows)


def unsent():
    """Which letters were not sent, and why."""
    deliver_all()
    return set(Delivery.objects.filter(state=State.SUPPRESSED).values_list("letter", "reason"))
