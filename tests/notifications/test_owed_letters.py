"""Which letters are owed and which one can leave, listed by hand; and what their headers say."""

import re

import pytest

from notifications.circulars import compose
from notifications.letterbook import BY_NAME
from notifications.samples import SAMPLE
from participation.events.kinds import Kind
from tests.factories import AllianceFactory
from tests.notifications.book import a_delivery
from tests.notifications.letters_of_case import a_letter, an_idea

pytestmark = pytest.mark.django_db

OWED = {
    # the account and its safety, and the rights that come and go with a post
    "email_confirmation", "email_confirmation_signup", "password_reset_key", "unknown_account",
    "account_already_exists", "password_changed", "password_set", "password_reset", "email_changed", "email_confirm",
    "email_deleted", "totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed",
    "recovery_codes_generated", "appointment_made", "appointment_ended",
    # receipts
    "idea_received", "idea_received_again", "barrier_received", "report_received", "objection_received",
    "group_received", "membership_received",
    # promises put off
    "promise_extended", "report_delayed",
    # decisions with their reasons, and questions with a day on which silence counts
    "idea_published", "idea_declined", "idea_answered", "idea_merged", "idea_unmerged", "idea_returned", "idea_warned",
    "barrier_answered", "report_upheld", "report_rejected", "objection_upheld", "objection_rejected",
    "group_founded", "group_declined", "membership_accepted", "membership_refused", "member_removed", "member_got_role",
    # statements of reasons
    "content_hidden", "account_blocked", "decision_lifted", "post_hidden", "post_shown_again",
    # one letter to a bare address that somebody typed in: there is nothing to leave
    "coauthor_invited", "member_invited", "newsletter_confirmation",
    # to whoever pressed the button, or to the portal itself
    "newsletter_test", "canary",
}  # fmt: skip
LISTS = {
    "idea_news": "followed", "idea_merged_news": "followed", "idea_unmerged_news": "followed",
    "idea_commented": "comments", "comment_replied": "comments",
    "coauthor_answered": "my-cases",
    "idea_to_review": "office-new", "idea_to_review_again": "office-new", "idea_handed_over": "office-new",
    "barrier_to_answer": "office-new", "report_to_decide": "office-new", "objection_to_decide": "office-new",
    "outcome_to_release": "office-new",
    "group_to_decide": "office-new", "group_silent": "office-new", "membership_overdue": "office-new",
    "group_news": "my-groups", "group_asked": "my-groups", "membership_to_decide": "my-groups",
    "member_news": "my-groups", "mentioned": "my-groups", "post_written": "group-talk",
    "meeting_news": "my-groups", "notes_approved": "my-groups",
    "poll_news": "my-groups", "poll_due": "my-groups",
    "task": "my-groups",
    "ride_asked": "my-groups", "ride_agreed": "my-groups", "ride_ended": "my-groups",
    "promises_overdue": "office-day", "promises_due": "office-day",
    "outcome_published": "my-cases", "outcome_corrected": "my-cases",
    "outcome_news": "followed", "outcome_corrected_news": "followed",
    "outcome_taken_back": "my-cases", "outcome_taken_back_news": "followed",
    "newsletter": "newsletter",
    "digest": "digest",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _alliance(settings):
    AllianceFactory()
    settings.SITE_URL, settings.SITE_HOST = "https://portal.example", "portal.example"


def test_every_letter_stands_in_one_of_the_two_lists():
    assert OWED | set(LISTS) | {SAMPLE} == set(BY_NAME)
    assert {name for name, letter in BY_NAME.items() if letter.is_owed} == OWED | {SAMPLE}


@pytest.mark.parametrize("name", sorted(OWED))
def test_an_owed_letter_belongs_to_no_list_that_one_could_leave(name):
    letter = compose(a_delivery(name, "en"))

    head = letter.message()
    assert [head[field] for field in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Precedence")] == (
        [None] * 4
    )
    assert head["Auto-Submitted"] == "auto-generated"
    assert "cannot be switched off" in letter.body
    assert "cannot be switched off" in letter.alternatives[0][0]
    assert "https://portal.example/abmelden/" not in letter.body


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"newsletter"}))
def test_any_other_letter_can_be_left_with_one_click(name):
    letter = compose(a_delivery(name, "en"))

    head = letter.message()
    assert re.fullmatch(r"<https://portal\.example/abmelden/[\w:~-]+/>", head["List-Unsubscribe"])
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Id"] == f"<{LISTS[name]}.portal.example>"
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Precedence"] is None
    for words in (letter.body, letter.alternatives[0][0]):
        assert "https://portal.example/abmelden/" in words
        assert "https://portal.example/meine/benachrichtigungen/" in words


def test_the_newsletter_is_left_with_one_click_by_whoever_has_no_account():
    letter = compose(a_delivery("newsletter", "en"))

    head = letter.message()
    (stop,) = re.fullmatch(
        r"<(https://portal\.example/newsletter/abmelden/[\w:~-]+/)>", head["List-Unsubscribe"]
    ).groups()
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Id"] == "<newsletter.portal.example>"
    assert (head["Auto-Submitted"], head["Precedence"]) == ("auto-generated", None)
    for words in (letter.body, letter.alternatives[0][0]):
        assert stop in words
        assert "/meine/benachrichtigungen/" not in words


def test_letters_about_one_case_are_one_conversation_and_others_are_not(ada):
    ours, theirs = a_delivery("idea_declined", recipient=ada), a_delivery("idea_unmerged", recipient=ada)

    references = [dict(compose(row).extra_headers).get("References") for row in (ours, theirs)]

    assert references == [f"<case-{row.event.case_id}@portal.example>" for row in (ours, theirs)]
    assert len(set(references)) == 2
    assert compose(a_delivery("password_changed", recipient=ada)).message()["References"] is None


def test_each_of_two_letters_about_a_case_names_the_same_conversation(ada):
    """They tell of two events: what they share is the case alone."""
    idea = an_idea(author=ada)
    rows = [a_letter(idea), a_letter(idea, "idea_answered", kind=Kind.IDEA_ANSWERED)]
    assert rows[0].event_id != rows[1].event_id

    heads = [compose(row).message() for row in rows]

    assert [head["References"] for head in heads] == [f"<case-{idea.case_id}@portal.example>"] * 2
    assert [head["In-Reply-To"] for head in heads] == [head["References"] for head in heads]
    assert heads[0]["Message-ID"] != heads[1]["Message-ID"]
