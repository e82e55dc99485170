"""To be written."""

from django.http import Http404


def hide(request, **words):
    """To be written."""
    raise Http404


def block(request, **words):
    """To be written."""
    raise Http404
