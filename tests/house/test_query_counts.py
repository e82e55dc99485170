"""No page asks the database often, however much there is: every list and every page of one thing, in one table.

What counts is each query of a request to a cold cache, those about the session and the person too; the
first request of a session, which writes down that it began, aside.
"""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.stopping import Stop, key_of
from tests.cleaning import forget_cache
from tests.factories import as_

from .crowd import Crowd
from .world import addresses, undone

ANONYMOUS, SIGNED_IN = 12, 16
EVERYBODY = ("stranger", "actor", "moderator", "manager")
PEOPLE, OFFICE, MANAGER = EVERYBODY[1:], EVERYBODY[2:], EVERYBODY[3:]
CITIZEN = EVERYBODY[1:2]
COMMENTS = {1: 0, 30: 200}  # to so many rows of each thing
AROUND = ("SAVEPOINT", "RELEASE")  # only the test's own transaction makes them


@dataclass(frozen=True)
class Page:
    """A page: the name of its address, who may see it, what stands behind it in the crowd, and what is asked of it."""

    url: str
    who: tuple
    thing: object = lambda crowd: {}
    asked: tuple = ()

    def __str__(self):
        return " ".join([self.url, *(f"{name}={value}" for name, value in self.asked)])

    def address(self, crowd):
        """Where it is."""
        path = reverse(self.url, kwargs=self.thing(crowd))
        return f"{path}?{urlencode(self.asked)}" if self.asked else path


def _idea(name):
    return lambda crowd: {"reference": getattr(crowd, name)[0].reference}


def _one(name):
    return lambda crowd: {"pk": getattr(crowd, name)[0].pk}


def _case(name):
    return lambda crowd: {"reference": getattr(crowd, name)[0].case.reference}


def _token(name):
    return lambda crowd: {"token": crowd.tokens[name]}


def the_idea(crowd):
    """The idea that everything happened to."""
    return {"reference": crowd.idea.reference}


def the_group(crowd):
    """The group that everybody belongs to."""
    return {"slug": crowd.group.slug}


def place(crowd):
    """A municipality."""
    return {"slug": crowd.municipality.slug}


