"""Steps that the tests of working groups share."""

import pytest
from django.urls import reverse

from participation.core.errors import Refusal
from participation.events.models import Case, Event
from participation.groups.models import Group, Membership, Prolongation
from participation.promises.models import Promise

WORDS = {
    "title": "Mobilität ohne eigenes Auto",
    "question": "Wie kommen Menschen abends von Ort zu Ort?",
    "expected": "Eine Empfehlung mit **Kosten**.",
    "whole_alliance": True,
    "looking_for": "jemand aus Wiesen",
    "way_in": "request",
    "offers_to_coordinate": True,
}


def rows():
    """All that an operation could have changed; a held group is only touched."""
    tables = [(Membership, ()), (Event, ()), (Prolongation, ()), (Promise, ()), (Case, ()), (Group, ("updated_at",))]
    return [
        [
            {name: value for name, value in row.items() if name not in left}
            for row in model.objects.order_by("pk").values()
        ]
        for model, left in tables
    ]


def refused(refusal, step, *args, **words):
    """Run ``step`` and see that it is refused and that no row is different."""
    before = rows()
    with pytest.raises(Refusal) as met:
        step(*args, **words)
    assert type(met.value) is refusal
    assert rows() == before


def kinds():
    """What happened, in its order."""
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def again(row):
    """The same row in another tab."""
    return type(row).objects.get(pk=row.pk)


def state_of(row):
    """As it stands in the database."""
    return again(row).state


def page(client, name, *args, status=200, **data):
    """The page as text; with ``data`` what a form leads to, redirects followed."""
    address = reverse(name, args=args)
    answer = client.post(address, data, follow=True) if data else client.get(address)
    assert answer.status_code == status
    return answer.content.decode()
