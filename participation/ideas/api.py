"""Ideas, what is said about them, and their ways for other programs: what everybody reads on the pages, not more."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from ..core.api import Checked, Reading, told
from ..core.order import Order
from ..core.parameters import AnyOf, Question, described, since, words
from ..core.web import absolute
from ..discussion.api import COMMENT, CommentSerializer
from ..discussion.queries import comments_on
from ..events.trail import trail_of
from ..promises.queries import extensions_of_case
from ..region.queries import fields_of_action, municipalities
from .api_rows import IDEA, TRAIL, IdeaSerializer, TrailSerializer
from .listing import EVERYWHERE, Wanted, ideas_like
from .models import Idea
from .queries import ideas_for, standing_for
from .states import PUBLIC
from .stations import stations
from .whole import whole, with_changes, with_places

NOBODY = AnonymousUser()
NEWEST = Order("-published", ("published_at", "pk"), descending=True)
OLDEST = Order("published", ("published_at", "pk"))
CHANGED = Order("changed", ("changed_at", "pk"))


def _states(wanted):
    return [state.value for state in PUBLIC]


def _fields(wanted):
    return fields_of_action().values_list("slug", flat=True)


def _places(wanted):
    return [EVERYWHERE, *municipalities().values_list("slug", flat=True)]


def _references(wanted):
    return Idea.objects.public().filter(case__reference__in=wanted).values_list("case__reference", flat=True)


class IdeaQuestion(Question):
    """What the list of ideas can be asked; several values of one filter mean any of them."""

    q = words("Words to search for, as on the page: German word stems; the last word may be a beginning.")
    state = described(AnyOf(known=_states), "Where it stands.", enum=_states([]))
    field = described(AnyOf(known=_fields), "Slug of a field of action.", format="field-of-action")
    municipality = described(
        AnyOf(known=_places), f"Slug of a municipality, or `{EVERYWHERE}` for ideas about the whole alliance.",
        format="municipality",
    )  # fmt: skip
    published_since = since("Published at this moment or later.")
    changed_since = since("Changed at this moment or later; best with `order=changed`.")

    def narrowed(self, rows, asked):
        """The same rows as on the page."""
        wanted = Wanted(asked["q"], asked["state"], asked["field"], asked["municipality"])
        rows = ideas_like(wanted, rows)
        return Idea.objects.none() if rows is None else _since(rows, asked, "published_at")


def _since(rows, asked, column):
    """Those of ``rows`` that were published and changed late enough."""
    limits = {f"{column}__gte": asked["published_since"], "changed_at__gte": asked["changed_since"]}
    return rows.filter(**{name: moment for name, moment in limits.items() if moment})


@told(
    "ideas", "Public ideas, the newest first unless another order is asked for.",
    "One public idea. One that was withdrawn, hidden or merged is no longer here; its way is.", IDEA,
)  # fmt: skip
class IdeaViewSet(Reading):
    """Public ideas, the newest first unless another order is asked for."""

    serializer_class = IdeaSerializer
    orders = (NEWEST, OLDEST, CHANGED)
    filterset_class = IdeaQuestion
    lookup_field = "case__reference"
    lookup_url_kwarg = "reference"

    def get_queryset(self):
        """Those that everybody may read."""
        rows = Idea.objects.public() if self.action == "list" else ideas_for(NOBODY)
        return with_changes(with_places(rows))

    def completed(self, rows):
        """With all that their pages show."""
        return whole(rows)


class CommentQuestion(Question):
    """What the list of comments can be asked."""

    idea = described(AnyOf(known=_references), "Reference of a public idea.", format="idea")
    published_since = since("Written at this moment or later.")
    changed_since = since("Written, edited, removed or hidden at this moment or later; best with `order=changed`.")

    def narrowed(self, rows, asked):
        """Those on the ideas that were asked for."""
        rows = rows.filter(case__reference__in=asked["idea"]) if asked["idea"] else rows
        return _since(rows, asked, "posted_at")


@told(
    "comments",
    "Comments on public ideas, the newest first; of removed and hidden ones the line that is left on the page.",
    "One comment on a public idea, or the line that is left of it.", COMMENT,
)  # fmt: skip
class CommentViewSet(Reading):
    """Comments on public ideas, the newest first; of removed and hidden ones the line that is left on the page."""

    serializer_class = CommentSerializer
    orders = (
        Order("-published", ("posted_at", "pk"), descending=True), Order("published", ("posted_at", "pk")), CHANGED,
    )  # fmt: skip
    filterset_class = CommentQuestion
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        """Those on ideas that everybody may read."""
        return comments_on(Idea.objects.public().values("case"))


class TrailView(Checked, APIView):
    """The way of an idea."""

    @extend_schema(
        tags=["ideas"], responses=TrailSerializer, operation_id="ideas_trail_retrieve",
        examples=[OpenApiExample("Example", value=TRAIL)],
    )  # fmt: skip
    def get(self, request, reference):
        """The way of an idea: its stations, and all that happened, as on its public page.

        It stays after the idea was withdrawn, hidden or merged with another one; then it says so.
        """
        rows = Idea.objects.filter(case__public=True).select_related("case")
        idea = get_object_or_404(rows, case__reference=reference)
        return Response(TrailSerializer(_trail(idea)).data)


def _trail(idea):
    lines = trail_of(idea.case)
    stands = standing_for(idea.reference) if idea.is_merged else None
    return {
        "reference": idea.reference,
        "title": idea.case.title if idea.is_public else None,
        "state": idea.state,
        "is_readable": idea.is_public,
        "merged_into": stands.reference if stands else None,
        "hidden_at": idea.hidden_at,
        "hidden_reason": idea.hidden_reason or None,
        "stations": [{**it, "state": it["state"] or "ahead"} for it in stations(idea, lines)],
        "lines": _with_reasons(idea.case, lines),
        "url": absolute(reverse("trail", args=[idea.reference])),
    }


def _with_reasons(case, lines):
    extensions = extensions_of_case(case) if any("extension" in line.facts for line in lines) else {}
    found = [(line, extensions.get(line.facts.get("extension"))) for line in lines]
    return [
        {
            "at": line.at, "kind": line.kind, "text": line.text,
            "put_off_until": extension.due_at if extension else None, "reason": extension.reason if extension else None,
        }
        for line, extension in found
    ]  # fmt: skip
