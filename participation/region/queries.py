"""Questions about the alliance."""

from .models import Alliance, FieldOfAction, LegalText, Municipality, Partner


def the_alliance():
    """The alliance's row; before anybody filled it in, one with the defaults (not stored)."""
    return Alliance.objects.first() or Alliance(pk=1, name="Kommunale Allianz", short_name="Allianz")


def municipalities():
    """All member municipalities by name."""
    return Municipality.objects.order_by("name")


def fields_of_action():
    """The fields of action in use, in their order."""
    return FieldOfAction.objects.filter(active=True).order_by("position", "name")


def partners():
    """The partner organisations that are shown, by name."""
    return Partner.objects.filter(active=True).order_by("name")


def legal_text(kind):
    """The version of a legal text in force, or None before the first."""
    return LegalText.objects.filter(kind=kind).order_by("-version").first()
