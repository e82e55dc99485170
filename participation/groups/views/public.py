"""Reading about working groups: the list, and the public face of one."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ...core.authority import may
from ...core.keyset import page_by_key
from ...events.trail import trail_of
from ...promises.queries import promise_of
from ...region.queries import fields_of_action, municipalities_of
from ..meeting_queries import next_meeting, published_notes
from ..models import Group
from ..queries import counted, groups_for, members_of, membership_of, open_request_of, places_of, prolongations_of
from ..states import AT_WORK, GroupState
from ..stations import stations

PAGE = 20
NOTES = 10  # of the last meetings on the page of a group
EVERYWHERE = "ganze-allianz"
STATES = {
    "": (gettext_lazy("At work"), AT_WORK),
    "ruht": (gettext_lazy("Dormant"), (GroupState.DORMANT,)),
    "abgeschlossen": (gettext_lazy("Closed"), (GroupState.CLOSED,)),
}


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for."""

    state: str
    field: str
    place: str
    unknown: bool


@require_safe
def groups(request):
    """Working groups: those at work, or those that rest or are closed; by field of action and municipality."""
    fields, places = list(fields_of_action()), municipalities_of(request)
    wanted = _wanted(request, fields, places)
    rows = _asked_for(wanted).select_related("case", "field")
    page = page_by_key(rows, request, field="decided_at", size=PAGE)
    found = counted(page.rows)
    towns = places_of(found)
    context = {
        "entries": [(group, towns[group.pk]) for group in found],
        "page": page,
        "wanted": wanted,
        "tabs": [
            {"label": label, "url": _address(state), "current": state == wanted.state}
            for state, (label, _states) in STATES.items()
        ],
        "fields": fields,
        "places": places,
        "everywhere": EVERYWHERE,
    }
    return render(request, "groups/list.html", context)


def _wanted(request, fields, places):
    asked = {name: request.GET.get(name, "")[:140] for name in ("stand", "feld", "gemeinde")}
    known = {
        "stand": set(STATES),
        "feld": {"", *(field.slug for field in fields)},
        "gemeinde": {"", EVERYWHERE, *(place.slug for place in places)},
    }
    found = {name: value if value in known[name] else "" for name, value in asked.items()}
    return Wanted(found["stand"], found["feld"], found["gemeinde"], unknown=found != asked)


def _asked_for(wanted):
    rows = Group.objects.filter(state__in=STATES[wanted.state][1])
    if wanted.field:
        rows = rows.filter(field__slug=wanted.field)
    if wanted.place == EVERYWHERE:
        return rows.filter(whole_alliance=True)
    if wanted.place:
        there = Group.municipalities.through.objects.filter(municipality__slug=wanted.place)
        rows = rows.filter(pk__in=there.values("group"))
    return rows


def _address(state):
    return reverse("groups") + (f"?stand={state}" if state else "")


@require_safe
def group(request, slug):
    """What a group is for and until when, where it stands, who belongs to it, and how to take part."""
    row = get_object_or_404(groups_for(request.user), slug=slug)
    own = membership_of(request.user, row)
    members = members_of(row)
    shown = [one for one in members if one.is_public]
    context = {
        "group": row,
        "own": own,
        "request_made": None if own else open_request_of(request.user, row),
        "places": list(row.municipalities.order_by("name")),
        "stations": stations(row, trail_of(row.case)),
        "promise": promise_of(row.case) if row.is_proposed else None,
        "shown": shown,
        "members": len(members),
        "not_shown": len(members) - len(shown),
        "is_led": any(one.is_leading for one in members),
        "prolongations": list(prolongations_of(row)),
        "meeting": next_meeting(row, request.user) if row.is_public else None,
        "notes": list(published_notes(row)[:NOTES]) if row.is_public else [],
        "is_proposer": request.user.is_authenticated and row.proposer_id == request.user.pk,
        **frame(request, row, own),
    }
    return render(request, "groups/group.html", context)


def frame(request, group, own):
    """What all pages of a group share: where it is, its parts, and what its reader may do."""
    in_office = may(request.user, "participation.view_all_groups")
    parts = [
        ("group", _("For everybody")),
        ("group_room", _("Talk")),
        ("group_meetings", _("Meetings")),
        ("group_tasks", _("Tasks")),
        ("group_members", _("Members")),
    ]
    return {
        "in_office": in_office,
        "leads": bool(own and own.is_leading),
        "tabs": [
            {"label": label, "url": (url := reverse(name, args=[group.slug])), "current": request.path == url}
            for name, label in parts
        ]
        if group.is_public and (own or in_office)
        else [],
        "crumbs": [{"label": _("Working groups"), "url": reverse("groups")}],
    }
