"""Letters about outcomes: authors, co-authors, supporters and followers hear, each once, and nobody else."""

import pytest

from notifications.circulars import compose
from notifications.models import Delivery
from notifications.news_audiences import outcome_authors, outcome_friends
from notifications.unwanted import NO_LONGER, Unwanted
from participation.actors.models import Actor
from participation.actors.operations import erase_actor
from participation.core.clock import travel_to
from participation.core.hiding import hide
from participation.events.models import Event
from participation.ideas.operations.taking_part import end_support, support_idea
from participation.newsroom.operations.publishing import (
    publish_due,
    publish_outcome,
    schedule_outcome,
    withdraw_outcome,
)
from participation.newsroom.operations.writing import begin_outcome, correct_outcome
from participation.promises.operations import follow, unfollow
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory
from tests.letters import deliver_all
from tests.notifications.ideas import MONDAY, SITE, fan_out_all, letters, mail

# People who hear nothing of an outcome about other people's ideas.
OTHERS = ("ivo", "eva", "otto", "ale", "root", "fritz", "all_at_once")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(*OTHERS)]
WORDS = {"title": "Die Bank steht", "text": "Seit **heute** steht sie am Bach."}


@pytest.fixture(autouse=True)
def _monday(ada, olga, max, mia):
    AllianceFactory()
    Actor.objects.update(language="en")
    with travel_to(MONDAY):
        yield


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada, title="Eine Bank", case__reference="2026-0042")


@pytest.fixture
def other():
    return IdeaFactory(author=ActorFactory(display_name="Otis", language="en"), title="Ein Steg")


@pytest.fixture
def outcome(idea, other, ivo):
    return begin_outcome(by=ivo, cases=[idea.case, other.case], **WORDS)


def publish(outcome, by):
    publish_outcome(outcome, version=outcome.version, by=by)


def correct(outcome, by, **words):
    correct_outcome(
        outcome, version=outcome.version, note="Am Bach, nicht am Weg.", by=by,
        **{"cases": outcome.cases.all(), **WORDS, **words},
    )  # fmt: skip


