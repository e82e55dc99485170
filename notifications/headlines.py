"""What happened, in one line each: for the inbox and for digests; and what the reader can do about it."""

from django.utils.translation import gettext_lazy as _

from participation.events.kinds import Kind
from participation.events.trail import SENTENCES

READ_AND_ASK = _("Read it, and ask if something is unclear.")
NOTHING_TO_DO = _("You need not do anything.")
PLEASE_REPLY = _("Read it and reply.")
TO_DECIDE = _("Please have a look at it.")

# Letter → what happened (None: as the event is called), what one can do. Without a line of its own a letter says what
# the trail of the case says.
LINES = {
    "barrier_received": (_("Your report of a barrier has arrived."), NOTHING_TO_DO),
    "barrier_to_answer": (_("Somebody reported a barrier."), TO_DECIDE),
    "barrier_answered": (_("Your report of a barrier was answered."), _("Read the answer.")),
    "appointment_made": (_("You hold a post of the alliance now."), _("Look at what is waiting for you.")),
    "appointment_ended": (_("Your post of the alliance has ended."), NOTHING_TO_DO),
    "idea_received": (_("Your idea has arrived."), _("Follow its way.")),
    "idea_received_again": (_("Your corrected idea has arrived."), _("Follow its way.")),
    "idea_to_review": (_("A new idea has come in."), TO_DECIDE),
    "idea_to_review_again": (_("A corrected idea has come in."), TO_DECIDE),
    "idea_returned": (_("The office asks you a question about your idea."), _("Please answer it.")),
    "idea_warned": (_("The office still waits for your answer."), _("Please answer it.")),
    "idea_published": (_("Your idea is published."), _("Share it with others.")),
    "idea_declined": (_("Your idea is not published."), _("Read why, and what you can do.")),
    "idea_merged": (_("Your idea was merged with another one."), _("Look at the other idea.")),
    "idea_unmerged": (_("Your idea stands on its own again."), NOTHING_TO_DO),
    "coauthor_answered": (_("Your invitation to write together was answered."), _("Look at your idea.")),
    "idea_handed_over": (_("An idea was handed over to you."), TO_DECIDE),
    "comment_replied": (_("Somebody replied to your comment."), PLEASE_REPLY),
    "idea_commented": (_("Somebody commented on your idea."), PLEASE_REPLY),
    "promise_extended": (_("The office needs longer for its answer."), _("Read why, and until when.")),
    "report_received": (_("Your report has arrived."), NOTHING_TO_DO),
    "report_delayed": (_("The office needs longer for its decision."), _("Read why, and until when.")),
    "report_to_decide": (_("Somebody reported something."), TO_DECIDE),
    "report_upheld": (_("Your report was decided."), _("Read the decision.")),
    "report_rejected": (_("Your report was decided."), _("Read the decision.")),
    "objection_to_decide": (_("Somebody objected to a decision."), TO_DECIDE),
    "outcome_to_release": (_("An outcome waits for release."), TO_DECIDE),
    "outcome_published": (_("Something has come of your idea."), _("Read what.")),
    "outcome_news": (_("Something has come of an idea."), _("Read what.")),
    "outcome_corrected": (_("An outcome of your idea was corrected."), _("Read what is right.")),
    "outcome_corrected_news": (
        _("An outcome of an idea was corrected."),
        _("Read what is right."),
    ),
    "outcome_taken_back": (_("What was told of your idea was taken back."), _("Read why.")),
    "outcome_taken_back_news": (_("What was told of an idea was taken back."), _("Read why.")),
    "group_received": (_("Your proposal of a working group has arrived."), NOTHING_TO_DO),
    "group_to_decide": (_("Somebody proposed a working group."), TO_DECIDE),
    "group_founded": (_("The working group you proposed is founded."), _("Look at its page.")),
    "group_declined": (_("The working group you proposed is not founded."), _("Read why.")),
    "group_asked": (_("Is your working group still at work?"), _("Please say so on its page.")),
    "group_silent": (_("A working group gives no life sign."), TO_DECIDE),
    "membership_received": (_("Your request to join a working group has arrived."), NOTHING_TO_DO),
    "membership_to_decide": (_("Somebody asks to join your working group."), _("Please answer the request.")),
    "membership_overdue": (_("A request to join a working group waits for the office."), TO_DECIDE),
    "membership_accepted": (_("You belong to a working group now."), _("Look at its page.")),
    "membership_refused": (_("Your request to join a working group was not accepted."), _("Read why.")),
    "member_removed": (_("You no longer belong to a working group."), _("Read why.")),
    "member_got_role": (_("Your role in a working group has changed."), _("Look at its page.")),
    "post_written": (_("Somebody wrote something in your working group."), PLEASE_REPLY),
    "mentioned": (_("Somebody calls you in your working group."), PLEASE_REPLY),
    "post_hidden": (_("What you wrote in a working group was hidden."), _("Read why.")),
    "post_shown_again": (_("What you wrote in a working group can be read again."), NOTHING_TO_DO),
    "meeting_news": (None, _("Look at it, and say whether you come.")),
    "notes_approved": (_("The notes of a meeting are there."), _("Read them.")),
    "poll_news": (None, _("Look at it, and say which times suit you.")),
    "poll_due": (_("A date can be chosen."), _("Please choose one.")),
    "task": (None, _("Look at the task.")),
    "ride_asked": (_("Somebody asks you about a lift to a meeting."), _("Please answer.")),
    "ride_agreed": (_("You have a lift to a meeting."), _("Look how to reach each other.")),
    "ride_ended": (_("A lift to a meeting comes to nothing."), _("Look for another one.")),
    "promises_overdue": (_("Promised answers are overdue."), TO_DECIDE),
    "promises_due": (_("Promised answers are due soon or overdue."), TO_DECIDE),
}


def headline_of(letter, kind):
    """What happened, as one sentence."""
    if letter in LINES and LINES[letter][0]:
        return LINES[letter][0]
    return SENTENCES.get(Kind(kind)) or Kind(kind).label


def next_step_of(letter):
    """What the reader can do."""
    return LINES[letter][1] if letter in LINES else READ_AND_ASK
