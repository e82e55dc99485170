"""The region for other programs: read only, JSON, the same that the public pages show."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from ..core.web import absolute
from .models import FieldOfAction, LegalText, Municipality, Partner
from .queries import fields_of_action, latest_texts, municipalities, partners


class BoundedPages(PageNumberPagination):
    """Fifty rows a page, at most a hundred (``?page_size=``)."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    invalid_page_message = _("There is no such page. Please start at the first one.")


class PageAddress(serializers.Field):
    """The full address of a row's page in the portal, below SITE_URL."""

    def __init__(self, **words):
        super().__init__(source="*", read_only=True, **words)

    def to_representation(self, row):
        """The address."""
        return absolute(row.get_absolute_url())


class MunicipalitySerializer(serializers.ModelSerializer):
    """A member municipality; the point is a label on a map, not the town hall."""

    url = PageAddress()
    postcodes = serializers.SerializerMethodField()

    class Meta:
        model = Municipality
        fields = [
            "slug", "name", "ags", "postcodes", "latitude", "longitude",
            "population", "address", "website", "about", "url",
        ]  # fmt: skip

    def get_postcodes(self, row):
        """As a list."""
        return row.postcodes.split(", ")


class FieldOfActionSerializer(serializers.ModelSerializer):
    """A field of action in use."""

    class Meta:
        model = FieldOfAction
        fields = ["slug", "name", "summary", "position"]


class PartnerSerializer(serializers.ModelSerializer):
    """A partner organisation that is shown."""

    url = PageAddress()

    class Meta:
        model = Partner
        fields = ["slug", "name", "together", "website", "url"]


class LegalTextSerializer(serializers.ModelSerializer):
    """A legal text in force, in both languages; the German one is binding."""

    class Meta:
        model = LegalText
        fields = ["kind", "version", "published_at", "text", "html", "text_en", "html_en"]


class MunicipalityViewSet(ReadOnlyModelViewSet):
    """The member municipalities by name."""

    serializer_class = MunicipalitySerializer
    pagination_class = BoundedPages
    lookup_field = "slug"

    def get_queryset(self):
        """All of them."""
        return municipalities()


class FieldOfActionViewSet(ReadOnlyModelViewSet):
    """The fields of action in their order."""

    serializer_class = FieldOfActionSerializer
    pagination_class = BoundedPages
    lookup_field = "slug"

    def get_queryset(self):
        """Those in use."""
        return fields_of_action()


class PartnerViewSet(ReadOnlyModelViewSet):
    """The partner organisations by name."""

    serializer_class = PartnerSerializer
    pagination_class = BoundedPages
    lookup_field = "slug"

    def get_queryset(self):
        """Those that are shown."""
        return partners()


class LegalTextViewSet(ReadOnlyModelViewSet):
    """The legal texts in force, for machines (BITV 2.0 § 7, Art. 14 DSA)."""

    serializer_class = LegalTextSerializer
    pagination_class = BoundedPages
    lookup_field = "kind"

    def get_queryset(self):
        """One row a kind."""
        return latest_texts()
