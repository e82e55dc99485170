"""Outcomes for other programs: what everybody reads on their pages, with a real example."""

from django.db.models.functions import Coalesce
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..attachments.models import Attachment
from ..core.api import Moment, PageAddress, Reading, Row, told
from ..core.order import Order
from ..core.parameters import AnyOf, Question, described, since
from ..core.web import absolute
from .models import Outcome
from .queries import ideas_named, published, whole

OUTCOME = {
    "reference": "E-2026-0007", "slug": "die-mitfahrbank-steht", "title": "Die Mitfahrbank steht",
    "text": "Seit heute steht sie am **Ortsrand**.",
    "html": "<p>Seit heute steht sie am <strong>Ortsrand</strong>.</p>", "ideas": ["2026-0042"],
    "picture": {
        "alt": "Eine Holzbank an der Straße", "media_type": "image/webp", "width": 1600, "height": 1200,
        "url": "https://allianz.example/ergebnisse/bild/0123456789abcdef0123456789abcdef/bank.webp",
    },
    "version": 2, "published_at": "2026-11-20T10:00:00Z", "corrected_at": "2026-11-21T08:30:00Z",
    "changed_at": "2026-11-21T08:30:00Z", "url": "https://allianz.example/ergebnisse/die-mitfahrbank-steht/",
}  # fmt: skip


class PictureSerializer(Row):
    """The picture of an outcome."""

    url = serializers.SerializerMethodField(help_text="Where it is handed out.")

    class Meta:
        model = Attachment
        fields = ["alt", "media_type", "width", "height", "url"]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row):
        """Where it is handed out."""
        return absolute(reverse("outcome_picture", args=[row.key, row.name]))


class OutcomeSerializer(Row):
    """A published outcome in its present words."""

    reference = serializers.CharField(help_text="What people quote.")
    ideas = serializers.ListField(
        source="told_of", child=serializers.CharField(), help_text="References of the public ideas that it tells of."
    )
    picture = PictureSerializer(allow_null=True)
    version = serializers.IntegerField(help_text="How often its words were written: 1 without a correction.")
    published_at = Moment()
    corrected_at = Moment(allow_null=True, help_text="When it was corrected last, if it was.")
    changed_at = Moment(help_text="When it was published or corrected last.")
    url = PageAddress(help_text="Its page in the portal.")

    class Meta:
        model = Outcome
        fields = list(OUTCOME)


class OutcomeQuestion(Question):
    """What the list of outcomes can be asked."""

    idea = described(AnyOf(known=ideas_named), "Reference of a public idea that it tells of.", format="idea")
    published_since = since("Published at this moment or later.")
    changed_since = since("Published or corrected at this moment or later; best with `order=changed`.")

    def narrowed(self, rows, asked):
        """Those that tell of one of the ideas, and are young enough."""
        if asked["idea"]:
            rows = rows.filter(cases__reference__in=asked["idea"]).distinct()
        limits = {"published_at__gte": asked["published_since"], "told_at__gte": asked["changed_since"]}
        return rows.filter(**{name: moment for name, moment in limits.items() if moment})


@told(
    "outcomes", "Published outcomes, the newest first unless another order is asked for.",
    "One published outcome. One that was withdrawn is no longer here; its page says why.", OUTCOME,
)  # fmt: skip
class OutcomeViewSet(Reading):
    """Published outcomes, the newest first unless another order is asked for."""

    serializer_class = OutcomeSerializer
    orders = (
        Order("-published", ("published_at", "pk"), descending=True),
        Order("published", ("published_at", "pk")),
        Order("changed", ("told_at", "pk")),
    )
    filterset_class = OutcomeQuestion
    lookup_field = "slug"

    def get_queryset(self):
        """Those that everybody may read."""
        return published().annotate(told_at=Coalesce("corrected_at", "published_at"))

    def completed(self, rows):
        """With all that their pages show."""
        return whole(rows)
