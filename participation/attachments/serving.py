"""Handing a file out: whoever gets it was asked before, and nothing in it runs."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from . import shelf

CACHE = "private, no-cache"  # a browser may keep it and asks each time whether it still may show it


def handed_out(request, attachment):
    """The answer that carries ``attachment``; raises Http404 where its file is not there (any more)."""
    headers = {
        "Content-Type": attachment.media_type,
        "Content-Disposition": content_disposition_header(not attachment.is_picture, attachment.name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": CACHE,
        "ETag": quote_etag(attachment.key),
        "X-Robots-Tag": "noindex",
    }
    return get_conditional_response(request, etag=headers["ETag"], response=_answer(attachment, headers))


def _answer(attachment, headers):
    if settings.X_ACCEL_PREFIX:
        return HttpResponse(headers={**headers, "X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}ready/{attachment.key}"})
    try:
        file = shelf.ready(attachment.key).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, headers=headers)
