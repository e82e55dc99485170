"""What the alliance manager changes in the region.

Each change counts the row's ``version`` up. ``seen`` is the version the person looked at while editing: if somebody
saved in between, the change is refused (Outdated) and nothing is lost. Saving what is already there changes nothing.
"""

from contextlib import contextmanager
from functools import partial
from math import floor

from django.db import IntegrityError, transaction
from django.db.models import F, Max, ProtectedError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from ..core.authority import require
from ..core.clock import now
from ..core.errors import Outdated, Refusal
from ..core.slugs import free_slug
from ..events.kinds import Kind
from ..events.record import record
from .colours import DEFAULT, is_readable, measured, nearest_readable
from .legal import as_html, first_wording
from .models import Alliance, FieldOfAction, LegalText, Municipality, Partner
from .pictures import discard_logo, store_logo
from .queries import fields_for_office, legal_text, the_alliance

EDIT = "participation.edit_region"


class NameTaken(Refusal):
    """Two of a kind may not be called the same."""

    message = _("There is already an entry with this name or key. Nothing was changed.")


class UnreadableAccent(Refusal):
    """Not everybody could read links and buttons in this colour."""

    def __init__(self, accent):
        words = {"accent": accent, "ratio": _ratio(accent), "nearest": nearest_readable(accent)}
        super().__init__(self.message % words)

    message = _(
        "The contrast of %(accent)s is only %(ratio)s to 1, so not everybody could read it; 4.5 to 1 is needed. "
        "The nearest colour that works is %(nearest)s."
    )


class StillNeeded(Refusal):
    """Something else hangs on the row."""

    message = _("Somebody holds or held a post for this municipality, so it cannot be removed. Nothing was changed.")


@transaction.atomic
def change_alliance(*, by, seen=None, **changes):
    """Change fields of the alliance's profile; makes its row when it is the first change."""
    require(by, EDIT)
    if not is_readable(changes.get("accent", DEFAULT)):
        raise UnreadableAccent(changes["accent"])
    alliance = Alliance.objects.first()
    if alliance is None:
        alliance, seen = the_alliance(), None
        with _once(Outdated):
            alliance.save(force_insert=True)
    changed = _change(alliance, seen=seen, **changes)
    if changed:
        Alliance.objects.update(updated_at=now())
        record(Kind.ALLIANCE_CHANGED, by=by, fields=changed)
    return alliance


@transaction.atomic
def set_logo(upload, *, alt, by):
    """Make ``upload`` (a picture file) the alliance's logo; ``alt`` says in words what it shows."""
    require(by, EDIT)
    if not alt:
        raise Refusal(_("Please say in words what the logo shows."))
    name = store_logo(upload)
    try:
        return _replace_logo(name, alt, by=by)
    except BaseException:
        discard_logo(name)
        raise


@transaction.atomic
def remove_logo(*, by):
    """Show the drawn mark again instead of a logo."""
    require(by, EDIT)
    return _replace_logo("", "", by=by)


def _replace_logo(name, alt, *, by):
    former = the_alliance().logo
    alliance = change_alliance(by=by, logo=name, logo_alt=alt)
    transaction.on_commit(partial(discard_logo, former))
    return alliance


@transaction.atomic
def add_municipality(*, by, **fields):
    """Enter a member municipality."""
    return _add(Municipality, Kind.MUNICIPALITY_CHANGED, by=by, **fields)


@transaction.atomic
def change_municipality(municipality, *, by, seen=None, **changes):
    """Change what the portal says about a municipality. Its address in the portal stays the same."""
    return _edit(municipality, Kind.MUNICIPALITY_CHANGED, by=by, seen=seen, **changes)


@transaction.atomic
def remove_municipality(municipality, *, by):
    """Take a municipality out. People who chose it as their home keep their accounts, without it."""
    return _remove(municipality, Kind.MUNICIPALITY_CHANGED, by=by)


@transaction.atomic
def add_field(*, by, **fields):
    """Enter a field of action, at the end unless ``position`` says otherwise."""
    fields.setdefault("position", (FieldOfAction.objects.aggregate(last=Max("position"))["last"] or 0) + 1)
    return _add(FieldOfAction, Kind.FIELD_CHANGED, by=by, **fields)


@transaction.atomic
def change_field(field, *, by, seen=None, **changes):
    """Change a field of action; ``active=False`` retires it: it is offered no more, what is tagged with it stays."""
    return _edit(field, Kind.FIELD_CHANGED, by=by, seen=seen, **changes)


