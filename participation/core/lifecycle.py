"""Which state may follow which, and the one way in which a state changes."""

from .clock import now
from .errors import Outdated, WrongState


class Lifecycle:
    """The moves of one model with a ``state`` field.

    ``moves`` maps each state to the states that may follow it.
    """

    def __init__(self, moves):
        self.moves = {state: frozenset(targets) for state, targets in moves.items()}

    def may_follow(self, state, to):
        """Whether the table has a move from ``state`` to ``to``."""
        return to in self.moves.get(state, ())

    def advance(self, instance, to, *, guard=None, **changes):
        """Move ``instance`` to the state ``to`` and store ``changes`` with it.

        One UPDATE guarded by the state the caller saw, so two people deciding
        at once cannot both win, on SQLite as on PostgreSQL. ``guard`` names
        further fields with the values the person saw, such as the version of
        a text that is decided upon.

        Raises WrongState where the table has no such move, Outdated where
        somebody else moved the row first.
        """
        if not self.may_follow(instance.state, to):
            raise WrongState
        model = type(instance)
        fields = {field.name for field in model._meta.concrete_fields}
        if "updated_at" in fields:
            changes.setdefault("updated_at", now())
        rows = model._default_manager.filter(pk=instance.pk, state=instance.state, **(guard or {}))
        if not rows.update(state=to, **changes):
            raise Outdated
        for name, value in {"state": to, **changes}.items():
            setattr(instance, name, value)

    def advance_all(self, rows, state, to, **changes):
        """Move those of the queryset ``rows`` that stand in ``state`` to ``to``; return how many moved.

        One guarded UPDATE, for batches: whoever is faster gets a row, the
        others get nothing. Raises WrongState where the table has no such move.
        """
        if not self.may_follow(state, to):
            raise WrongState
        return rows.filter(state=state).update(state=to, **changes)
