"""Rows that belong to no slice: what was typed when a session had ended."""

from django.conf import settings
from django.db import models


class PendingDraft(models.Model):
    """Text of a form that met no session; offered to its author after signing in, for an hour."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        indexes = [models.Index(fields=["actor", "path"], name="draft_actor_path")]
