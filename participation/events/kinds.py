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


class CaseKind(models.TextChoices):
    """What a case is about."""

    BARRIER = "barrier", _("Barrier report")
