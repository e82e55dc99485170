"""Handing a file out: whoever gets it was asked before, and nothing in it runs."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from . import shelf

CACHE = "private, no-cache"  # a browser may keep it and asks each time whether it still may show it


def handed_out(request, attachment):
    """The answer that carries ``attachment``; raises Http404 where its file is not there (any more)."""
    etag = quote_etag(attachment.key)
    return get_conditional_response(request, etag=etag) or _answer(attachment, etag)


def _answer(attachment, etag):
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": CACHE,
        "ETag": etag,
        "X-Robots-Tag": "noindex",
    }
    kind, name, download = attachment.media_type, attachment.name, not attachment.is_picture
    if settings.X_ACCEL_PREFIX:
        headers["Content-Disposition"] = content_disposition_header(download, name)
        headers["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX}ready/{attachment.key}"
        return HttpResponse(content_type=kind, headers=headers)
    try:
        file = shelf.ready(attachment.key).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=kind, as_attachment=download, filename=name, headers=headers)
