"""The region for other programs: read only, JSON, the same that the public pages show."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..core.api import PageAddress, Reading, Row, told
from ..core.order import Order
from .models import FieldOfAction, LegalText, Municipality, Partner
from .queries import fields_of_action, latest_texts, municipalities, partners

MUNICIPALITY = {
    "slug": "krombach", "name": "Krombach", "ags": "09679999", "postcodes": ["97999"], "latitude": 50.1,
    "longitude": 10.2, "population": 2840, "address": "Dorfplatz 1, 97999 Krombach",
    "website": "https://krombach.example/", "about": "Ein Dorf mit vielen Bänken.",
    "url": "https://allianz.example/gemeinde/krombach/",
}  # fmt: skip
FIELD = {"slug": "mobilitaet", "name": "Mobilität", "summary": "Wie alle ankommen.", "position": 3}
PARTNER = {
    "slug": "wegeverein", "name": "Wegeverein", "together": "Gemeinsam pflegen wir die Wanderwege.",
    "website": "https://wege.example/", "url": "https://allianz.example/partner/wegeverein/",
}  # fmt: skip
LEGAL_TEXT = {
    "kind": "terms", "version": 2, "published_at": "2026-09-01T08:00:00Z", "text": "Wir gehen freundlich um.",
    "html": "<p>Wir gehen freundlich um.</p>", "text_en": "We are friendly.", "html_en": "<p>We are friendly.</p>",
}  # fmt: skip


class MunicipalitySerializer(Row):
    """A member municipality; the point is a label on a map, not the town hall."""

    url = PageAddress(help_text="Its page in the portal.")
    postcodes = serializers.SerializerMethodField()

    class Meta:
        model = Municipality
        fields = [
            "slug", "name", "ags", "postcodes", "latitude", "longitude",
            "population", "address", "website", "about", "url",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.RegexField(r"^[0-9]{5}$")))
    def get_postcodes(self, row):
        """As a list."""
        return row.postcodes.split(", ")


class FieldOfActionSerializer(Row):
    """A field of action of the alliance's development concept; ``position`` is its place among the others."""

    class Meta:
        model = FieldOfAction
        fields = ["slug", "name", "summary", "position"]


class PartnerSerializer(Row):
    """A partner organisation that is shown."""

    url = PageAddress(help_text="Its page in the portal.")

    class Meta:
        model = Partner
        fields = ["slug", "name", "together", "website", "url"]


class LegalTextSerializer(Row):
    """A legal text in force, in both languages; the German one is binding."""

    class Meta:
        model = LegalText
        fields = ["kind", "version", "published_at", "text", "html", "text_en", "html_en"]


@told(
    "municipalities",
    "The member municipalities, in the order in which they were entered.",
    "One member municipality.",
    MUNICIPALITY,
)
class MunicipalityViewSet(Reading):
    """The member municipalities, in the order in which they were entered."""

    serializer_class = MunicipalitySerializer
    lookup_field = "slug"

    def get_queryset(self):
        """All of them."""
        return municipalities()


@told(
    "fields-of-action",
    "The fields of action in use, in the order in which they were entered.",
    "One field of action in use.",
    FIELD,
)
class FieldOfActionViewSet(Reading):
    """The fields of action in use, in the order in which they were entered."""

    serializer_class = FieldOfActionSerializer
    lookup_field = "slug"

    def get_queryset(self):
        """Those in use."""
        return fields_of_action()


@told(
    "partners",
    "The partner organisations that are shown, in the order in which they were entered.",
    "One partner organisation.",
    PARTNER,
)
class PartnerViewSet(Reading):
    """The partner organisations that are shown, in the order in which they were entered."""

    serializer_class = PartnerSerializer
    lookup_field = "slug"

    def get_queryset(self):
        """Those that are shown."""
        return partners()


@told(
    "legal-texts",
    "The legal texts in force, one of each kind, for machines (BITV 2.0 § 7, Art. 14 DSA).",
    "The version in force of one legal text.",
    LEGAL_TEXT,
)
class LegalTextViewSet(Reading):
    """The legal texts in force, one of each kind, for machines (BITV 2.0 § 7, Art. 14 DSA)."""

    serializer_class = LegalTextSerializer
    orders = (Order("kind", ("kind",)),)
    lookup_field = "kind"

    def get_queryset(self):
        """One row a kind."""
        return latest_texts()