class TestWhoHears:
    def test_whoever_wrote_supports_or_follows_one_of_the_ideas_each_once(self, outcome, idea, other, olga, max):
        carla, fred = (ActorFactory(display_name=name, language="en") for name in ("Carla", "Fred"))
        CoAuthorFactory(idea=idea, state="accepted", actor=carla)
        for row in (idea, other):
            support_idea(row, by=olga)
            follow(row.case, olga)
        follow(other.case, fred)
        follow(other.case, idea.author)

        publish(outcome, max)

        assert letters() == [
            ("outcome_news", "Fred"), ("outcome_news", "Olga"), ("outcome_published", "Ada"),
            ("outcome_published", "Carla"), ("outcome_published", "Otis"),
        ]  # fmt: skip

    def test_the_same_people_hear_of_a_correction(self, outcome, idea, olga, max):
        support_idea(idea, by=olga)
        publish(outcome, max)
        deliver_all()
        Delivery.objects.all().delete()

        correct(outcome, max)

        assert letters() == [
            ("outcome_corrected", "Ada"), ("outcome_corrected", "Otis"), ("outcome_corrected_news", "Olga"),
        ]  # fmt: skip

    def test_who_comes_in_with_a_correction_hears_what_has_come_of_it_not_that_it_is_corrected(
        self, idea, other, olga, max, ivo
    ):
        outcome = begin_outcome(by=ivo, cases=[idea.case], **WORDS)
        support_idea(idea, by=olga)
        support_idea(other, by=olga)
        follow(other.case, ActorFactory(display_name="Fred", language="en"))
        publish(outcome, max)
        deliver_all()
        Delivery.objects.all().delete()

        correct(outcome, max, cases=[idea.case, other.case])

        assert letters() == [
            ("outcome_corrected", "Ada"), ("outcome_corrected_news", "Olga"),
            ("outcome_news", "Fred"), ("outcome_published", "Otis"),
        ]  # fmt: skip
        correct(outcome, max, cases=[idea.case, other.case], text="Doch am Bach.")
        assert ("outcome_corrected", "Otis") in letters()
        assert ("outcome_corrected_news", "Fred") in letters()

    def test_of_which_it_no_longer_tells_they_hear_that_it_was_taken_back(self, outcome, idea, other, olga, max):
        support_idea(other, by=olga)
        publish(outcome, max)
        deliver_all()
        Delivery.objects.all().delete()

        correct(outcome, max, cases=[idea.case])

        assert letters() == [
            ("outcome_corrected", "Ada"), ("outcome_taken_back", "Otis"), ("outcome_taken_back_news", "Olga"),
        ]  # fmt: skip

    def test_of_one_that_is_withdrawn_all_hear_who_were_told(self, outcome, idea, olga, max):
        support_idea(idea, by=olga)
        publish(outcome, max)
        deliver_all()
        Delivery.objects.all().delete()

        withdraw_outcome(outcome, reason="Irrtum.", by=max)

        assert letters() == [
            ("outcome_taken_back", "Ada"), ("outcome_taken_back", "Otis"), ("outcome_taken_back_news", "Olga"),
        ]  # fmt: skip

    def test_an_outcome_that_is_published_by_itself_is_told_too(self, outcome, idea, max):
        schedule_outcome(outcome, MONDAY.replace(hour=12), version=1, by=max)
        assert letters() == []

        with travel_to(MONDAY.replace(hour=12)):
            publish_due()
            assert letters() == [("outcome_published", "Ada"), ("outcome_published", "Otis")]

    def test_whoever_publishes_is_not_told_as_a_follower(self, outcome, idea, max):
        follow(idea.case, max)

        publish(outcome, max)

        assert "Max" not in dict(letters()).values()

    def test_who_left_hears_nothing(self, outcome, idea, ada, olga, max):
        support_idea(idea, by=olga)
        for person in (ada, olga):
            erase_actor(person, by=person)

        publish(outcome, max)

        assert letters() == [("outcome_published", "Otis")]

    def test_nobody_of_the_ideas_it_does_not_tell_of(self, idea, other, olga, max, ivo):
        outcome = begin_outcome(by=ivo, cases=[idea.case], **WORDS)
        support_idea(other, by=olga)

        publish(outcome, max)

        event = Event.objects.get(kind="outcome_published")
        assert [one.actor_id for one in outcome_authors(event)] == [idea.author_id]
        assert list(outcome_friends(event).rows) == []

    def test_without_an_idea_nobody_is_told(self, ivo, max):
        publish(begin_outcome(by=ivo, **WORDS), max)

        assert letters() == []


