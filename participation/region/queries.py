"""Questions about the alliance."""

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from ..core.memo import once
from .models import Alliance, FieldOfAction, LegalText, Municipality, Partner


def the_alliance():
    """The alliance's row; before anybody filled it in, one with the defaults (not stored)."""
    return once("alliance", _the_alliance)


def _the_alliance():
    return Alliance.objects.first() or Alliance(pk=1, name="Kommunale Allianz", short_name="Allianz")


def alliance_of(request):
    """The alliance's row, asked once a request."""
    if not hasattr(request, "alliance"):
        request.alliance = the_alliance()
    return request.alliance


def municipalities():
    """All member municipalities by name."""
    return Municipality.objects.order_by("name")


def municipalities_of(request):
    """The same as a list, asked once a request."""
    if not hasattr(request, "municipalities"):
        request.municipalities = list(municipalities())
    return request.municipalities


def marked_municipalities(request, numbers):
    """All by name, each with ``is_marked``: its number is one of ``numbers`` (a queryset). One query, which serves
    ``municipalities_of(request)`` as well.
    """
    is_marked = ExpressionWrapper(Q(pk__in=numbers), output_field=BooleanField())
    request.municipalities = list(municipalities().annotate(is_marked=is_marked))
    return request.municipalities


def fields_of_action():
    """The fields of action in use, in their order."""
    return FieldOfAction.objects.filter(active=True).order_by("position", "name")


def partners():
    """The partner organisations that are shown, by name."""
    return Partner.objects.filter(active=True).order_by("name")


def partners_for_office():
    """All partner organisations, the hidden ones among them, by name."""
    return Partner.objects.order_by("name")


def fields_for_office():
    """All fields of action: those in use in their order, then the retired ones."""
    return FieldOfAction.objects.order_by("-active", "position", "name")


def versions_of(kind):
    """The versions of a legal text without their wording, the newest first."""
    return LegalText.objects.filter(kind=kind).only("kind", "version", "published_at").order_by("-version")


def latest_texts():
    """The legal texts in force, one row a kind."""
    newest = LegalText.objects.filter(kind=OuterRef("kind")).order_by("-version").values("version")[:1]
    return LegalText.objects.filter(version=Subquery(newest)).order_by("kind")


def legal_text(kind):
    """The version of a legal text in force, or None before the first."""
    return LegalText.objects.filter(kind=kind).order_by("-version").first()


def version_of(kind, version):
    """One version of a legal text, or None."""
    return LegalText.objects.filter(kind=kind, version=version).first()
