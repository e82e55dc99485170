"""Comments on a case, with one level of replies."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..core.hiding import Hideable, hidden_for_a_reason
from ..events.models import Case

EDIT_WINDOW = timedelta(minutes=15)


class Comment(Hideable):
    """What somebody said about a case. One that its author removed stays as a line; its words are gone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    in_office = models.BooleanField(default=False, help_text="Written by somebody in a post of the office, as such.")
    text = models.TextField(_("comment"), max_length=2000, blank=True)
    html = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text="", html=""),
                name="comment_removed_without_words",
            ),
            hidden_for_a_reason("comment_hidden_for_a_reason"),
        ]
        indexes = [models.Index(fields=["case", "posted_at"], name="comment_case")]

    def __str__(self):
        return f"{self.case_id} {self.pk}"

    @property
    def is_removed(self):
        """Whether only the line that says so is left."""
        return self.removed_at is not None

    @property
    def shown(self):
        """The HTML, made by ``core.markup.rendered`` when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def is_fresh(self):
        """Whether its author may still change it."""
        return not self.is_removed and now() - self.posted_at < EDIT_WINDOW
