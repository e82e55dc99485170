"""The newest outcomes for feed readers: Atom (RFC 4287) and JSON Feed 1.1, always in German as the outcomes are."""

import json

from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..core.feeds import Atom
from ..core.web import absolute

LANGUAGE = "de"
JSON_VERSION = "https://jsonfeed.org/version/1.1"


def atom(outcomes, alliance):
    """The Atom document."""
    with override(LANGUAGE):
        words = _words(alliance)
    feed = Atom(
        title=words["title"], description="", subtitle=words["description"], link=words["home"], language=LANGUAGE,
        feed_url=absolute(reverse("outcomes_atom")), author_name=words["author"],
    )  # fmt: skip
    for outcome in outcomes:
        feed.add_item(
            title=outcome.title, link=_page(outcome), unique_id=_page(outcome), description=outcome.html,
            pubdate=outcome.published_at, updateddate=outcome.changed_at,
            enclosures=[Enclosure(_address(outcome.picture), str(outcome.picture.size), outcome.picture.media_type)]
            if outcome.picture
            else None,
        )  # fmt: skip
    return feed.writeString("utf-8")


def json_feed(outcomes, alliance):
    """The JSON document."""
    with override(LANGUAGE):
        words = _words(alliance)
    feed = {
        "version": JSON_VERSION,
        "title": words["title"],
        "description": words["description"],
        "home_page_url": words["home"],
        "feed_url": absolute(reverse("outcomes_json")),
        "language": LANGUAGE,
        "authors": [{"name": words["author"]}],
        "items": [_item(outcome) for outcome in outcomes],
    }
    return json.dumps(feed, ensure_ascii=False)


def _item(outcome):
    item = {
        "id": _page(outcome),
        "url": _page(outcome),
        "title": outcome.title,
        "content_html": outcome.html,
        "date_published": outcome.published_at.isoformat(),
        "date_modified": outcome.changed_at.isoformat(),
    }
    return item | ({"image": _address(outcome.picture)} if outcome.picture else {})


def _words(alliance):
    return {
        "title": _("Outcomes – %(alliance)s") % {"alliance": alliance.name},
        "description": _("What has come of the ideas of citizens"),
        "author": alliance.name,
        "home": absolute(reverse("outcomes")),
    }


def _page(outcome):
    return absolute(reverse("outcome", args=[outcome.slug]))


def _address(picture):
    return absolute(picture_path(picture))


def picture_path(picture):
    """Where the picture of an outcome is handed out."""
    return reverse("outcome_picture", args=[picture.key, picture.name])