class TestWhatTheySay:
    def test_the_authors_letter(self, outcome, idea, other, ada, max):
        publish(outcome, max)

        subject, text, html = mail(ada, "outcome_published")

        assert subject == "This has come of it: Die Bank steht"
        for words in (text, html):
            assert "2026-0042 · Eine Bank" in words
            assert "Ein Steg" not in words
            assert "Seit heute steht sie am Bach." in words
            assert f"{SITE}/ergebnisse/die-bank-steht/" in words
            assert "because you wrote an idea that this is about" in words

    def test_the_letters_of_supporters_and_followers_say_which_it_is(self, outcome, idea, other, olga, max):
        fred = ActorFactory(display_name="Fred", language="en")
        support_idea(other, by=olga)
        follow(idea.case, olga)
        follow(idea.case, fred)
        publish(outcome, max)

        text = mail(olga, "outcome_news")[1]
        assert "because you support an idea" in text
        assert "Ein Steg" in text
        assert "2026-0042" in text, "a circular says the same to all"
        assert "because you follow an idea" in mail(fred, "outcome_news")[1]

    def test_a_correction_says_what_was_corrected_and_how_it_reads_now(self, outcome, ada, idea, olga, max):
        support_idea(idea, by=olga)
        publish(outcome, max)
        correct(outcome, max, text="Seit heute steht sie am Weg.")

        for reader, name in ((ada, "outcome_corrected"), (olga, "outcome_corrected_news")):
            subject, text, html = mail(reader, name)
            assert subject == "Corrected: Die Bank steht"
            for words in (text, html):
                assert "Am Bach, nicht am Weg." in words
                assert "Seit heute steht sie am Weg." in words

    def test_what_was_taken_back_says_why_and_none_of_the_words(self, outcome, idea, other, ada, olga, max):
        support_idea(other, by=olga)
        publish(outcome, max)
        correct(outcome, max, cases=[idea.case])
        withdraw_outcome(outcome, reason="Die Bank steht woanders.", by=max)

        own, news = mail(ada, "outcome_taken_back"), mail(olga, "outcome_taken_back_news")
        assert own[0] == "2026-0042: what was told of your idea is taken back"
        for _subject, text, html in (own, news):
            for words in (text, html):
                assert outcome.reference in words
                assert "Die Bank steht woanders." in words
                assert "sie am Bach" not in words
        assert "“Eine Bank”" in own[1]
        assert "“Ein Steg”" in news[1]
        assert f"{SITE}/ideen/2026-0042/" in own[1]

    def test_a_correction_that_leaves_an_idea_out_says_why(self, outcome, idea, other, max):
        publish(outcome, max)
        correct(outcome, max, cases=[idea.case])

        assert "Am Bach, nicht am Weg." in mail(other.author, "outcome_taken_back")[1]

    def test_a_long_title_leaves_a_short_subject(self, idea, ivo, ada, max):
        publish(begin_outcome(by=ivo, cases=[idea.case], title="Eine Bank " * 11, text="Sie steht."), max)

        assert len(mail(ada, "outcome_published")[0]) < 78


class TestWhatIsNotSent:
    def reason(self, letter):
        delivery = Delivery.objects.filter(letter=letter).latest("pk")
        with pytest.raises(Unwanted) as unwanted:
            compose(delivery)
        return str(unwanted.value)

    def test_of_a_withdrawn_outcome(self, outcome, max):
        publish(outcome, max)
        fan_out_all()
        withdraw_outcome(outcome, reason="Irrtum.", by=max)

        assert self.reason("outcome_published") == "the outcome was withdrawn"

    def test_that_it_was_taken_back_once_it_tells_of_the_idea_again(self, outcome, idea, other, max):
        publish(outcome, max)
        correct(outcome, max, cases=[idea.case])
        correct(outcome, max, cases=[idea.case, other.case])
        fan_out_all()

        assert self.reason("outcome_taken_back") == "the outcome tells of the idea again"

    def test_that_it_was_taken_back_to_friends_of_what_nobody_can_read(self, outcome, idea, other, olga, max):
        support_idea(other, by=olga)
        publish(outcome, max)
        withdraw_outcome(outcome, reason="Irrtum.", by=max)
        fan_out_all()
        hide(other, "rude")

        assert self.reason("outcome_taken_back_news") == "the idea is no longer public"

    def test_about_ideas_that_nobody_can_read_any_more(self, outcome, idea, other, olga, max):
        support_idea(idea, by=olga)
        publish(outcome, max)
        fan_out_all()
        hide(idea, "rude")
        hide(other, "rude")

        assert self.reason("outcome_published") == "the outcome tells of no public idea of the recipient's"
        assert self.reason("outcome_news") == NO_LONGER

    def test_to_those_who_changed_their_mind(self, outcome, idea, olga, max):
        support_idea(idea, by=olga)
        follow(idea.case, olga)
        publish(outcome, max)
        fan_out_all()
        end_support(idea, by=olga)
        unfollow(idea.case, olga)

        assert self.reason("outcome_news") == NO_LONGER

    def test_about_a_version_that_was_corrected_again(self, outcome, max):
        publish(outcome, max)
        correct(outcome, max)
        fan_out_all()
        earlier = Delivery.objects.filter(letter="outcome_corrected").first()
        correct(outcome, max, text="Noch einmal anders.")

        with pytest.raises(Unwanted, match="corrected again"):
            compose(earlier)
