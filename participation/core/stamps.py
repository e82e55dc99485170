"""A stamp in a public form: which opening of the page it comes from, and when that was.

Instead of a puzzle: a form sent within three seconds was not typed by a person,
and a form sent twice is one and the same.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.core import signing

from .clock import now

SALT = "participation.stamps"
HASTE = 3


@dataclass(frozen=True)
class Stamp:
    """One opening of a form; ``opened_at`` in seconds since 1970."""

    key: UUID
    opened_at: float

    @property
    def is_hasty(self):
        """Whether the form comes back sooner than a person can write."""
        return now().timestamp() - self.opened_at < HASTE

    def submission(self, *texts):
        """Names what was sent: the same for a double click, another one when ``texts`` were changed meanwhile."""
        return uuid5(self.key, "\x1f".join(texts))


def new_stamp():
    """A signed stamp for a form that is opened now."""
    return signing.dumps([uuid4().hex, now().timestamp()], salt=SALT)


def read_stamp(value):
    """The ``Stamp`` behind ``value``, or None for one that we did not make."""
    try:
        key, opened_at = signing.loads(value, salt=SALT)
    except signing.BadSignature:
        return None
    return Stamp(UUID(key), opened_at)
