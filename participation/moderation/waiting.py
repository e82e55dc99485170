"""One queue of all that waits for the office: ideas, reports and objections, the oldest promise first."""

from datetime import UTC, datetime

from ..core.authority import may
from ..reports.queries import objections_for, reports_for
from .queries import MINE, queue_of, with_time_left

NEVER = datetime.max.replace(tzinfo=UTC)  # stands behind every promise


class Waiting:
    """What waits, for a paginator: only the rows of the page that is shown are loaded, each with ``left``.

    Reports and objections are nobody's until somebody decides; whoever may not read them gets ideas only.
    """

    def __init__(self, actor, whose):
        self.kinds = {"idea": queue_of(actor, whose)}
        if whose != MINE and may(actor, "participation.view_reports"):
            self.kinds |= {"report": reports_for(actor).open(), "objection": objections_for(actor).open()}
        self.keys = sorted(key for kind in self.kinds for key in self._keys(kind))

    def _keys(self, kind):
        rows = self.kinds[kind].values_list("due_at", "pk")
        return [(due_at or NEVER, place, kind, pk) for place, (due_at, pk) in enumerate(rows)]

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part):
        keys = self.keys[part]
        found = {(kind, row.pk): row for kind in self.kinds for row in self._rows(kind, keys)}
        return [found[kind, pk] for _due_at, _place, kind, pk in keys]

    def _rows(self, kind, keys):
        """The rows of one kind on the page, each with ``wait``, the name of its kind."""
        numbers = [pk for _due_at, _place, which, pk in keys if which == kind]
        rows = list(self.kinds[kind].filter(pk__in=numbers)) if numbers else []
        for row in rows:
            row.wait = kind
        return with_time_left(rows)


def reports_waiting(actor):
    """How many reports and objections wait that ``actor`` may read."""
    if not may(actor, "participation.view_reports"):
        return 0
    return reports_for(actor).open().count() + objections_for(actor).open().count()