PAGES = [
    # Gathered from several slices
    Page("start", EVERYBODY),
    Page("alliance", EVERYBODY),
    Page("municipality", EVERYBODY, place),
    Page("trail", EVERYBODY, the_idea),
    Page("trail", OFFICE, _idea("submitted")),
    Page("trail", EVERYBODY, lambda crowd: {"reference": crowd.group.reference}),
    Page("my_page", PEOPLE),
    Page("desk", OFFICE),
    # Region
    Page("partners", EVERYBODY),
    Page("partner", EVERYBODY, lambda crowd: {"slug": crowd.partner.slug}),
    Page("imprint", EVERYBODY),
    Page("privacy", EVERYBODY),
    Page("terms", EVERYBODY),
    Page("accessibility", EVERYBODY),
    Page("office_municipalities", MANAGER),
    Page("office_fields", MANAGER),
    Page("office_partners", MANAGER),
    Page("office_texts", MANAGER),
    Page("edit_text", MANAGER, lambda crowd: {"kind": "terms"}),
    Page("remove_municipality", MANAGER, lambda crowd: {"pk": crowd.municipality.pk}),
    # Actors
    Page("actors", EVERYBODY),
    Page("actors", EVERYBODY, asked=(("gemeinde", "oberbach"), ("q", "Backen"))),
    Page("actor", EVERYBODY, _one("folk")),
    Page("profile", PEOPLE),
    Page("office_actors", OFFICE),
    Page("office_posts", MANAGER),
    # Barriers
    Page("barrier_received", EVERYBODY, _token("barrier")),
    Page("office_barriers", OFFICE),
    Page("office_barrier", OFFICE, _one("barriers")),
    # Ideas, and what is said about them
    Page("ideas", EVERYBODY),
    Page("ideas", EVERYBODY, asked=(("q", "Mitfahrbank"),)),
    Page("ideas", EVERYBODY, asked=(("gemeinde", "oberbach"), ("ordnung", "neueste"))),
    Page("idea", EVERYBODY, the_idea),
    Page("idea", OFFICE, _idea("submitted")),
    Page("idea", PEOPLE, _idea("own")),
    Page("idea_versions", EVERYBODY, the_idea),
    Page("coauthors", CITIZEN, _idea("own")),
    Page("draft_coauthors", CITIZEN, _one("shared")),
    Page("read_draft", CITIZEN, _one("shared")),
    Page("coauthor_invitation", EVERYBODY, _token("invitation")),
    Page("similar_ideas", PEOPLE, asked=(("title", "Mitfahrbank"),)),
    Page("new_idea", PEOPLE),
    # Working groups
    Page("groups", EVERYBODY),
    Page("groups", EVERYBODY, asked=(("feld", "mobilitaet"), ("gemeinde", "oberbach"))),
    Page("group", EVERYBODY, the_group),
    Page("leave_group", CITIZEN, the_group),
    Page("member_invitation", EVERYBODY, _token("membership")),
    Page("group_members", PEOPLE, the_group),
    Page("group_member", PEOPLE, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.member.pk}),
    Page("group_stand", PEOPLE, the_group),
    Page("group_room", PEOPLE, the_group),
    Page("thread", PEOPLE, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.thread.pk}),
    Page("group_meetings", EVERYBODY, the_group),
    Page("meeting", EVERYBODY, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.meeting.pk}),
    Page("meeting", EVERYBODY, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.held.pk}, asked=(("held", "1"),)),
    Page("meeting_notes", EVERYBODY, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.held.pk}),
    Page("write_notes", CITIZEN, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.draft.meeting_id}),
    Page("meeting_lifts", CITIZEN, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.meeting.pk}),
    Page("date_poll", PEOPLE, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.poll.pk}),
    Page("choose_date", PEOPLE, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.poll.pk}),
    Page("group_tasks", PEOPLE, the_group),
    Page("task", PEOPLE, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.task.pk}),
    Page("office_tasks", OFFICE),
    Page("meeting_attendance", PEOPLE, lambda crowd: {"slug": crowd.group.slug, "pk": crowd.held.pk}),
    Page("calendar", EVERYBODY),
    Page("my_calendars", CITIZEN),
    Page("office_groups", OFFICE),
    Page("office_group", OFFICE, the_group),
    # Moderation
    Page("office_ideas", OFFICE),
    Page("office_ideas", OFFICE, asked=(("wer", "ich"),)),
    Page("office_ideas", OFFICE, asked=(("wer", "niemand"),)),
    Page("office_idea", OFFICE, the_idea),
    Page("office_idea", OFFICE, _idea("submitted")),
    Page("merge_idea", OFFICE, _idea("submitted")),
    Page("merge_idea", OFFICE, _idea("submitted"), asked=(("q", "Mitfahrbank"),)),
    Page("office_blocks", OFFICE),
    # Outcomes
    Page("outcomes", EVERYBODY),
    Page("outcomes_atom", EVERYBODY),
    Page("outcomes_json", EVERYBODY),
    Page("outcome", EVERYBODY, lambda crowd: {"slug": crowd.outcome.slug}),
    Page("office_outcomes", OFFICE),
    Page("office_outcome", OFFICE, lambda crowd: {"pk": crowd.outcome.pk}),
    # Newsletter
    Page("newsletter", EVERYBODY),
    Page("newsletter_asked", EVERYBODY),
    Page("confirm_newsletter", EVERYBODY, _token("asked")),
    Page("end_newsletter", EVERYBODY, _token("reader")),
    Page("issue", EVERYBODY, lambda crowd: {"number": crowd.issue.number}),
    Page("office_newsletter", OFFICE),
    Page("edit_issue", OFFICE, lambda crowd: {"pk": crowd.draft_issue.pk}),
    Page("preview_issue", OFFICE, lambda crowd: {"pk": crowd.draft_issue.pk}),
    Page("issue_letter", OFFICE, lambda crowd: {"pk": crowd.draft_issue.pk}),
    # Reports
    Page("report_received", EVERYBODY, _token("report")),
    Page("statement", EVERYBODY, _token("statement")),
    Page("office_reports", OFFICE),
    Page("office_report", OFFICE, _case("reports")),
    Page("office_objections", OFFICE),
    Page("office_objection", OFFICE, _case("objections")),
    Page("office_statements", OFFICE),
    Page("lift_statement", OFFICE, lambda crowd: {"pk": crowd.statement.pk}),
    # Letters and messages
    Page("letter_choices", PEOPLE),
    Page("mute_case", PEOPLE, the_idea),
    Page("inbox", PEOPLE),
    Page("inbox", CITIZEN, asked=(("vorgang", "1999-0001"),)),
    Page("unread_messages", PEOPLE),
    Page(
        "stop_letters", EVERYBODY, lambda crowd: {"key": key_of(Stop(crowd.citizen.pk, "followed", crowd.idea.case_id))}
    ),
    # Letters
    Page("case_letters", OFFICE, the_idea),
    Page("case_letters", OFFICE, lambda crowd: {"reference": crowd.barriers[0].case.reference}),
    Page("case_letters", OFFICE[:2], _case("reports")),
    Page("outbox", MANAGER),
    Page("office_letters", OFFICE),
    Page("office_letter", OFFICE, lambda crowd: {"name": "digest"}),
    Page("office_letter_html", OFFICE, lambda crowd: {"name": "digest"}),
    # The open interface
    Page("api_documentation", EVERYBODY),
    Page("api_schema", EVERYBODY),
    Page("api:idea-list", EVERYBODY),
    Page("api:idea-list", EVERYBODY, asked=(("q", "Mitfahrbank"), ("municipality", "oberbach"), ("order", "changed"))),
    Page("api:idea-detail", EVERYBODY, the_idea),
    Page("api:idea-trail", EVERYBODY, the_idea),
    Page("api:comment-list", EVERYBODY, asked=(("page_size", "100"),)),
    Page("api:comment-detail", EVERYBODY, lambda crowd: {"pk": crowd.comment.pk}),
    Page("api:outcome-list", EVERYBODY, asked=(("order", "changed"),)),
    Page("api:outcome-detail", EVERYBODY, lambda crowd: {"slug": crowd.outcome.slug}),
    Page("api:api-root", EVERYBODY),
    Page("api:municipality-list", EVERYBODY),
    Page("api:municipality-detail", EVERYBODY, place),
    Page("api:field-of-action-list", EVERYBODY),
    Page("api:field-of-action-detail", EVERYBODY, lambda crowd: {"slug": crowd.field.slug}),
    Page("api:partner-list", EVERYBODY),
    Page("api:partner-detail", EVERYBODY, lambda crowd: {"slug": crowd.partner.slug}),
    Page("api:legal-text-list", EVERYBODY),
    Page("api:legal-text-detail", EVERYBODY, lambda crowd: {"kind": "terms"}),
]

