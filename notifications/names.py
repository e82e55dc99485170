"""What letters are called in the office."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "barrier_received": _("Receipt of a barrier report"),
    "barrier_to_answer": _("Notice to the office: barrier report"),
    "barrier_answered": _("Answer to a barrier report"),
    "appointment_made": _("A post begins"),
    "appointment_ended": _("A post ends"),
    "idea_received": _("Receipt of an idea"),
    "idea_received_again": _("Receipt of a corrected idea"),
    "idea_to_review": _("Notice to the office: new idea"),
    "idea_to_review_again": _("Notice to the office: corrected idea"),
    "idea_returned": _("Question about an idea"),
    "idea_warned": _("Reminder of a question"),
    "idea_published": _("An idea is published"),
    "idea_declined": _("An idea is not published"),
    "idea_answered": _("Official answer, to those who wrote the idea"),
    "idea_news": _("Official answer, to supporters and followers"),
    "idea_merged": _("Ideas were merged, to those who wrote them"),
    "idea_merged_news": _("Ideas were merged, to supporters and followers"),
    "idea_unmerged": _("A merger was undone, to those who wrote the idea"),
    "idea_unmerged_news": _("A merger was undone, to supporters and followers"),
    "coauthor_invited": _("Invitation to write together"),
    "coauthor_answered": _("Answer to an invitation"),
    "idea_handed_over": _("An idea was handed over"),
    "comment_replied": _("Reply to a comment"),
    "idea_commented": _("Comment on an idea"),
    "promise_extended": _("A promised answer is put off"),
    "report_received": _("Receipt of a report"),
    "report_delayed": _("The decision about a report is put off"),
    "report_to_decide": _("Notice to the office: report"),
    "report_upheld": _("Decision: report upheld"),
    "report_rejected": _("Decision: report not upheld"),
    "content_hidden": _("Statement of reasons: something was hidden"),
    "decision_lifted": _("A decision was taken back"),
    "account_blocked": _("Statement of reasons: account blocked"),
    "objection_received": _("Receipt of an objection"),
    "objection_to_decide": _("Notice to the office: objection"),
    "objection_upheld": _("Decision: objection upheld"),
    "objection_rejected": _("Decision: objection not upheld"),
    "promises_overdue": _("Notice to the management: overdue answers"),
}


def name_of(letter):
    """What the letter is called; one that is no longer written goes by its mark."""
    return str(NAMES.get(letter, letter))
