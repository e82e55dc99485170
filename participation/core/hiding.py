"""Taking something out of sight: a mark beside its state that can be taken off again. Nothing is changed or lost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .clock import now
from .errors import Outdated


class Reason(models.TextChoices):
    """Why something is out of place here: what people report, and for what the office hides or blocks."""

    RUDE = "rude", _("It insults or threatens somebody.")
    HATE = "hate", _("It stirs up hatred against people.")
    PRIVATE = "private", _("It shows personal data of others without their consent.")
    PRETENDS = "pretends", _("It pretends to come from somebody else or from an authority.")
    UNLAWFUL = "unlawful", _("It breaks the law or the rights of others.")
    CHILDREN = "children", _("It shows the sexual abuse of children.")
    ADVERTISING = "advertising", _("It advertises something.")
    OTHER = "other", _("It breaks another rule of the terms of use.")


class Hideable(models.Model):
    """Something that everybody may read, unless the office hides it; its author and the office still see it."""

    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def is_hidden(self):
        """Whether the office took it out of sight."""
        return self.hidden_at is not None


def hidden_for_a_reason(name):
    """The check constraint of a ``Hideable`` table: moment and reason together or not at all."""
    return models.CheckConstraint(
        condition=Q(hidden_at__isnull=True, hidden_reason="") | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
        name=name,
    )


def hide(thing, reason, **seen):
    """Take ``thing`` out of sight; the caller has asked for the right. ``seen`` names what the person saw in it.

    Raises Outdated where it is hidden already, or no longer what was seen.
    """
    rows = type(thing).objects.filter(hidden_at=None, **seen)
    _mark(thing, rows, hidden_at=now(), hidden_reason=reason)


def show_again(thing):
    """Let everybody read ``thing`` again. Raises Outdated where it is not hidden."""
    rows = type(thing).objects.exclude(hidden_at=None)
    _mark(thing, rows, hidden_at=None, hidden_reason="")


def _mark(thing, rows, **changes):
    """One guarded UPDATE: of two at once only one wins."""
    if not rows.filter(pk=thing.pk).update(**changes):
        raise Outdated
    for name, value in changes.items():
        setattr(thing, name, value)
