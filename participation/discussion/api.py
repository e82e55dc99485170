"""Comments for other programs, as everybody reads them; the slice above says which can be read."""

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..actors.queries import name_for
from ..core.api import Moment, Row
from ..core.hiding import Reason
from ..core.web import absolute
from ..region.queries import the_alliance
from .models import Comment

NOBODY = AnonymousUser()
STATES = ["visible", "removed", "hidden"]
COMMENT = {
    "id": 311, "idea": "2026-0042", "parent": None, "state": "visible", "author": "Ada", "in_office": False,
    "html": "<p>Eine Bank am Sportplatz hilft auch.</p>", "published_at": "2026-11-03T17:20:05.123456Z",
    "edited_at": None, "removed_at": None, "hidden_at": None, "hidden_reason": None,
    "changed_at": "2026-11-03T17:20:05.123456Z", "url": "https://allianz.example/ideen/2026-0042/#comment-311",
}  # fmt: skip


class CommentSerializer(Row):
    """What somebody said about an idea, or the line that is left of it: then without author and words."""

    idea = serializers.CharField(source="case.reference", help_text="Reference of the idea.")
    parent = serializers.IntegerField(
        source="parent_id", allow_null=True, help_text="Which comment it replies to; null where it stands by itself."
    )
    state = serializers.SerializerMethodField(help_text="Whether its author removed it or the office hid it.")
    author = serializers.SerializerMethodField(help_text="The name its author chose, or the name of the office.")
    in_office = serializers.SerializerMethodField(help_text="Whether it was said for the office.")
    html = serializers.SerializerMethodField(help_text="Its words: paragraphs, emphasis, lists, quotes and links.")
    published_at = Moment(source="posted_at")
    edited_at = serializers.SerializerMethodField(help_text="When its author changed its words, if so.")
    hidden_at = serializers.SerializerMethodField(help_text="When the office hid it, if so.")
    hidden_reason = serializers.SerializerMethodField(help_text="Why the office hid it.")
    changed_at = Moment(help_text="When it was written, edited, removed or hidden last.")
    url = serializers.SerializerMethodField(help_text="Its place on the page of the idea.")

    class Meta:
        model = Comment
        fields = list(COMMENT)

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, row):
        """What is left of it; as on the page, what its author removed counts first."""
        return "removed" if row.is_removed else "hidden" if row.is_hidden else "visible"

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, row):
        """Nobody stands beside a line that is left."""
        if not _stands(row):
            return None
        return the_alliance().office_label if row.in_office else name_for(row.author, NOBODY)

    def get_in_office(self, row) -> bool:
        """As the page marks it."""
        return _stands(row) and row.in_office

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_html(self, row):
        """None where only a line is left."""
        return row.html if _stands(row) else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_edited_at(self, row):
        """Of what can be read."""
        return Moment().to_representation(row.edited_at) if _stands(row) and row.edited_at else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_hidden_at(self, row):
        """Of what its author removed afterwards the page says only that."""
        return Moment().to_representation(row.hidden_at) if row.is_hidden and not row.is_removed else None

    @extend_schema_field(serializers.ChoiceField(Reason.choices, allow_null=True))
    def get_hidden_reason(self, row):
        """As ``hidden_at``."""
        return row.hidden_reason if row.is_hidden and not row.is_removed else None

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row):
        """The line or the words."""
        return absolute(f"{row.case.path}#comment-{row.pk}")


def _stands(row):
    return not (row.is_removed or row.is_hidden)
