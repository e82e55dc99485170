"""Leaving by one click, as RFC 8058 asks for: a POST without cookie, login or redirect; looking changes nothing."""

import logging
from dataclasses import replace

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from notifications.models import Mute, Preference
from notifications.preferences import chosen_by
from notifications.stopping import DIGEST, Stop, address_of, key_of
from notifications.topics import Topic
from notifications.views.stopping import WRONG_KEYS_AN_HOUR
from participation.actors.operations import erase_actor
from participation.core.clock import travel_to
from participation.events.models import Case
from portal.logs import Discreet
from tests.factories import AllianceFactory, IdeaFactory
from tests.notifications.ideas import MONDAY
from tests.notifications.news import news, row, sweep

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _alliance(ada):
    AllianceFactory()
    type(ada).objects.update(language="en")


@pytest.fixture
def strict():
    """A client that checks tokens against forgery, as in life."""
    return Client(enforce_csrf_checks=True)


def address(stop):
    return f"/abmelden/{key_of(stop)}/"


def off(actor):
    """What ``actor`` has switched off."""
    return {topic for (topic, channel), rhythm in chosen_by(actor).items() if (channel, rhythm) == ("email", "off")}


class TestOneClick:
    def test_urlencoded(self, strict, ada):
        said = strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), "List-Unsubscribe=One-Click", content_type=URLENCODED)

        assert (said.status_code, said.content.decode()) == (200, "No more letters of this kind will be sent to you.")
        assert said.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert off(ada) == {Topic.FOLLOWED}

    def test_multipart(self, strict, ada):
        said = strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), ONE_CLICK)

        assert said.status_code == 200
        assert off(ada) == {Topic.FOLLOWED}

    def test_the_answer_sets_no_cookie_and_asks_to_keep_nothing(self, strict, ada):
        said = strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), ONE_CLICK)

        assert said.cookies == {}
        assert "no-store" in said.headers["Cache-Control"]
        assert said.headers["Referrer-Policy"] == "same-origin"

    def test_twice_is_as_good_as_once(self, strict, ada):
        with travel_to(MONDAY):
            strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), ONE_CLICK)
        assert strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), ONE_CLICK).status_code == 200

        assert [row.since for row in Preference.objects.filter(actor=ada)] == [MONDAY]

    def test_the_language_is_the_readers(self, strict, ada):
        type(ada).objects.update(language="de")

        said = strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), ONE_CLICK, headers={"accept-language": "en"})

        assert said.content.decode() == "Briefe dieser Art erhalten Sie nicht mehr."

    def test_from_a_digest_all_that_comes_in_digests_is_switched_off(self, strict, ada):
        strict.post(address(Stop(ada.pk, DIGEST)), ONE_CLICK)

        assert off(ada) == {Topic.GROUP_TALK, Topic.COMMENTS, Topic.FOLLOWED}

    def test_the_address_in_the_head_of_a_letter_works(self, strict, ada, all_at_once, mailoutbox):
        news("2026-0001", ada)
        sweep()
        there = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")

        assert strict.post(there, ONE_CLICK).status_code == 200
        assert off(ada) == {Topic.FOLLOWED}


class TestByHand:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_looking_changes_nothing(self, sam, ada, method):
        idea = IdeaFactory()

        said = getattr(sam, method)(address(Stop(ada.pk, Topic.FOLLOWED, idea.case_id)))

        assert said.status_code == 200
        assert not Preference.objects.exists()
        assert not Mute.objects.exists()

    def test_a_person_reads_what_was_done(self, strict, ada):
        page = strict.post(address(Stop(ada.pk, Topic.FOLLOWED))).content.decode()

        assert "No more letters of this kind are sent to you: “Ideas that I support or follow”." in page
        assert off(ada) == {Topic.FOLLOWED}

    def test_only_one_case_can_be_left(self, strict, ada):
        idea = news("2026-0001", ada)

        page = strict.post(address(Stop(ada.pk, Topic.FOLLOWED, idea.case_id)), {"scope": "case"}).content.decode()

        assert "We write to you no more about 2026-0001." in page
        assert [(mute.actor, mute.case) for mute in Mute.objects.all()] == [(ada, idea.case)]
        assert off(ada) == set()
        assert row(ada, "2026-0001").state == "suppressed"

    def test_without_a_case_its_whole_topic_is_left(self, strict, ada):
        strict.post(address(Stop(ada.pk, Topic.FOLLOWED)), {"scope": "case"})

        assert off(ada) == {Topic.FOLLOWED}

    def test_neither_title_nor_name_stand_on_the_page(self, sam, ada):
        idea = IdeaFactory(title="Geheim", author=ada)

        page = sam.get(address(Stop(ada.pk, Topic.COMMENTS, idea.case_id))).content.decode()

        assert idea.reference in page
        assert "Geheim" not in page
        assert ada.display_name not in page
        assert ada.email not in page

    def test_no_link_repeats_the_key(self, sam, ada):
        stop = Stop(ada.pk, Topic.FOLLOWED)

        page = sam.get(address(stop)).content.decode()

        assert 'href="/barriere-melden/"' in page
        assert not [part for part in page.split("href=")[1:] if key_of(stop) in part.split(">")[0]]