# A form about one thing; the lists in it are choices.
FORMS = (
    "barrier_report", "report", "hide_content", "block_actor", "edit_alliance", "edit_logo", "add_municipality",
    "edit_municipality", "add_field", "edit_field", "add_partner", "edit_partner", "remove_partner", "delete_account",
    "edit_draft", "discard_idea_draft", "correct_idea", "withdraw_idea", "comment_idea", "edit_comment",
    "remove_comment", "draft_answer", "edit_answer", "add_block", "edit_block", "remove_block", "my_data",
    "new_outcome", "edit_outcome", "correct_outcome", "discard_outcome", "discard_issue", "propose_group",
    "join_group", "describe_group", "group_report", "edit_mandate", "new_thread", "edit_post", "remove_post",
    "hide_post", "plan_meeting", "change_meeting", "cancel_meeting", "new_poll", "drop_poll", "new_task",
)  # fmt: skip
# What only takes a POST; a visit is led to the page of the thing.
ACTIONS = (
    "set_language", "accept_terms", "discard_draft", "end_appointment", "support_idea", "follow_idea", "publish_idea",
    "return_idea", "decline_idea", "note_idea", "extend_promise", "take_idea", "hand_over_idea", "undo_merge",
    "publish_answer", "discard_answer", "offer_outcome", "publish_outcome", "schedule_outcome", "unschedule_outcome",
    "withdraw_outcome", "try_issue", "send_issue", "try_mailbox", "read_message", "read_messages",
    "uphold_report", "reject_report", "uphold_objection", "reject_objection",
    "send_letter_again", "write_letters_again", "send_test_letter", "found_group", "decline_group", "prolong_group",
    "step_in", "read_threads", "read_thread", "pin_thread", "show_post",
    "notes_pen", "notes_step", "ask_for_ride", "answer_ride", "task_step",
)  # fmt: skip
# Not pages: a style sheet, pictures, documents, signs of life.
FILES = (
    "accent", "logo", "attachment", "outcome_picture", "trail_code", "health_live", "health_ready", "meeting_ics",
    "calendar_ics", "calendar_atom", "calendar_feed",
)  # fmt: skip
EXEMPT = FORMS + ACTIONS + FILES + ("gallery",)  # the gallery of components lists what stands in the code
FOREIGN = ("admin:", "account_", "mfa_", "usersessions_")  # pages of Django and allauth about one account


