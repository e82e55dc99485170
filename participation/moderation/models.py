"""What only the office reads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..events.models import Case


class Note(models.Model):
    """An internal word about a case. Never public, never in a letter."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("internal note"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        indexes = [models.Index(fields=["case", "at"], name="note_case")]

    def __str__(self):
        return f"{self.case_id} {self.at:%Y-%m-%d}"
