"""Nothing typed is lost when a session has ended, and nobody reads what another one typed."""

from datetime import timedelta

import pytest
from django.test import Client

from participation.core import drafts
from participation.core.clock import now, travel_to
from participation.core.models import PendingDraft

pytestmark = pytest.mark.django_db

PROFILE = "/meine/profil/"
TYPED = {"display_name": "Ada\x00 L.", "skills": "Zither", "visible_to": "public", "language": "de"}


def typed(actor, **changes):
    return {**TYPED, "mark": drafts.mark_for(actor), **changes}


def test_a_form_names_whom_it_was_shown_to(as_, ada):
    page = as_(ada).get(PROFILE).content.decode()

    assert 'name="mark"' in page


def test_what_meets_no_session_is_offered_after_signing_in(sam, as_, ada):
    response = sam.post(PROFILE, typed(ada, interests=["1", "2"], password="secret"))

    assert response.url == f"/konto/login/?next={PROFILE}"
    draft = PendingDraft.objects.get()
    assert (draft.actor, draft.path) == (ada, PROFILE)
    assert draft.fields == {
        "display_name": ["Ada L."], "skills": ["Zither"], "visible_to": ["public"], "language": ["de"],
        "interests": ["1", "2"],
    }  # fmt: skip
    client = as_(ada)
    form = client.get(PROFILE).context["form"]
    assert form["display_name"].value() == "Ada L."
    ada.refresh_from_db()
    assert ada.display_name == "Ada"


def test_saving_the_form_removes_the_draft(sam, as_, ada):
    sam.post(PROFILE, typed(ada))

    as_(ada).post(PROFILE, TYPED)

    assert not PendingDraft.objects.exists()


def test_a_form_with_mistakes_keeps_the_draft(sam, as_, ada):
    sam.post(PROFILE, typed(ada))

    as_(ada).post(PROFILE, {**TYPED, "display_name": ""})

    assert PendingDraft.objects.count() == 1


def test_my_page_says_that_something_waits(sam, as_, ada):
    sam.post(PROFILE, typed(ada))

    assert PROFILE in [item.url for item in as_(ada).get("/meine/").context["waiting"]]


def test_it_can_be_thrown_away_by_its_author_only(sam, as_, ada, olga):
    sam.post(PROFILE, typed(ada))
    path = f"/meine/entwurf/{PendingDraft.objects.get().pk}/verwerfen/"

    as_(olga).post(path)
    sam.post(path)
    assert as_(ada).get(path).status_code == 405
    assert PendingDraft.objects.count() == 1

    assert as_(ada).post(path, {"next": "//evil.example"}).url == "/meine/"
    assert not PendingDraft.objects.exists()
    assert as_(ada).post("/meine/entwurf/99999999999999999999/verwerfen/").status_code == 302


def test_nobody_else_sees_it(sam, as_, ada, olga):
    sam.post(PROFILE, typed(ada))

    assert as_(olga).get(PROFILE).context["form"]["display_name"].value() == "Olga"


@pytest.mark.parametrize("mark", ["", "forged", "MQ:1abc:x", "\x00"])
def test_without_a_true_mark_nothing_is_kept(sam, ada, mark):
    assert sam.post(PROFILE, typed(ada, mark=mark)).url == f"/konto/login/?next={PROFILE}"
    assert not PendingDraft.objects.exists()


def test_a_mark_lives_no_longer_than_a_session(sam, ada, settings, time_machine):
    data = typed(ada)
    time_machine.move_to(now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1))

    sam.post(PROFILE, data)

    assert not PendingDraft.objects.exists()


def test_the_mark_of_a_closed_account_is_worth_nothing(sam, ada):
    data = typed(ada)
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)

    sam.post(PROFILE, data)

    assert not PendingDraft.objects.exists()


def test_an_hour_later_it_is_gone(sam, as_, ada):
    sam.post(PROFILE, typed(ada))

    with travel_to(now() + timedelta(minutes=61)):
        assert not drafts.drafts_of(ada).exists()
        assert drafts.purge() == 1


def test_200_kilobytes_are_enough(sam, ada):
    sam.post(PROFILE, typed(ada, skills="x" * 200_000))

    assert not PendingDraft.objects.exists()


def test_five_are_kept_the_newest_of_each_page(ada):
    for number in range(7):
        drafts._store(ada, f"/seite/{number}/", {"a": ["b"]})
    drafts._store(ada, "/seite/6/", {"a": ["c"]})

    assert {(row.path, row.fields["a"][0]) for row in PendingDraft.objects.all()} == {
        *((f"/seite/{number}/", "b") for number in range(2, 6)), ("/seite/6/", "c"),
    }  # fmt: skip


def test_account_forms_are_never_kept(sam, ada):
    sam.post("/konto/email/", typed(ada, email="ada@neu.example"))
    sam.post("/meine/loeschen/", typed(ada, password="x"))

    assert not PendingDraft.objects.exists()


def test_the_form_of_the_office_takes_part(sam, as_, mia):
    path = "/geschaeftsstelle/aemter/"
    sam.post(path, {"email": "ada@allianz.example", "post": "moderator", "mark": drafts.mark_for(mia)})

    assert as_(mia).get(path).context["form"]["email"].value() == "ada@allianz.example"


class TestExpiredTokens:
    def test_without_session_and_token_the_text_is_kept(self, ada):
        response = Client(enforce_csrf_checks=True).post(PROFILE, typed(ada))

        assert response.url == f"/konto/login/?next={PROFILE}"
        assert PendingDraft.objects.get().actor == ada

    def test_with_an_old_token_the_page_comes_again_with_the_text(self, ada):
        client = Client(enforce_csrf_checks=True)
        client.force_login(ada)

        response = client.post(PROFILE, typed(ada))

        assert response.url == PROFILE
        assert client.get(PROFILE).context["form"]["display_name"].value() == "Ada L."

    def test_a_foreign_page_cannot_plant_a_text(self, ada, olga):
        client = Client(enforce_csrf_checks=True)
        client.force_login(ada)

        assert client.post(PROFILE, typed(olga)).status_code == 403
        assert client.post(PROFILE, TYPED).status_code == 403
        assert not PendingDraft.objects.exists()

    def test_other_forms_get_the_page_that_explains(self, ada):
        assert Client(enforce_csrf_checks=True).post("/konto/login/", typed(ada)).status_code == 403
        assert not PendingDraft.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary="),
        ("&".join(f"a{number}=1" for number in range(2000)).encode(), "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-7"),
    ],
)
def test_what_cannot_be_read_gets_a_plain_page(as_, ada, body, content_type):
    response = as_(ada).post(PROFILE, data=body, content_type=content_type)

    assert response.status_code == 400
    assert response.content.decode().count("<h1") == 1
