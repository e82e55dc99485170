"""One letter: what it says, who gets it, and how urgently; the catalogue lists them all."""

from collections.abc import Callable
from dataclasses import dataclass

from .states import Urgency
from .topics import Topic


@dataclass(frozen=True)
class Letter:
    """One letter.

    ``context(delivery)`` gives what its templates say, made at the moment of
    sending. ``audience(event)`` gives who gets it, as recipients or as a Crowd;
    ``allowed(actor)`` is asked again before it leaves. A letter without a
    ``topic`` is owed: the answer to what somebody did or must know, which nobody
    can turn off. (The digest has the name of all digests instead.) ``facts``
    names what the row of an account letter holds. With ``inbox`` it lies in the
    portal's inbox as well.

    A circular goes to many: it is rendered once per event and language.
    ``readers(deliveries)`` then says by the recipients' numbers why each gets
    it, and leaves out whom it no longer concerns; ``context`` knows nobody.
    """

    name: str
    context: Callable
    audience: Callable | None = None
    urgency: Urgency = Urgency.ACCOUNT
    allowed: Callable = lambda actor: True
    topic: Topic | str | None = None
    facts: tuple = ()
    readers: Callable | None = None
    inbox: bool = True

    @property
    def is_owed(self):
        """Whether nobody can turn it off or pause it."""
        return self.topic is None
