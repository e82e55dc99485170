"""Everything that can happen, by name. The name is stored: it never changes its meaning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happened."""

    ACTOR_REGISTERED = "actor_registered", _("An actor registered")
    ACTOR_CONFIRMED = "actor_confirmed", _("An actor confirmed the e-mail address")
    ACTOR_ERASED = "actor_erased", _("An actor deleted the account")
    TERMS_ACCEPTED = "terms_accepted", _("An actor accepted the terms of use")
    APPOINTMENT_MADE = "appointment_made", _("A post was filled")
    APPOINTMENT_ENDED = "appointment_ended", _("A post ended")
    ALLIANCE_CHANGED = "alliance_changed", _("The profile of the alliance was changed")
    MUNICIPALITY_CHANGED = "municipality_changed", _("A municipality was changed")
    FIELD_CHANGED = "field_changed", _("A field of action was changed")
    PARTNER_CHANGED = "partner_changed", _("A partner organisation was changed")
    LEGAL_TEXT_PUBLISHED = "legal_text_published", _("A legal text was published")
    BARRIER_REPORTED = "barrier_reported", _("A barrier was reported")
    BARRIER_ANSWERED = "barrier_answered", _("A barrier report was answered")
    IDEA_SUBMITTED = "idea_submitted", _("An idea was submitted")
    IDEA_RESUBMITTED = "idea_resubmitted", _("An idea was corrected and sent again")
    IDEA_RETURNED = "idea_returned", _("The office asked the author of an idea something")
    IDEA_WARNED = "idea_warned", _("The author of an idea was reminded of the office's question")
    IDEA_PUBLISHED = "idea_published", _("An idea was published")
    IDEA_DECLINED = "idea_declined", _("An idea was not published")
    IDEA_WITHDRAWN = "idea_withdrawn", _("An idea was withdrawn by its author")
    IDEA_MERGED = "idea_merged", _("An idea was merged with another one")
    IDEA_UNMERGED = "idea_unmerged", _("A merged idea stands on its own again")
    IDEA_TOOK_IN = "idea_took_in", _("An idea took in another one")
    IDEA_GAVE_BACK = "idea_gave_back", _("An idea that took in another one gave it back")
    IDEA_ANSWERED = "idea_answered", _("The office answered an idea")
    IDEA_CONSIDERED = "idea_considered", _("An idea is under consideration")
    IDEA_DEFERRED = "idea_deferred", _("An idea was deferred")
    IDEA_ADOPTED = "idea_adopted", _("An idea was adopted")
    IDEA_NOT_ADOPTED = "idea_not_adopted", _("An idea was not adopted")
    IDEA_IN_PROGRESS = "idea_in_progress", _("Work on an idea began")
    IDEA_REALISED = "idea_realised", _("An idea was realised")
    IDEA_NOT_REALISED = "idea_not_realised", _("An idea could not be realised")
    CASE_TAKEN = "case_taken", _("Somebody of the office took a case")
    CASE_HANDED_OVER = "case_handed_over", _("A case was handed over within the office")
    COMMENT_WRITTEN = "comment_written", _("A comment was written")
    COMMENT_REMOVED = "comment_removed", _("A comment was removed")
    IDEA_HIDDEN = "idea_hidden", _("An idea was hidden")
    IDEA_SHOWN_AGAIN = "idea_shown_again", _("A hidden idea can be read again")
    COMMENT_HIDDEN = "comment_hidden", _("A comment was hidden")
    COMMENT_SHOWN_AGAIN = "comment_shown_again", _("A hidden comment can be read again")
    ATTACHMENT_HIDDEN = "attachment_hidden", _("A picture or document was hidden")
    ATTACHMENT_SHOWN_AGAIN = "attachment_shown_again", _("A hidden picture or document can be seen again")
    PROFILE_HIDDEN = "profile_hidden", _("A profile was hidden")
    PROFILE_SHOWN_AGAIN = "profile_shown_again", _("A hidden profile can be read again")
    ACTOR_BLOCKED = "actor_blocked", _("An account was blocked")
    ACTOR_UNBLOCKED = "actor_unblocked", _("A blocked account was opened again")
    REPORT_RECEIVED = "report_received", _("Something was reported to the office")
    REPORT_UPHELD = "report_upheld", _("A report was upheld")
    REPORT_REJECTED = "report_rejected", _("A report was not upheld")
    OBJECTION_RECEIVED = "objection_received", _("Somebody objected to a decision of the office")
    OBJECTION_UPHELD = "objection_upheld", _("An objection was upheld")
    OBJECTION_REJECTED = "objection_rejected", _("An objection was not upheld")
    PROMISE_EXTENDED = "promise_extended", _("A promised answer was put off")
    PROMISES_OVERDUE = "promises_overdue", _("Promised answers are overdue")


class CaseKind(models.TextChoices):
    """What a case is about."""

    BARRIER = "barrier", _("Barrier report")
    IDEA = "idea", _("Idea")
    REPORT = "report", _("Report")
    OBJECTION = "objection", _("Objection")
