"""The way of a working group as stations on a line; dates come from what happened and from its mandate."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..events.kinds import Kind
from .states import GroupState as S

REACHED = {
    S.CONSTITUTED: Kind.GROUP_CONSTITUTED,
    S.ACTIVE: Kind.GROUP_ACTIVE,
    S.DORMANT: Kind.GROUP_DORMANT,
    S.REPORTING: Kind.GROUP_REPORTING,
    S.DECLINED: Kind.GROUP_DECLINED,
    S.CLOSED: Kind.GROUP_CLOSED,
}
STRAIGHT = (S.CONSTITUTED, S.ACTIVE, S.REPORTING, S.CLOSED)


def stations(group, lines):
    """The stations of ``group`` for ``components/way.html``; ``lines``: its trail, oldest first."""
    last = {line.kind: line.at for line in lines}
    proposed = "here" if group.is_proposed else "done"
    way = [_station(pgettext("station", "Proposed"), last.get(Kind.GROUP_PROPOSED), proposed)]
    for state in _ahead(group):
        reached = last.get(REACHED[state])
        walked = "here" if state == group.state and state != S.CLOSED else "done" if _is_behind(group, state) else ""
        way.append(_station(S(state).label, reached, walked, note=_until(group, state)))
    return way


def _ahead(group):
    if group.is_declined:
        return [S.DECLINED]
    way = list(STRAIGHT)
    if group.is_dormant:
        way.insert(way.index(S.ACTIVE) + 1, S.DORMANT)
    return way


def _is_behind(group, state):
    if group.is_proposed:
        return False
    way = _ahead(group)
    return way.index(state) <= way.index(S(group.state)) if group.state in way else False


def _until(group, state):
    """What the mandate says about a station that lies ahead or is here."""
    if state == S.ACTIVE and group.is_active and group.ends_on:
        return _("until %(day)s") % {"day": date_format(group.ends_on)}
    if state == S.REPORTING and not (group.is_closed or group.is_dormant) and group.report_due_on:
        return _("report due on %(day)s") % {"day": date_format(group.report_due_on)}
    return ""


def _station(label, moment, state, note=""):
    label = str(label)
    note = note or (date_format(localtime(moment)) if moment else "")
    return {"label": label[:1].upper() + label[1:], "note": note, "state": state, "at": moment}
