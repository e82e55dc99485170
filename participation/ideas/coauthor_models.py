"""Co-authors of ideas: who was invited, and who said yes."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from .states import CoAuthorState

VALID = timedelta(days=30)


class CoAuthorQuerySet(models.QuerySet):
    """Questions to the table of co-authors."""

    def open(self):
        """Invitations that can still be answered; without an address or an inviter there is nobody to answer."""
        running = self.filter(state=CoAuthorState.INVITED, invited_at__gt=now() - VALID, invited_by__isnull=False)
        return running.exclude(email="")

    def accepted(self):
        """Co-authors, also nameless ones whose account is gone."""
        return self.filter(state=CoAuthorState.ACCEPTED)

    def of(self, actor):
        """Where ``actor`` is co-author now."""
        return self.accepted().filter(actor_id=actor.pk)


class CoAuthor(models.Model):
    """Somebody is asked to stand beside the author of an idea; the address goes once that is answered or void."""

    idea = models.ForeignKey("participation.Idea", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=CoAuthorState.choices, default=CoAuthorState.INVITED)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CoAuthorQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CoAuthorState.values), name="coauthor_state"),
            models.CheckConstraint(
                condition=Q(state="invited", answered_at__isnull=True, actor__isnull=True)
                | (~Q(state="invited") & Q(answered_at__isnull=False, email="")),
                name="coauthor_without_address_once_answered",
            ),
            models.UniqueConstraint(
                fields=["idea", "email"], name="coauthor_invited_once", condition=Q(state="invited") & ~Q(email="")
            ),
            models.UniqueConstraint(fields=["idea", "actor"], name="coauthor_once", condition=Q(state="accepted")),
        ]
        indexes = [models.Index(fields=["actor"], name="coauthor_actor", condition=Q(state="accepted"))]

    def __str__(self):
        return f"{self.idea_id} {self.state}"

    @property
    def until(self):
        """The last moment at which the invitation can be answered."""
        return self.invited_at + VALID

    @property
    def is_open(self):
        """Whether it can still be answered, as ``CoAuthorQuerySet.open`` has it."""
        addressed = bool(self.email) and self.invited_by_id is not None
        return self.state == CoAuthorState.INVITED and addressed and now() < self.until

    @property
    def is_accepted(self):
        """Whether the person said yes and has not left since."""
        return self.state == CoAuthorState.ACCEPTED

    def is_for(self, actor):
        """Whether ``actor`` is the person invited: a confirmed account with this address."""
        known = actor.is_authenticated and actor.confirmed_at is not None
        return known and bool(self.email) and actor.email.lower() == self.email.lower()
