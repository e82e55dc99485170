"""The tables of all slices, gathered for Django; imported by nobody else."""

from .accessibility.models import BarrierReport
from .actors.models import Actor, Appointment, Consent
from .core.models import PendingDraft
from .events.models import Case, CaseLink, Event, ReferenceCounter
from .region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner

__all__ = [
    "Actor",
    "Alliance",
    "Appointment",
    "BarrierReport",
    "Case",
    "CaseLink",
    "Consent",
    "Event",
    "FieldOfAction",
    "LegalText",
    "Municipality",
    "Partner",
    "PendingDraft",
    "ReferenceCounter",
]
