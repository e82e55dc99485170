"""Ideas and their ways as other programs read them, with real examples."""

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..attachments.models import Attachment
from ..core.api import Moment, PageAddress, Row
from ..core.hiding import Reason
from ..core.web import absolute
from ..events.trail import SENTENCES
from .models import Answer, Idea
from .states import PUBLIC, IdeaState

IDEA = {
    "reference": "2026-0042", "title": "Mitfahrbank am Ortsrand", "state": "under_consideration",
    "text": "Eine Bank, von der man **mitgenommen** wird.",
    "html": "<p>Eine Bank, von der man <strong>mitgenommen</strong> wird.</p>", "authors": ["Ada", "Olga"],
    "took_in": [{"reference": "2026-0051", "authors": ["Paul"]}], "field": "mobilitaet", "whole_alliance": False,
    "municipalities": ["krombach", "oberbach"], "place": "Bushaltestelle", "point": None, "supporters": 17,
    "comments": 4, "version": 1,
    "answers": [{
        "html": "<p>Wir suchen mit Ihnen zwei Standorte.</p>", "published_at": "2026-11-10T09:00:00Z",
        "leads_to": "under_consideration", "body": None, "decided_on": None,
    }],
    "files": [{
        "kind": "picture", "name": "bank.webp", "alt": "Eine Holzbank an der Straße", "media_type": "image/webp",
        "size": 184320, "width": 1600, "height": 1200,
        "url": "https://allianz.example/dateien/0123456789abcdef0123456789abcdef/bank.webp",
        "hidden_at": None, "hidden_reason": None,
    }],
    "submitted_at": "2026-11-01T18:30:00Z", "published_at": "2026-11-03T10:00:00Z",
    "changed_at": "2026-11-10T09:00:00Z", "url": "https://allianz.example/ideen/2026-0042/",
    "comments_url": "https://allianz.example/api/v1/comments/?idea=2026-0042",
    "trail_url": "https://allianz.example/api/v1/ideas/2026-0042/trail/",
}  # fmt: skip
TRAIL = {
    "reference": "2026-0042", "title": "Mitfahrbank am Ortsrand", "state": "under_consideration",
    "is_readable": True, "merged_into": None, "hidden_at": None, "hidden_reason": None,
    "stations": [
        {"label": "Submitted", "state": "done", "at": "2026-11-01T18:30:00Z"},
        {"label": "Published", "state": "done", "at": "2026-11-03T10:00:00Z"},
        {"label": "Under consideration", "state": "here", "at": "2026-11-10T09:00:00Z"},
        {"label": "Adopted", "state": "ahead", "at": None},
    ],
    "lines": [
        {"at": "2026-11-01T18:30:00Z", "kind": "idea_submitted", "text": "The idea was submitted.",
         "put_off_until": None, "reason": None},
        {"at": "2026-11-03T10:00:00Z", "kind": "idea_published", "text": "The office published the idea.",
         "put_off_until": None, "reason": None},
    ],
    "url": "https://allianz.example/vorgang/2026-0042/",
}  # fmt: skip
A_BODY = serializers.ChoiceField(Answer.Body.choices, allow_null=True)
A_STATE = serializers.ChoiceField([state.value for state in PUBLIC], allow_null=True)
Names = serializers.ListField(child=serializers.CharField())


class AnswerSerializer(Row):
    """An official answer; where a body decided, it says which and when."""

    leads_to = serializers.SerializerMethodField(help_text="The state to which it led the idea.")
    body = serializers.SerializerMethodField(help_text="Who decided.")

    class Meta:
        model = Answer
        fields = ["html", "published_at", "leads_to", "body", "decided_on"]
        extra_kwargs = {"published_at": {"allow_null": False}, "decided_on": {"read_only": True}}

    @extend_schema_field(A_STATE)
    def get_leads_to(self, row):
        """None where it led nowhere."""
        return row.leads_to or None

    @extend_schema_field(A_BODY)
    def get_body(self, row):
        """None where no body had to decide."""
        return row.body or None


class FileSerializer(Row):
    """A picture or document; of one that the office hid there is only this line, without name and address."""

    hidden_reason = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = [
            "kind", "name", "alt", "media_type", "size", "width", "height", "url", "hidden_at", "hidden_reason",
        ]  # fmt: skip
        extra_kwargs = {name: {"allow_null": True} for name in ("name", "media_type", "size")} | {
            "alt": {"allow_null": True, "allow_blank": True}
        }

    def to_representation(self, row):
        """The row, or the line that is left."""
        said = super().to_representation(row)
        return {name: said[name] if name in LEFT or not row.is_hidden else None for name in said}

    @extend_schema_field(serializers.ChoiceField(Reason.choices, allow_null=True))
    def get_hidden_reason(self, row):
        """None where it is not hidden."""
        return row.hidden_reason or None

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_url(self, row):
        """Where it is handed out."""
        return absolute(row.get_absolute_url())


