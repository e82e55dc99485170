"""To be written."""

from django.http import Http404


def report(request, **words):
    """To be written."""
    raise Http404


def received(request, **words):
    """To be written."""
    raise Http404


def statement(request, **words):
    """To be written."""
    raise Http404
