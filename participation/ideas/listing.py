"""What the list of ideas can be asked: words, filters and order, read from an address and written into one."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..core.web import searched
from . import search
from .models import Idea
from .states import PUBLIC, IdeaState

WORDS, STATE, FIELD, PLACE, ORDER = "q", "stand", "feld", "gemeinde", "ordnung"
EVERYWHERE = "allianz"  # the value of PLACE for ideas about the whole alliance
COUNTED_FOR = 60  # seconds that the numbers beside the filters may be old
COUNTS = "ideas:counts"
MOST = 1000  # beyond, a list is "more than 1,000" long
ORDERS = {
    "bewegt": ("moved_at", gettext_lazy("Recently moved")),
    "neueste": ("published_at", gettext_lazy("Newest")),
    "unterstuetzt": ("support_count", gettext_lazy("Most supported")),
}
S = IdeaState
STATIONS = {S.PUBLISHED: 1, S.UNDER_CONSIDERATION: 2, S.DEFERRED: 2, S.ADOPTED: 3, S.IN_PROGRESS: 4, S.REALISED: 4}
FIRST = next(iter(ORDERS))


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for; only values that exist."""

    words: str = ""
    states: tuple = ()
    fields: tuple = ()
    places: tuple = ()
    order: str = FIRST

    @property
    def is_filtered(self):
        """Whether the list is narrower than all ideas."""
        return bool(self.words or self.states or self.fields or self.places)

    @property
    def key(self):
        """The column that orders the list."""
        return ORDERS[self.order][0]

    @property
    def query(self):
        """The question as a query string, always the same one; "" for all ideas in the usual order."""
        pairs = [(WORDS, self.words)] if self.words else []
        for name, values in ((STATE, self.states), (FIELD, self.fields), (PLACE, self.places)):
            pairs += [(name, value) for value in values]
        pairs += [(ORDER, self.order)] if self.order != FIRST else []
        return urlencode(pairs)

    @property
    def address(self):
        """The question as the end of an address."""
        return f"?{self.query}" if self.query else "?"


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One question of the form; ``name`` stands in addresses."""

    name: str
    legend: str
    choices: list

    @property
    def is_used(self):
        """Whether one of its values is chosen."""
        return any(choice.chosen for choice in self.choices)


def read(request, fields, places):
    """What the address asks for, and whether something in it was unknown and left out."""
    known = {
        STATE: list(PUBLIC),
        FIELD: [field.slug for field in fields],
        PLACE: [EVERYWHERE, *(place.slug for place in places)],
    }
    asked = {name: request.GET.getlist(name)[:50] for name in known}
    found = {name: tuple(value for value in values if value in asked[name]) for name, values in known.items()}
    order = request.GET.get(ORDER, FIRST)
    unknown = order not in ORDERS or any(set(asked[name]) - {"", *values} for name, values in known.items())
    wanted = Wanted(
        words=searched(request, WORDS), states=found[STATE], fields=found[FIELD], places=found[PLACE],
        order=order if order in ORDERS else FIRST,
    )  # fmt: skip
    return wanted, unknown


def ideas_like(wanted, rows=None):
    """Those of ``rows`` (of all public ideas) that were asked for; None where the words hold nothing to search for."""
    rows = Idea.objects.public() if rows is None else rows
    if wanted.words:
        found = search.matching(wanted.words)
        if found is None:
            return None
        rows = rows.filter(pk__in=found)
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.fields:
        rows = rows.filter(field__slug__in=wanted.fields)
    return _about(rows, wanted.places) if wanted.places else rows


def _about(rows, places):
    """Those of ``rows`` that are about one of ``places``."""
    there = Idea.municipalities.through.objects.filter(municipality__slug__in=places).values("idea")
    about = rows.filter(pk__in=there)
    return about | rows.filter(whole_alliance=True) if EVERYWHERE in places else about


def filters(wanted, fields, places):
    """The filters with the number of ideas behind each value."""
    counts = _counts()
    values = [
        (STATE, _("Where it stands"), [(state, IdeaState(state).label) for state in PUBLIC], wanted.states),
        (FIELD, _("Field of action"), [(field.slug, field.name) for field in fields], wanted.fields),
        (
            PLACE, _("Municipality"),
            [(EVERYWHERE, _("the whole alliance")), *((place.slug, place.name) for place in places)], wanted.places,
        ),
    ]  # fmt: skip
    return [
        Filter(
            name, legend,
            [Choice(value, str(label)[:1].upper() + str(label)[1:], counts[name].get(value, 0), value in chosen)
             for value, label in choices],
        )
        for name, legend, choices, chosen in values
    ]  # fmt: skip


def total():
    """How many ideas are public."""
    return sum(_counts()[STATE].values())


def counts_by_state():
    """State → how many public ideas stand there."""
    return _counts()[STATE]


def counts_by_place():
    """Slug of a municipality → how many public ideas are about it."""
    return {slug: number for slug, number in _counts()[PLACE].items() if slug != EVERYWHERE}


def _counts():
    """Filter → value → number of ideas. Counted once a minute: over many ideas that takes longer than the list."""
    return cache.get_or_set(COUNTS, _counted, COUNTED_FOR)


def _counted():
    rows = Idea.objects.public().order_by()
    through = Idea.municipalities.through.objects.filter(idea__state__in=PUBLIC, idea__hidden_at=None)
    by_state = list(
        rows.values_list("state").annotate(Count("pk"), everywhere=Count("pk", filter=Q(whole_alliance=True)))
    )
    return {
        STATE: {state: number for state, number, _everywhere in by_state},
        FIELD: dict(rows.filter(field__isnull=False).values_list("field__slug").annotate(Count("pk"))),
        PLACE: {
            **dict(through.order_by().values_list("municipality__slug").annotate(Count("pk"))),
            EVERYWHERE: sum(everywhere for _state, _number, everywhere in by_state),
        },
    }


def steps(state):
    """The small way beside an idea in a list: "done", "here" or "ahead" for each station; none for what ended early."""
    if state not in STATIONS:
        return []
    here = STATIONS[state]
    return [
        "done" if it < here or state == IdeaState.REALISED else "here" if it == here else "ahead" for it in range(5)
    ]


def number_of(rows):
    """How many there are, and whether there are more than the ``MOST`` that were counted."""
    number = rows.order_by().values("pk")[: MOST + 1].count()
    return min(number, MOST), number > MOST


def without(wanted, name, value):
    """``wanted`` after one value of a filter was taken away."""
    attribute = {STATE: "states", FIELD: "fields", PLACE: "places"}[name]
    return replace(wanted, **{attribute: tuple(it for it in getattr(wanted, attribute) if it != value)})
