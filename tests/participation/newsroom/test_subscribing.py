"""The newsletter is asked for, confirmed and ended; nobody learns who gets it, and each step is proven."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from participation.core import stamps
from participation.core.clock import now, travel_to
from participation.core.errors import Outdated, WrongState
from participation.core.personal import erase, export
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.newsroom.newsletter_models import QUIET, VALID, NewsletterConsent, Subscription
from participation.newsroom.newsletter_queries import CONFIRM, END, confirm_path, end_path, readers
from participation.newsroom.operations.subscribing import (
    AGAIN,
    MOST_A_WEEK,
    PROVEN,
    Expired,
    _asks_anew,
    ask_for_newsletter,
    confirm_newsletter,
    end_newsletter,
    purge_subscriptions,
)
from participation.newsroom.states import SUBSCRIPTION_LIFECYCLE, SubscriptionState
from participation.newsroom.views.newsletter import ASKED_AN_HOUR
from participation.newsroom.wordings import ASKING, CONFIRMING, ENDING, VERSION, in_full
from participation.tasks import tidy
from tests.house.world import snapshot
from tests.newsroom_factories import SubscriptionFactory

ADDRESS = "lena@post.example"
ASK = "/newsletter/"


def stamp(seconds=60):
    return signing.dumps(["0" * 32, now().timestamp() - seconds], salt=stamps.SALT)


def form(email=ADDRESS, **more):
    return {"email": email, "website": "", "stamp": stamp(), **more}


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def asked(**fields):
    return SubscriptionFactory(email=ADDRESS, state="asked", **fields)


@pytest.mark.parametrize(("state", "to"), [(one, other) for one in SubscriptionState for other in SubscriptionState])
def test_the_table_of_states(state, to):
    moves = {("asked", "confirmed"), ("asked", "ended"), ("confirmed", "ended"), ("ended", "asked")}

    assert SUBSCRIPTION_LIFECYCLE.may_follow(state, to) == ((state, to) in moves)


class TestAsking:
    def test_it_waits_for_the_mailbox_and_is_written_down(self, sam):
        answer = sam.post(ASK, form("Lena@Post.example"), headers={"Accept-Language": "en"})

        assert answer.url == "/newsletter/angefragt/"
        row = Subscription.objects.get()
        assert (row.email, row.state, row.language) == (ADDRESS, "asked", "en")
        assert list(readers()) == []
        proof = NewsletterConsent.objects.get()
        assert (proof.deed, proof.wording, proof.version) == ("asked", in_full(ASKING, "en"), VERSION)
        assert proof.wording.startswith("I would like to get the newsletter")
        event = Event.objects.get()
        assert (event.kind, event.by, event.facts) == (Kind.NEWSLETTER_ASKED, None, {"subscription": row.pk})

    def test_the_wording_that_is_proven_is_the_one_on_the_page(self, sam):
        for address in (ASK, "/ergebnisse/"):
            assert in_full(ASKING, "de") in sam.get(address).content.decode()

    @pytest.mark.parametrize("state", [None, "asked", "confirmed", "ended"])
    def test_the_answer_is_the_same_for_every_address(self, sam, state):
        if state:
            SubscriptionFactory(email=ADDRESS, state=state)

        answer = sam.post(ASK, form(), follow=True)

        assert answer.redirect_chain == [("/newsletter/angefragt/", 302)]
        assert ADDRESS not in answer.content.decode()

    def test_it_sets_no_cookie_but_that_of_the_form(self, sam):
        sam.get(ASK)
        sam.post(ASK, form(), follow=True)

        assert set(sam.cookies) <= {"csrftoken"}

    def test_who_gets_it_already_gets_no_second_letter(self):
        SubscriptionFactory(email=ADDRESS)
        before = snapshot()

        ask_for_newsletter(ADDRESS.upper(), language="de")

        assert snapshot() == before

    def test_who_asks_again_soon_gets_one_letter_and_later_another(self):
        ask_for_newsletter(ADDRESS, language="de")
        ask_for_newsletter(ADDRESS, language="de")
        assert kinds() == [Kind.NEWSLETTER_ASKED]

        with travel_to(now() + AGAIN + timedelta(seconds=1)):
            ask_for_newsletter(ADDRESS, language="de")
            row = Subscription.objects.get()
            assert row.asked_at == now()

        assert kinds() == [Kind.NEWSLETTER_ASKED] * 2
        assert NewsletterConsent.objects.count() == 2

    def test_an_address_gets_three_letters_a_week_however_often_it_is_typed(self):
        start = now()
        for hour in range(24 * 7):
            with travel_to(start + timedelta(hours=hour)):
                ask_for_newsletter(ADDRESS, language="de")
        assert kinds() == [Kind.NEWSLETTER_ASKED] * MOST_A_WEEK

        with travel_to(start + timedelta(days=7, seconds=1)):
            ask_for_newsletter(ADDRESS, language="de")
        assert len(kinds()) == MOST_A_WEEK + 1

    def test_ending_it_in_between_brings_no_more_letters(self):
        for hour in range(5):
            with travel_to(now() + timedelta(hours=hour)):
                ask_for_newsletter(ADDRESS, language="de")
                row = Subscription.objects.get()
                if row.is_open:
                    confirm_newsletter(row, language="de")
                    end_newsletter(row, language="de")

        assert kinds().count(Kind.NEWSLETTER_ASKED) == MOST_A_WEEK

    def test_one_that_is_confirmed_meanwhile_gets_no_letter_and_others_are_left_alone(self):
        long_ago = now() - AGAIN * 2
        row, other = asked(asked_at=long_ago), SubscriptionFactory(state="asked", asked_at=long_ago)
        seen = Subscription.objects.get(pk=row.pk)
        confirm_newsletter(row, language="de")

        assert not _asks_anew(seen)
        assert _asks_anew(other)

        assert Subscription.objects.get(pk=row.pk).asked_at == long_ago
        third = SubscriptionFactory(state="asked", asked_at=long_ago)
        assert not _asks_anew(Subscription.objects.get(pk=other.pk))
        assert Subscription.objects.get(pk=third.pk).asked_at == long_ago

    def test_who_ended_it_may_ask_anew(self):
        row = SubscriptionFactory(email=ADDRESS, state="ended")

        ask_for_newsletter(ADDRESS, language="en")

        again = Subscription.objects.get()
        assert (again.pk, again.state, again.language, again.ended_at) == (row.pk, "asked", "en", None)

    @pytest.mark.parametrize(
        ("changes", "status"),
        [({"email": ""}, 200), ({"email": "keine"}, 200), ({"website": "x"}, 200), ({"stamp": "x"}, 200)],
    )
    def test_robots_and_nonsense_are_refused(self, sam, changes, status):
        answer = sam.post(ASK, form(**changes))

        assert answer.status_code == status
        assert not Subscription.objects.exists()

    def test_faster_than_a_person_is_too_fast(self, sam):
        answer = sam.post(ASK, form(stamp=stamp(seconds=0)))

        assert answer.status_code == 200
        assert not Subscription.objects.exists()

    def test_many_from_one_connection_wait(self, sam):
        for number in range(ASKED_AN_HOUR):
            assert sam.post(ASK, form(f"leser{number}@post.example")).status_code == 302

        assert sam.post(ASK, form()).status_code == 429
        assert Subscription.objects.count() == ASKED_AN_HOUR

    def test_a_lost_token_asks_again_with_what_was_typed(self):
        strict = Client(enforce_csrf_checks=True)

        answer = strict.post(ASK, form())

        assert answer.status_code == 403
        assert ADDRESS in answer.content.decode()
        assert not Subscription.objects.exists()


class TestConfirming:
    def test_a_visit_asks_and_the_button_confirms_once(self, sam):
        row = asked()
        address = confirm_path(row)

        assert in_full(CONFIRMING, "de") in sam.get(address).content.decode()
        sam.head(address)
        assert list(readers()) == []

        answers = [sam.post(address).status_code for _click in range(2)]

        assert answers == [200, 200]
        assert list(readers()) == [row]
        proof = NewsletterConsent.objects.get()
        assert (proof.deed, proof.wording) == ("confirmed", in_full(CONFIRMING, "de"))
        assert kinds() == [Kind.NEWSLETTER_CONFIRMED]

    def test_after_seven_days_the_link_is_dead(self, sam):
        row = asked(asked_at=now() - VALID)

        answer = sam.post(confirm_path(row))

        assert answer.status_code == 409
        assert "gilt nicht mehr" in answer.content.decode()
        with pytest.raises(Expired):
            confirm_newsletter(row, language="de")
        assert not NewsletterConsent.objects.exists()

    def test_just_before_it_works(self):
        row = asked(asked_at=now() - VALID + timedelta(minutes=1))

        confirm_newsletter(row, language="de")

        assert row.is_confirmed

    def test_an_ended_one_is_not_confirmed_by_its_old_link(self, sam):
        row = SubscriptionFactory(state="ended")
        before = snapshot()

        assert sam.post(confirm_path(row)).status_code == 409
        assert snapshot() == before

    def test_a_row_that_is_gone_says_that_the_link_is_dead(self, sam):
        assert "gilt nicht mehr" in sam.get(reverse("confirm_newsletter", args=[CONFIRM.sign(999)])).content.decode()

    def test_links_do_not_stand_for_each_other(self, sam):
        row = asked()

        for name, signer in (("confirm_newsletter", END), ("end_newsletter", CONFIRM)):
            assert sam.post(reverse(name, args=[signer.sign(row.pk)])).status_code == 404

    def test_of_two_who_press_the_button_one_wins(self):
        row = asked()
        slower = Subscription.objects.get(pk=row.pk)
        confirm_newsletter(row, language="de")

        with pytest.raises(Outdated):
            confirm_newsletter(slower, language="de")

        assert NewsletterConsent.objects.count() == 1


class TestEnding:
    def test_a_visit_only_asks(self, sam):
        row = SubscriptionFactory()

        assert "Newsletter abbestellen?" in sam.get(end_path(row)).content.decode()
        sam.head(end_path(row))

        assert list(readers()) == [row]

    @pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
    def test_a_mail_program_ends_it_without_cookie_login_and_redirect(self, kind):
        row, other = SubscriptionFactory(), SubscriptionFactory()
        body = {
            "application/x-www-form-urlencoded": b"List-Unsubscribe=One-Click",
            "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
            b"One-Click\r\n--x--\r\n",
        }[kind]
        program = Client(enforce_csrf_checks=True)

        answers = [program.post(end_path(row), body, content_type=kind).status_code for _time in range(2)]

        assert answers == [200, 200]
        assert list(readers()) == [other]
        proof = NewsletterConsent.objects.get()
        assert (proof.subscription, proof.deed, proof.wording) == (row, "ended", in_full(ENDING, "de"))
        assert kinds() == [Kind.NEWSLETTER_ENDED]

    def test_one_that_was_never_confirmed_can_be_ended(self):
        row = asked()

        end_newsletter(row, language="de")

        assert row.state == "ended"

    def test_who_says_no_to_the_letter_that_asks_is_not_asked_again_for_thirty_days(self, sam):
        row = asked()
        page = sam.get(end_path(row)).content.decode()
        assert "Sie haben den Newsletter nicht bestellt?" in page
        assert "Newsletter abbestellen?" not in page

        done = sam.post(end_path(row)).content.decode()

        assert "Wir schreiben nicht mehr an diese Adresse" in done
        for age, letters in ((timedelta(0), 0), (QUIET - timedelta(minutes=1), 0), (QUIET, 1)):
            with travel_to(now() + age):
                ask_for_newsletter(ADDRESS, language="de")
                assert kinds().count(Kind.NEWSLETTER_ASKED) == letters

    def test_who_ended_a_newsletter_that_came_may_have_it_again_at_once(self, sam):
        row = SubscriptionFactory(email=ADDRESS)
        done = sam.post(end_path(row)).content.decode()

        ask_for_newsletter(ADDRESS, language="de")

        assert "Der Newsletter ist abbestellt" in done
        assert kinds()[-1] == Kind.NEWSLETTER_ASKED

    def test_a_row_that_is_gone_is_ended(self, sam):
        answer = sam.post(reverse("end_newsletter", args=[END.sign(999)]))

        assert answer.status_code == 200
        assert "Der Newsletter ist abbestellt" in answer.content.decode()

    def test_of_two_at_once_both_are_answered_and_one_is_written_down(self):
        row = SubscriptionFactory()
        slower = Subscription.objects.get(pk=row.pk)
        end_newsletter(row, language="de")

        with pytest.raises(Outdated):
            end_newsletter(slower, language="de")

        assert NewsletterConsent.objects.count() == 1

    def test_the_address_names_nobody_and_the_page_neither(self, sam):
        row = SubscriptionFactory(email=ADDRESS)

        assert ADDRESS not in end_path(row)
        assert ADDRESS not in sam.get(end_path(row)).content.decode()


class TestTidying:
    def test_what_nobody_confirmed_goes_after_seven_days_with_its_proof(self):
        with travel_to(now() - VALID):
            ask_for_newsletter(ADDRESS, language="de")
        fresh, reader = SubscriptionFactory(state="asked"), SubscriptionFactory(asked_at=now() - VALID * 2)

        tidy()

        assert set(Subscription.objects.all()) == {fresh, reader}
        assert not NewsletterConsent.objects.exists()

    def test_what_was_refused_goes_after_thirty_days_unless_it_was_confirmed_once(self):
        said_no, came_once = asked(), SubscriptionFactory()
        end_newsletter(said_no, language="de")
        Subscription.objects.filter(pk=came_once.pk).update(state="asked", confirmed_at=None, asked_at=now())
        NewsletterConsent.objects.create(subscription=came_once, deed="confirmed", wording="Ja.", version=1, at=now())
        came_once.refresh_from_db()
        end_newsletter(came_once, language="de")

        with travel_to(now() + QUIET - timedelta(minutes=1)):
            assert purge_subscriptions() == 0
        with travel_to(now() + QUIET):
            assert purge_subscriptions() == 1

        assert Subscription.objects.get() == came_once

    def test_a_batch_at_a_time(self):
        for _number in range(3):
            SubscriptionFactory(state="asked", asked_at=now() - VALID)

        assert [purge_subscriptions(limit=2) for _time in range(3)] == [2, 1, 0]

    def test_the_proof_of_an_ended_one_stays_three_years_then_the_address_goes(self):
        old, new = (SubscriptionFactory(state="ended", ended_at=now() - age) for age in (PROVEN, PROVEN / 2))

        assert [purge_subscriptions(), purge_subscriptions()] == [1, 0]

        assert Subscription.objects.get(pk=old.pk).email == ""
        assert Subscription.objects.get(pk=new.pk).email == new.email


class TestThePerson:
    def test_whoever_has_an_account_downloads_and_deletes_it_with_the_account(self, ada, olga):
        for person in (ada, olga):
            ask_for_newsletter(person.email, language="de")

        told = export(ada)
        erase(ada)

        assert [row["email"] for row in told["Der Newsletter an Ihre Adresse"]] == [ada.email]
        assert [row["deed"] for row in told["Worin Sie beim Newsletter eingewilligt haben"]] == ["asked"]
        assert [row.email for row in Subscription.objects.all()] == [olga.email]
        assert NewsletterConsent.objects.count() == 1

    def test_an_address_that_is_not_proven_opens_nothing(self, ada):
        ask_for_newsletter(ada.email, language="de")
        ada.confirmed_at = None

        assert export(ada)["Der Newsletter an Ihre Adresse"] == []


def test_the_one_guard_of_a_state_holds(ada):
    with pytest.raises(WrongState):
        SUBSCRIPTION_LIFECYCLE.advance(SubscriptionFactory(), SubscriptionState.ASKED)
