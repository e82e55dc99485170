"""What feeds and calendars share: an Atom document (RFC 4287), and an answer to readers that come each hour."""

from datetime import UTC, datetime
from hashlib import sha256

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag

NEVER = datetime.fromtimestamp(0, UTC)
MINUTES = 5


class Atom(Atom1Feed):
    """The whole text belongs into ``content``; a summary is short. The same items give the same document."""

    def latest_post_date(self):
        """When the last of the items changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler, item):
        """As usual, but for the text, which is ``content``."""
        html, item["description"] = item["description"], None
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", html, {"type": "html"})


def fresh_answer(request, document, content_type, *, changed_at=None, public=True):
    """``document`` (bytes), or that nothing is new (RFC 9110); ``public``: anybody on the way may keep a copy."""
    etag, seconds = quote_etag(sha256(document).hexdigest()[:32]), changed_at and int(changed_at.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=seconds)
    answer = answer or HttpResponse(document, content_type=content_type)
    answer.headers["ETag"] = etag
    if seconds:
        answer.headers["Last-Modified"] = http_date(seconds)
    answer.headers["Cache-Control"] = f"{'public' if public else 'private'}, max-age={60 * MINUTES}"
    return answer