def _changed(key):
    return ("B" if key[0] == "A" else "A") + key[1:]


@pytest.mark.parametrize("method", ["get", "head", "post"])
class TestWrongKeys:
    def refused(self, client, method, key):
        said = getattr(client, method)(f"/abmelden/{key}/", ONE_CLICK if method == "post" else None)
        assert said.status_code == 404
        assert not Preference.objects.exists()
        assert not Mute.objects.exists()

    def test_forged(self, sam, ada, method):
        self.refused(sam, method, _changed(key_of(Stop(ada.pk, Topic.FOLLOWED))))

    def test_of_another_purpose(self, sam, ada, method):
        self.refused(sam, method, signing.Signer(salt="participation.report").sign_object([ada.pk, "followed", None]))

    def test_made_with_another_secret(self, sam, ada, method, settings):
        foreign = signing.Signer(key="x" * 50, salt="notifications.stopping").sign_object([ada.pk, "followed", None])
        self.refused(sam, method, foreign)

    @pytest.mark.parametrize("key", ["x", ":", "1:2:3", "%F0%9F%8E%89", "%FF", "x" * 3000, "e30:x"])
    def test_garbage(self, sam, method, key):
        self.refused(sam, method, key)

    @pytest.mark.parametrize("words", [[], [1], {}, "x", None, 7, [1, "followed", None, 2], [1, [], None]])
    def test_of_another_shape(self, sam, method, words):
        self.refused(sam, method, signing.Signer(salt="notifications.stopping").sign_object(words))

    def test_about_a_topic_that_is_no_more(self, sam, ada, method):
        self.refused(sam, method, key_of(Stop(ada.pk, "carrier_pigeons")))

    def test_of_somebody_who_left(self, sam, ada, method):
        key = key_of(Stop(ada.pk, Topic.FOLLOWED))
        erase_actor(ada, by=ada)

        self.refused(sam, method, key)

    def test_of_nobody(self, sam, method):
        self.refused(sam, method, key_of(Stop(10**9, Topic.FOLLOWED)))


def test_after_many_wrong_keys_there_is_no_answer_for_an_hour(sam, ada):
    cache.clear()
    answers = [sam.get("/abmelden/x/").status_code for _ in range(WRONG_KEYS_AN_HOUR + 1)]

    assert answers == [404] * WRONG_KEYS_AN_HOUR + [429]
    assert sam.post(address(Stop(ada.pk, Topic.FOLLOWED)), ONE_CLICK).status_code == 200  # a right one is no guess


def test_a_case_that_is_gone_leaves_the_topic(sam, ada):
    stop = Stop(ada.pk, Topic.FOLLOWED, 10**9)
    assert not Case.objects.filter(pk=stop.case_id).exists()

    assert "Only nothing more about" not in sam.get(address(stop)).content.decode()
    sam.post(address(stop), {"scope": "case"})
    assert off(ada) == {Topic.FOLLOWED}


def test_the_key_stands_in_no_log(sam, ada, caplog, monkeypatch):
    caplog.handler.setFormatter(Discreet("%(message)s"))
    caplog.set_level(logging.DEBUG)
    good = key_of(Stop(ada.pk, Topic.FOLLOWED))
    wrong = _changed(good)

    sam.get(f"/abmelden/{wrong}/")
    sam.put(f"/abmelden/{good}/")
    sam.post(f"/abmelden/{good}/", ONE_CLICK)
    monkeypatch.setattr("notifications.views.stopping.read", lambda key: 1 / 0)
    sam.raise_request_exception = False
    sam.get(f"/abmelden/{good}/")

    said = caplog.handler.stream.getvalue()
    assert "/abmelden/…/" in said
    assert good not in said
    assert wrong not in said


def test_a_key_says_for_whom_and_for_what(ada):
    stop = Stop(ada.pk, Topic.FOLLOWED, 7)

    assert address_of(stop).startswith("http://127.0.0.1:8000/abmelden/")
    assert key_of(stop) != key_of(replace(stop, case_id=8))