@pytest.fixture(scope="module", params=COMMENTS, ids="{} of each".format)
def crowd(request, django_db_setup, django_db_blocker):
    """The crowd, made once for all pages."""
    with django_db_blocker.unblock(), undone():
        yield Crowd(request.param, COMMENTS[request.param])


@pytest.fixture(scope="module")
def clients(crowd):
    """A client for each role; each has already been here."""
    found = {role: as_(crowd.people[role]) if crowd.people[role] else Client() for role in EVERYBODY}
    for client in found.values():
        client.get("/impressum/")
    return found


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_asks_the_database_seldom(row, crowd, clients, db):
    answers = {role: asked(clients[role], row.address(crowd)) for role in row.who}

    assert {role: status for role, (status, _) in answers.items() if status != 200} == {}
    assert {role: queries for role, (_, queries) in answers.items() if len(queries) > most(role)} == {}


def most(role):
    """How many queries a page may take."""
    return SIGNED_IN if role in PEOPLE else ANONYMOUS


def asked(client, address):
    """What ``address`` answers from a cold cache, and the queries that it took."""
    forget_cache()
    with CaptureQueriesContext(connection) as captured:
        status = client.get(address).status_code
    return status, [query["sql"] for query in captured if not query["sql"].startswith(AROUND)]


class TestTheTable:
    """The table is whole: a new page must be entered, here or among the exempt."""

    NAMES = tuple(name for name in addresses() if not name.startswith(FOREIGN))

    def test_every_page_stands_in_it(self):
        known = {*EXEMPT, *(page.url for page in PAGES)}

        assert [name for name in self.NAMES if name not in known] == []

    def test_nothing_stands_in_it_that_is_not_there(self):
        assert [name for name in (*EXEMPT, *(page.url for page in PAGES)) if name not in self.NAMES] == []

    def test_no_page_is_exempt(self):
        assert {page.url for page in PAGES} & set(EXEMPT) == set()

    def test_pages_of_one_address_stand_together(self):
        names = [name for name, _ in groupby(PAGES, key=lambda page: page.url)]

        assert len(names) == len(set(names))
