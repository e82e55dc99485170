"""The keys in letters with which their reader hears less, without signing in (RFC 8058).

A key names a person and a topic, or a person and a case; it is signed, says
nothing secret and opens nothing but that. It never expires: a letter may be old.
"""

from dataclasses import dataclass
from functools import cache

from django.core import signing
from django.urls import reverse

from participation.core.web import absolute

from .topics import Topic

DIGEST = "digest"  # instead of a topic: whatever comes in digests
_SIGNER = signing.Signer(salt="notifications.stopping")


@dataclass(frozen=True)
class Stop:
    """What a key is for: letters to ``actor_id`` about ``topic``, or just those about the case ``case_id``."""

    actor_id: int
    topic: Topic | str
    case_id: int | None = None


def key_of(stop):
    """The key for ``stop``, fit for an address."""
    return _SIGNER.sign_object([stop.actor_id, stop.topic, stop.case_id], compress=False)


def read(key):
    """The Stop that ``key`` is for. Raises signing.BadSignature for a key that we did not make.

    So it does for one about a topic that there is no more.
    """
    actor_id, topic, case_id = _SIGNER.unsign_object(key)
    if topic not in {*Topic.values, DIGEST}:
        raise signing.BadSignature
    return Stop(actor_id, topic, case_id)


def address_of(stop):
    """The full address of the page where ``stop`` is asked for, and which stops at a POST."""
    return f"{absolute(_page())}{key_of(stop)}/"


@cache
def _page():
    return reverse("stop_letters", args=["-"]).removesuffix("-/")
