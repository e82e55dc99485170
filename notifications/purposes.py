"""What each letter is for, who gets it and when, in plain words: for the office's page of all letters."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from participation.events.kinds import Kind

from . import audiences, group_audiences, news_audiences
from .canary_letters import CANARY
from .catalogue import ACCOUNT_LETTERS, LETTERS
from .letterbook import BY_NAME
from .states import Rhythm
from .stopping import DIGEST
from .topics import DEFAULTS, Topic

WHO = {
    audiences.office: _("managers and moderators"),
    audiences.barrier_reporter: _("whoever reported the barrier"),
    audiences.appointed: _("whoever holds or held the post"),
    audiences.idea_author: _("the author of the idea"),
    audiences.idea_authors: _("the author of the idea and the co-authors"),
    audiences.idea_office: _("managers and moderators, but for those who wrote the idea"),
    audiences.invited: _("the person invited, at the address that was typed in"),
    audiences.inviting_author: _("the author of the idea"),
    audiences.idea_friends: _("whoever supports or follows the idea"),
    audiences.managers: _("managers"),
    audiences.new_moderator: _("the person of the office who looks after the case from now on"),
    audiences.replied_to: _("whoever wrote the comment"),
    audiences.commented_author: _("the author of the idea"),
    audiences.reporter: _("whoever reported, at the address given with the report"),
    audiences.report_office: _("managers and moderators, but for those whom the report concerns"),
    audiences.addressee: _("the person concerned"),
    audiences.addressee_without_objection: _("the person concerned"),
    audiences.objector: _("the person who objected"),
    audiences.reporter_or_objector: _("whoever reported or objected"),
    audiences.office_of_the_day: _("managers and moderators"),
    news_audiences.outcome_authors: _("whoever wrote an idea that the outcome tells of"),
    news_audiences.outcome_friends: _("whoever supports or follows such an idea"),
    news_audiences.corrected_authors: _("whoever wrote an idea that the outcome tells of"),
    news_audiences.corrected_friends: _("whoever supports or follows such an idea"),
    news_audiences.release_office: _("managers and moderators, but for whoever asked for the release"),
    news_audiences.newsletter_asker: _("the address that was typed in"),
    news_audiences.newsletter_trier: _("whoever puts the issue together"),
    news_audiences.newsletter_readers: _("all who confirmed that they want the newsletter"),
    group_audiences.proposer: _("whoever proposed the working group"),
    group_audiences.group_office: _("managers and moderators, but for whoever proposed the working group"),
    group_audiences.requester: _("whoever asked to join"),
    group_audiences.request_office: _("managers and moderators, but for whoever asked to join"),
    group_audiences.coordination: _("whoever coordinates the working group, and deputies, but for whoever did it"),
    group_audiences.invited: _("the person invited, at the address that was typed in"),
    group_audiences.former_member: _("whoever was removed"),
    group_audiences.member: _("the member concerned, unless they did it themselves"),
    group_audiences.talkers: _("all members of the working group, but for whoever wrote it and those who are called"),
    group_audiences.mentioned: _("whoever is called by name"),
    group_audiences.meeting_circle: _("all members of the working group, and guests who want to come"),
    group_audiences.poll_members: _("all members of the working group, but for whoever did it"),
    group_audiences.task_people: _("whoever does the task; of what is overdue the coordination, too"),
    group_audiences.other_of_ride: _("the other one of the two whom the lift concerns"),
    group_audiences.writer: _("whoever wrote it"),
    group_audiences.members: _("all members of the working group, but for whoever did it"),
    audiences.objection_office: _("managers and moderators, but for those who decided before or are concerned"),
}
ACCOUNT = _("whoever the account or the address belongs to")

PURPOSES = {
    "barrier_received": _("Receipt for the report of a barrier"),
    "barrier_to_answer": _("A barrier to look at"),
    "barrier_answered": _("The answer to the report of a barrier"),
    "appointment_made": _("A post begins"),
    "appointment_ended": _("A post ends"),
    "idea_received": _("Receipt for an idea, with the day of the answer"),
    "idea_received_again": _("Receipt for a corrected idea"),
    "idea_to_review": _("An idea to read and decide"),
    "idea_to_review_again": _("A corrected idea to read and decide"),
    "idea_returned": _("A question of the office, with the day until which it waits"),
    "idea_warned": _("The last reminder before the office may close an idea"),
    "idea_published": _("An idea is published"),
    "idea_declined": _("An idea is not published: the reason, and what can be done about it"),
    "idea_merged": _("An idea was merged with another one, and until when that can be undone"),
    "idea_merged_news": _("An idea was merged with another one"),
    "idea_unmerged": _("An idea stands on its own again, with the day of the answer"),
    "idea_unmerged_news": _("An idea stands on its own again"),
    "idea_answered": _("The official answer to one's own idea"),
    "idea_news": _("The official answer to an idea"),
    "idea_handed_over": _("A case to look after"),
    "idea_commented": _("A comment on one's own idea"),
    "comment_replied": _("A reply to one's own comment"),
    "coauthor_invited": _("An invitation to be co-author"),
    "coauthor_answered": _("What became of an invitation to be co-author"),
    "promise_extended": _("The answer to an idea comes later: the reason, and until when"),
    "promises_overdue": _("Promised answers that are overdue"),
    "promises_due": _("Promised answers that are due soon or overdue"),
    "outcome_to_release": _("An outcome to read and release"),
    "outcome_published": _("An outcome of one's own idea"),
    "outcome_news": _("An outcome of an idea"),
    "outcome_corrected": _("What was told about the outcome of one's own idea is corrected"),
    "outcome_corrected_news": _("What was told about the outcome of an idea is corrected"),
    "outcome_taken_back": _("An outcome no longer tells of one's own idea, and why"),
    "outcome_taken_back_news": _("An outcome no longer tells of an idea, and why"),
    "newsletter_confirmation": _("The question whether somebody wants the newsletter (double opt-in)"),
    "newsletter_test": _("An issue of the newsletter, tried out"),
    "newsletter": _("An issue of the newsletter"),
    CANARY: _("The portal's letter to itself, which shows each hour that letters leave"),
    "report_received": _("Receipt for a report, with the day of the answer"),
    "report_delayed": _("The decision about a report or an objection comes later: the reason, and until when"),
    "report_to_decide": _("A report to decide"),
    "report_upheld": _("The office agrees with a report"),
    "report_rejected": _("The office does not agree with a report, and why"),
    "content_hidden": _("Statement of reasons: something was hidden"),
    "account_blocked": _("Statement of reasons: an account was blocked"),
    "decision_lifted": _("Something hidden or blocked is open again, and why"),
    "objection_received": _("Receipt for an objection, with the day of the answer"),
    "objection_to_decide": _("An objection to decide"),
    "objection_upheld": _("An objection was right"),
    "objection_rejected": _("A decision stands after an objection, and why"),
    "group_received": _("Receipt for the proposal of a working group, with the day of the answer"),
    "group_to_decide": _("A proposed working group to decide about"),
    "group_founded": _("A proposed working group is founded"),
    "group_declined": _("A proposed working group is not founded, and why"),
    "group_news": _("What happened to a working group"),
    "group_asked": _("The question whether a working group is still at work"),
    "group_silent": _("A working group that gives no life sign"),
    "membership_received": _("Receipt for a request to join a working group, with the day of the answer"),
    "membership_to_decide": _("A request to join a working group, to be answered"),
    "membership_overdue": _("A request to join a working group that the office decides about"),
    "membership_accepted": _("A request to join a working group is accepted"),
    "membership_refused": _("A request to join a working group is refused, and why"),
    "member_invited": _("An invitation to a working group"),
    "member_news": _("Who has joined or left a working group, or no longer wants to join"),
    "post_written": _("Something new in the room of a working group"),
    "mentioned": _("Somebody is called by name in the room of a working group"),
    "post_hidden": _("What somebody wrote in a working group was hidden, and why"),
    "post_shown_again": _("What somebody wrote in a working group can be read again"),
    "meeting_news": _("A meeting of a working group: invitation, change, cancellation, reminder"),
    "notes_approved": _("The notes of a meeting of a working group are there"),
    "poll_news": _("The search for a date: the question, its end, and that it was dropped"),
    "poll_due": _("A date to be chosen"),
    "task": _("A task of a working group: given, due soon, overdue"),
    "ride_asked": _("Somebody asks for a lift to a meeting, or offers one"),
    "ride_agreed": _("A lift to a meeting is agreed upon"),
    "ride_ended": _("A lift to a meeting comes to nothing"),
    "member_removed": _("Somebody no longer belongs to a working group, and why"),
    "member_got_role": _("Another role in a working group"),
    DIGEST: _("What somebody wanted to hear together, once a day or once a week"),
    "email_confirmation": _("The link that confirms a further address"),
    "email_confirmation_signup": _("The link that confirms the address of a new account"),
    "password_reset_key": _("The link with which one chooses a new password"),
    "unknown_account": _("There is no account with the address"),
    "account_already_exists": _("There is an account with the address already"),
    "password_changed": _("Notice: the password was changed"),
    "password_set": _("Notice: a password was set"),
    "password_reset": _("Notice: a new password was chosen through a link"),
    "email_changed": _("Notice: the address was changed"),
    "email_confirm": _("Notice: the address was confirmed"),
    "email_deleted": _("Notice: an address was removed"),
    "totp_activated": _("Notice: an authenticator app was set up"),
    "totp_deactivated": _("Notice: the authenticator app was removed"),
    "webauthn_added": _("Notice: a passkey was added"),
    "webauthn_removed": _("Notice: a passkey was removed"),
    "recovery_codes_generated": _("Notice: new recovery codes were made"),
}

READERS = {
    DIGEST: _("whoever chose it"),
    CANARY: _("the portal's own mailbox"),
}
OCCASIONS = {
    DIGEST: _("At the hour that the person chose, when there is news"),
    CANARY: _("Each hour"),
    "email_confirmation": _("Somebody added or changed an address, or asked for the link again"),
    "email_confirmation_signup": _("Somebody registered"),
    "password_reset_key": _("Somebody asked for a new password"),
    "unknown_account": _("Somebody asked for a new password with an address that has no account"),
    "account_already_exists": _("Somebody registered with an address that has an account"),
}
RHYTHMS = {
    Rhythm.AT_ONCE: _("Can be switched off. Comes at once, unless somebody chose otherwise."),
    Rhythm.DAILY: _("Can be switched off. Comes together once a day, unless somebody chose otherwise."),
}


@dataclass(frozen=True)
class Entry:
    """A letter as the page shows it."""

    name: str
    purpose: str
    who: str
    moments: list


@dataclass(frozen=True)
class Section:
    """Letters that are alike: ``owed``, the name of a topic, ``digest`` or ``account``."""

    key: str
    title: str
    hint: str
    entries: list


def sections():
    """All letters, those that are owed first."""
    yield Section(
        "owed", _("Owed letters"),
        _("Receipts, decisions and what belongs to them: nobody can switch them off or pause them."),
        [entry_of(name) for name, letter in BY_NAME.items() if letter.is_owed and _is_about_an_event(name)],
    )  # fmt: skip
    for topic, default in DEFAULTS.items():
        names = [name for name, letter in BY_NAME.items() if letter.topic == topic]
        yield Section(topic.value, topic.label, RHYTHMS[default.email], [entry_of(name) for name in names])
    yield Section(
        Topic.NEWSLETTER.value, Topic.NEWSLETTER.label, _("For addresses that confirmed it. Each can end it."),
        [entry_of(name) for name, letter in BY_NAME.items() if letter.topic == Topic.NEWSLETTER],
    )  # fmt: skip
    yield Section(
        "digest", _("Digests"), _("Letters of the topics above, put together in one. Can be switched off."),
        [entry_of(DIGEST)],
    )  # fmt: skip
    yield Section(
        "account", _("Account"), _("For the safety of accounts: nobody can switch them off or pause them."),
        [entry_of(name) for name in ACCOUNT_LETTERS],
    )  # fmt: skip
    yield Section("portal", _("The portal itself"), _("Nobody but the portal gets it."), [entry_of(CANARY)])


def entry_of(name):
    """One letter."""
    return Entry(name, PURPOSES[name], _who(name), _moments(name))


def name_of(letter):
    """What the letter is for; one that is no longer written goes by its mark."""
    return str(PURPOSES.get(letter, letter))


def section_of(name):
    """The title of the section in which the letter ``name`` stands."""
    return next(section.title for section in sections() for entry in section.entries if entry.name == name)


def _is_about_an_event(name):
    return BY_NAME[name].audience is not None


def _who(name):
    return WHO[BY_NAME[name].audience] if _is_about_an_event(name) else READERS.get(name, ACCOUNT)


def _moments(name):
    if not _is_about_an_event(name):
        return [OCCASIONS.get(name, _("At once when it happened"))]
    return [Kind(kind).label for kind, letters in LETTERS.items() if name in {letter.name for letter in letters}]
