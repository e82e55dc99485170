"""What the frame of every page needs."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications.canary import silent_since
from notifications.inbox import unread_of
from participation.core.authority import may
from participation.region.queries import alliance_of, municipalities_of
from participation.region.surroundings import corners

from .logs import SECRETS
from .tile_source import host_of

WATCH_OUTBOX = "notifications.watch_outbox"


@dataclass(frozen=True)
class Item:
    """One entry of a navigation."""

    label: str
    url: str
    current: bool


def frame(request):
    """Alliance, navigation and footer; everything is asked only when a template uses it."""
    return {
        "alliance": SimpleLazyObject(lambda: alliance_of(request)),
        "alliance_municipalities": SimpleLazyObject(lambda: municipalities_of(request)),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "desk_navigation": SimpleLazyObject(lambda: _desk_navigation(request)),
        "may_enter_office": SimpleLazyObject(lambda: allowed(request, "participation.enter_office")),
        "may_watch_outbox": SimpleLazyObject(lambda: allowed(request, WATCH_OUTBOX)),
        "silent_since": SimpleLazyObject(lambda: _silent_since(request)),
        "may_edit_region": SimpleLazyObject(lambda: allowed(request, "participation.edit_region")),
        "barrier_query": SimpleLazyObject(lambda: _barrier_query(request)),
        "unread": SimpleLazyObject(lambda: unread_of(request.user)),
        "site_url": settings.SITE_URL,
        "map_source": _map_source(request),
    }


def _silent_since(request):
    """Since when no letter leaves, asked for people of the office and operators only; else None."""
    concerned = allowed(request, "participation.enter_office") or _only_operates(request)
    return silent_since() if concerned else None


def _only_operates(request):
    """Whether the person looks after the portal without a post: a superuser."""
    return request.user.is_superuser and allowed(request, WATCH_OUTBOX)


def _map_source(request):
    """Where the pictures of a map come from and whose they are, or None: then no page says a word about maps."""
    if not settings.TILE_URL:
        return None
    return {
        "url": settings.TILE_URL,
        "host": host_of(settings.TILE_URL),
        "attribution": settings.TILE_ATTRIBUTION,
        "corners": SimpleLazyObject(lambda: corners(municipalities_of(request))),
    }


def _barrier_query(request):
    """Tells the form for barriers which page one came from; never an address that works as a key."""
    match = request.resolver_match
    is_secret = bool(match and SECRETS & match.kwargs.keys())
    return "" if is_secret or request.path == reverse("barrier_report") else "?" + urlencode({"seite": request.path})


def _navigation(request):
    entries = [
        (_("Ideas"), "ideas"),
        (_("Working groups"), "groups"),
        (_("Outcomes"), "outcomes"),
        (_("The alliance"), "alliance"),
        (_("Partners"), "partners"),
        (_("Regional actors"), "actors"),
    ]
    if allowed(request, "participation.enter_office"):
        entries.append((_("Office"), "desk"))
    elif _only_operates(request):
        entries.append((_("Outbox"), "outbox"))
    return [_item(request, label, name) for label, name in entries]


def _desk_navigation(request):
    entries = [
        (_("Today"), "desk", "participation.enter_office"),
        (_("Ideas"), "office_ideas", "participation.view_all_ideas"),
        (_("Working groups"), "office_groups", "participation.view_all_groups"),
        (_("Outcomes"), "office_outcomes", "participation.prepare_outcomes"),
        (_("Newsletter"), "office_newsletter", "participation.prepare_newsletter"),
        (_("Reports"), "office_reports", "participation.view_reports"),
        (_("Barriers"), "office_barriers", "participation.view_barriers"),
        (_("Text blocks"), "office_blocks", "participation.view_all_ideas"),
        (pgettext("office", "Letters"), "office_letters", "participation.view_letters"),
        (_("Actors"), "office_actors", "participation.view_actors"),
        (_("Posts"), "office_posts", "participation.appoint"),
        (_("Alliance"), "edit_alliance", "participation.edit_region"),
        (_("Municipalities"), "office_municipalities", "participation.edit_region"),
        (_("Fields of action"), "office_fields", "participation.edit_region"),
        (_("Partners"), "office_partners", "participation.edit_region"),
        (_("Legal texts"), "office_texts", "participation.edit_region"),
        (_("Outbox"), "outbox", WATCH_OUTBOX),
    ]
    return [_item(request, label, name) for label, name, permission in entries if allowed(request, permission)]


def allowed(request, permission):
    """Whether the person may do it; each permission is asked once a request."""
    known = request.__dict__.setdefault("known_rights", {})
    if permission not in known:
        known[permission] = may(request.user, permission)
    return known[permission]


def _item(request, label, name):
    url = reverse(name)
    current = request.path == url or (url != reverse("desk") and request.path.startswith(url))
    return Item(label, url, current)