LEFT = {"kind", "hidden_at", "hidden_reason"}


class PointSerializer(serializers.Serializer):
    """A point on the map, WGS 84."""

    latitude = serializers.FloatField(min_value=-90, max_value=90)
    longitude = serializers.FloatField(min_value=-180, max_value=180)


class TakenInSerializer(serializers.Serializer):
    """An idea that asked for the same and became one with this one."""

    reference = serializers.CharField()
    authors = Names


class IdeaSerializer(Row):
    """A public idea with all that its page shows; people by the names they chose."""

    reference = serializers.CharField(help_text="What people quote.")
    state = serializers.ChoiceField([(state.value, state.label) for state in PUBLIC])
    authors = serializers.ListField(child=serializers.CharField(), help_text="Its author, then the co-authors.")
    took_in = TakenInSerializer(many=True, help_text="Ideas that asked for the same and became one with this one.")
    field = serializers.SlugRelatedField("slug", read_only=True, allow_null=True, help_text="Its field of action.")
    municipalities = serializers.SlugRelatedField("slug", many=True, read_only=True, help_text="Which it is about.")
    point = serializers.SerializerMethodField(help_text="Null where the portal shows no maps.")
    supporters = serializers.IntegerField(source="support_count", help_text="How many stand behind it.")
    comments = serializers.IntegerField(source="comment_count", help_text="How many comments can be read.")
    answers = AnswerSerializer(source="shown_answers", many=True, help_text="Official answers, the oldest first.")
    files = FileSerializer(source="shown_files", many=True, help_text="Pictures and documents.")
    submitted_at = Moment()
    published_at = Moment()
    changed_at = Moment(help_text="When something last happened to it; supporters and comments do not count.")
    url = PageAddress(help_text="Its page in the portal.")
    comments_url = serializers.SerializerMethodField(help_text="Its comments in this interface.")
    trail_url = serializers.SerializerMethodField(help_text="Its way in this interface.")

    class Meta:
        model = Idea
        fields = list(IDEA)
        read_only_fields = fields

    @extend_schema_field(PointSerializer(allow_null=True))
    def get_point(self, row):
        """As on the page, only where the operator named a server of maps; five decimals are a metre."""
        if not (settings.TILE_URL and row.point):
            return None
        return {"latitude": round(float(row.latitude), 5), "longitude": round(float(row.longitude), 5)}

    @extend_schema_field(OpenApiTypes.URI)
    def get_comments_url(self, row):
        """The list, filtered."""
        return absolute(f"{reverse('api:comment-list')}?idea={row.reference}")

    @extend_schema_field(OpenApiTypes.URI)
    def get_trail_url(self, row):
        """The way."""
        return absolute(reverse("api:idea-trail", args=[row.reference]))


class StationSerializer(serializers.Serializer):
    """A station of the way."""

    label = serializers.CharField(help_text="Its name, in the language of the answer.")
    state = serializers.ChoiceField(["done", "here", "ahead"])
    at = Moment(allow_null=True, help_text="When it was reached last.")


class LineSerializer(serializers.Serializer):
    """Something that happened. Posts are named, people never."""

    at = Moment()
    kind = serializers.ChoiceField(
        [kind.value for kind in SENTENCES], help_text="A name that never changes its meaning."
    )
    text = serializers.CharField(help_text="A sentence, in the language of the answer.")
    put_off_until = Moment(allow_null=True, help_text="By when the office answers now, where it put its answer off.")
    reason = serializers.CharField(allow_null=True, help_text="Why it was put off.")


class TrailSerializer(serializers.Serializer):
    """The way of an idea. It stays after the idea itself was taken back, hidden or merged: then without its title."""

    reference = serializers.CharField()
    title = serializers.CharField(allow_null=True, help_text="Null where the idea can no longer be read.")
    state = serializers.ChoiceField([state.value for state in IdeaState if state != IdeaState.DRAFT])
    is_readable = serializers.BooleanField(help_text="Whether the idea itself can be read.")
    merged_into = serializers.CharField(allow_null=True, help_text="Reference of the idea that stands for it now.")
    hidden_at = Moment(allow_null=True, help_text="When the office hid it, if so.")
    hidden_reason = serializers.ChoiceField(Reason.choices, allow_null=True)
    stations = StationSerializer(many=True)
    lines = LineSerializer(many=True, help_text="What happened, the oldest first.")
    url = serializers.URLField(help_text="The page of the way in the portal.")
