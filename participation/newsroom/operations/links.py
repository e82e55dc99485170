"""How the cases that an outcome tells of know it: links on the floor of events, and a line in the trail of each."""

from ...actors.queries import role_of
from ...events.cases import link_cases, unlink_cases
from ...events.kinds import Kind
from ...events.models import Case, CaseLink
from ...events.record import record

CONTRIBUTES = CaseLink.Kind.CONTRIBUTES_TO


def links_of(outcome):
    """The cases that know of ``outcome``."""
    return Case.objects.filter(links_out__target=outcome.case, links_out__kind=CONTRIBUTES)


def link(outcome, cases, *, actor):
    """Let ``cases`` know of the published ``outcome``."""
    for case in sorted(cases, key=_number):
        link_cases(case, outcome.case, CONTRIBUTES)
        _tell(Kind.OUTCOME_LINKED, case, outcome, actor)


def unlink(outcome, cases, *, actor):
    """``outcome`` no longer tells of ``cases``."""
    for case in sorted(cases, key=_number):
        unlink_cases(case, outcome.case, CONTRIBUTES)
        _tell(Kind.OUTCOME_UNLINKED, case, outcome, actor)


def _number(case):
    return case.pk


def _tell(kind, case, outcome, actor):
    role = role_of(actor) if actor else ""
    record(kind, by=actor, case=case, role=role, outcome=outcome.pk, version=outcome.version)
