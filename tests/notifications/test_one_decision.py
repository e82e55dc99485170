"""Two moderators decide about one idea at the same moment, fifty times: one decision, one event, one letter."""

import pytest
from django.urls import reverse

from notifications.models import Delivery
from participation.events.models import Event
from tests.factories import AllianceFactory, IdeaFactory, as_
from tests.notifications.ideas import fan_out_all
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50
WORDS = {
    "publish_idea": {"text": "Danke."},
    "return_idea": {"text": "Wo genau?"},
    "decline_idea": {"reason": "rude", "text": "So nicht."},
}
ACTS = list(WORDS)
LETTERS = {"idea_published", "idea_returned", "idea_declined"}


def test_exactly_one_wins_and_the_author_hears_once(ada, max, mia):
    AllianceFactory()
    clients = as_(max), as_(mia)
    for number in range(ROUNDS):
        idea, answered = IdeaFactory(state="submitted", author=ada), []

        def decide(client, act, idea=idea, answered=answered):
            response = client.post(reverse(act, args=[idea.reference]), {"version": 1, **WORDS[act]})
            answered.append(response.status_code)

        pair = ACTS[number % 3], ACTS[(number // 3) % 3]
        at_once(*[lambda c=client, a=act, d=decide: d(c, a) for client, act in zip(clients, pair, strict=True)])
        fan_out_all()

        assert sorted(answered) == [302, 409], pair
        assert Event.objects.filter(case=idea.case).count() == idea.reviews.count() == 1
        letters = Delivery.objects.filter(event__case=idea.case, recipient=ada).values_list("letter", flat=True)
        assert len(letters) == 1, pair
        assert set(letters) <= LETTERS, pair
