"""To be written."""

from django.http import Http404


def reports(request, **words):
    """To be written."""
    raise Http404


def report(request, **words):
    """To be written."""
    raise Http404


def objections(request, **words):
    """To be written."""
    raise Http404


def objection(request, **words):
    """To be written."""
    raise Http404