@transaction.atomic
def move_field(field, *, by, up):
    """Move a field one place up or down in the order. At the end of the list nothing happens."""
    require(by, EDIT)
    _one_after_the_other()
    keys = list(fields_for_office().values_list("pk", flat=True))
    here = keys.index(field.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(keys):
        return
    keys[here], keys[there] = keys[there], keys[here]
    for position, key in enumerate(keys, start=1):
        FieldOfAction.objects.filter(pk=key).exclude(position=position).update(position=position)
    record(Kind.FIELD_CHANGED, by=by, id=field.pk, fields=["position"])


def _one_after_the_other():
    """Make people who move fields at the same moment wait for each other: this UPDATE holds the others at one row."""
    first = FieldOfAction.objects.order_by("pk").values("pk")[:1]
    FieldOfAction.objects.filter(pk=first).update(position=F("position"))


@transaction.atomic
def add_partner(*, by, **fields):
    """Enter a partner organisation."""
    return _add(Partner, Kind.PARTNER_CHANGED, by=by, **fields)


@transaction.atomic
def change_partner(partner, *, by, seen=None, **changes):
    """Change the page of a partner organisation; ``active=False`` hides it."""
    return _edit(partner, Kind.PARTNER_CHANGED, by=by, seen=seen, **changes)


@transaction.atomic
def remove_partner(partner, *, by):
    """Take a partner organisation and its page out."""
    return _remove(partner, Kind.PARTNER_CHANGED, by=by)


@transaction.atomic
def publish_text(kind, text, *, by, text_en="", seen=None):
    """Publish the next version of a legal text.

    ``seen`` is the version it started from (0 before the first). Publishing what is in force already changes nothing.
    """
    require(by, EDIT)
    return _publish(kind, text, text_en, seen=seen, by=by)


@transaction.atomic
def ensure_first_texts():
    """Publish the delivered first wording of each legal text that has no version yet; for a fresh portal."""
    for kind in LegalText.Kind.values:
        if legal_text(kind) is None:
            _publish(kind, first_wording(kind, "de"), first_wording(kind, "en"), seen=0, by=None)


def _publish(kind, text, text_en, *, seen, by):
    alliance = the_alliance()
    new = {
        "text": text,
        "html": as_html(text, alliance, "de"),
        "text_en": text_en,
        "html_en": as_html(text_en, alliance, "en"),
    }
    latest = legal_text(kind)
    number = latest.version if latest else 0
    if latest and all(getattr(latest, name) == value for name, value in new.items()):
        return latest
    if seen is not None and seen != number:
        raise Outdated
    with _once(Outdated):
        version = LegalText.objects.create(kind=kind, version=number + 1, published_at=now(), **new)
    record(Kind.LEGAL_TEXT_PUBLISHED, by=by, text=kind, version=version.version)
    return version


def _add(model, kind, *, by, **fields):
    require(by, EDIT)
    with _once(NameTaken):
        row = model.objects.create(slug=free_slug(model, fields["name"]), **fields)
    record(kind, by=by, id=row.pk, fields=["added"])
    return row


def _edit(row, kind, *, by, seen, **changes):
    require(by, EDIT, row)
    changed = _change(row, seen=seen, **changes)
    if changed:
        record(kind, by=by, id=row.pk, fields=changed)
    return row


def _remove(row, kind, *, by):
    require(by, EDIT, row)
    key = row.pk
    try:
        row.delete()
    except ProtectedError as protected:
        raise StillNeeded from protected
    record(kind, by=by, id=key, fields=["removed"])


def _change(row, *, seen, **changes):
    """Store what differs from the row as it stands now, in one UPDATE guarded by its version; returns the names."""
    seen = row.version if seen is None else seen
    model = type(row)
    present = model.objects.filter(pk=row.pk).first()
    if present is None:
        raise Outdated
    changed = {name: value for name, value in changes.items() if getattr(present, name) != value}
    if changed:
        with _once(NameTaken):
            rows = model.objects.filter(pk=row.pk, version=seen).update(**changed, version=F("version") + 1)
        if not rows:
            raise Outdated
    row.refresh_from_db()
    return sorted(changed)


@contextmanager
def _once(refusal):
    """Turn the database's "this is there already" into ``refusal``, in a savepoint so that the rest can go on."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise refusal from problem


def _ratio(accent):
    """Rounded down, so that 4.49 never reads as 4.5."""
    return formats.number_format(floor(measured(accent) * 10) / 10, decimal_pos=1)
