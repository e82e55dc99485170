"""The profile, the public register, and what strangers, neighbours and the office see of a person."""

import pytest
from django.urls import reverse

from participation.actors.models import Actor
from participation.actors.operations import edit_profile
from participation.core.errors import NotAllowed
from tests.factories import ActorFactory, AppointmentFactory, FieldOfActionFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

PROFILE = "/meine/profil/"
TYPED = {
    "display_name": "Ada L.", "municipality": "", "organisation": "", "skills": "Zither\r\nGeige", "offers": "",
    "visible_to": "public", "language": "en",
}  # fmt: skip


class TestEditing:
    def test_one_says_about_oneself_what_one_likes(self, as_, ada):
        home, field = MunicipalityFactory(), FieldOfActionFactory()

        response = as_(ada).post(PROFILE, {**TYPED, "municipality": home.pk, "interests": [field.pk]})

        ada.refresh_from_db()
        assert response.url == "/meine/"
        assert (ada.display_name, ada.municipality, ada.skills, ada.visible_to, ada.language) == (
            "Ada L.", home, "Zither\nGeige", "public", "en",
        )  # fmt: skip
        assert list(ada.interests.all()) == [field]

    def test_a_double_click_changes_nothing_more(self, as_, ada):
        client = as_(ada)

        assert client.post(PROFILE, TYPED).url == client.post(PROFILE, TYPED).url == "/meine/"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("display_name", ""), ("display_name", "x" * 1_000_000), ("display_name", "www.casino.example"),
            ("skills", "https://casino.example"), ("offers", "mail an ich@post.example"),
            ("organisation", "casino.com"),
            ("skills", "x" * 301), ("municipality", "x"), ("municipality", "18446744073709551616"), ("interests", "x"),
            ("interests", "18446744073709551616"), ("visible_to", "groups"), ("language", "fr"), ("language", "de\x00"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_what_was_typed_stays_and_nothing_changes(self, as_, ada, field, value):
        FieldOfActionFactory()
        before = Actor.objects.values().get(pk=ada.pk)

        response = as_(ada).post(PROFILE, {**TYPED, field: value})

        assert response.status_code == 200
        assert field in response.context["form"].errors
        assert response.context["form"]["skills" if field != "skills" else "offers"].value() in {TYPED["skills"], ""}
        assert {**Actor.objects.values().get(pk=ada.pk), "last_login": None} == {**before, "last_login": None}

    def test_a_name_that_was_refused_is_not_shown_in_the_header(self, as_, ada):
        page = as_(ada).post(PROFILE, {**TYPED, "language": "fr", "display_name": "Somebody Else"})

        assert page.context["user"].display_name == "Ada"

    def test_the_own_language_replaces_a_chosen_one(self, as_, ada):
        client = as_(ada)
        session = client.session
        session["language"] = "de"
        session.save()

        client.post(PROFILE, TYPED)

        assert client.get("/meine/").headers["Content-Language"] == "en"

    def test_nobody_edits_somebody_else(self, ada, mia):
        with pytest.raises(NotAllowed):
            edit_profile(ada, by=mia, display_name="Eve")

    def test_only_fields_of_the_profile(self, ada):
        with pytest.raises(TypeError):
            edit_profile(ada, by=ada, is_superuser=True)

    def test_two_editors_keep_each_others_fields(self, ada):
        stale = Actor.objects.get(pk=ada.pk)
        edit_profile(ada, by=ada, skills="Zither")

        edit_profile(stale, by=stale, offers="Anhänger")

        ada.refresh_from_db()
        assert (ada.skills, ada.offers) == ("Zither", "Anhänger")


@pytest.fixture
def shown():
    """Somebody who decided to be shown."""
    return ActorFactory(
        display_name="Frieda", skills="Brunnenbau", visible_to="public", municipality=MunicipalityFactory(slug="adorf")
    )


class TestTheRegister:
    def names(self, client, query=""):
        return [str(actor) for actor in client.get(f"/akteure/{query}").context["page"].object_list]

    def test_only_those_who_decided_so_are_shown(self, sam, shown, ada):
        ActorFactory(skills="Geige", visible_to="office")
        ActorFactory(skills="Geige", visible_to="public", confirmed=False)
        ActorFactory(visible_to="public")

        assert self.names(sam) == ["Frieda"]

    def test_it_is_kept_out_of_search_engines(self, sam, shown):
        for path in ("/akteure/", shown.get_absolute_url()):
            response = sam.get(path)
            assert response.headers["X-Robots-Tag"] == "noindex"
            assert b'name="robots" content="noindex"' in response.content

    def test_it_is_honest_when_empty(self, sam):
        assert reverse("account_signup") in sam.get("/akteure/").content.decode()

    def test_filters_by_municipality_and_field(self, sam, shown):
        field = FieldOfActionFactory(slug="wasser")
        shown.interests.add(field)
        MunicipalityFactory(slug="bedorf")

        assert self.names(sam, "?gemeinde=adorf") == ["Frieda"]
        assert self.names(sam, "?feld=wasser") == ["Frieda"]
        assert self.names(sam, "?gemeinde=bedorf") == []

    @pytest.mark.parametrize(
        "query",
        ["?gemeinde=x", "?gemeinde=18446744073709551616", "?feld=%ff", "?gemeinde=a&gemeinde=b", "?feld=" + "a" * 5000],
    )
    def test_unknown_values_are_left_out_with_a_word(self, sam, shown, query):
        response = sam.get(f"/akteure/{query}")

        assert response.context["unknown"]
        assert [str(actor) for actor in response.context["page"].object_list] == ["Frieda"]

    @pytest.mark.parametrize("page", ["18446744073709551616", "-1", "x", "2"])
    def test_odd_pages_are_no_fault(self, sam, shown, page):
        assert self.names(sam, f"?seite={page}") == ["Frieda"]

    def test_it_asks_the_database_no_more_for_three_than_for_one(self, sam, shown, django_assert_num_queries):
        sam.get("/akteure/")
        with django_assert_num_queries(7):
            sam.get("/akteure/")
        for _number in range(2):
            ActorFactory(skills="Geige", visible_to="public", municipality=shown.municipality)

        with django_assert_num_queries(7):
            sam.get("/akteure/")

    def test_markup_is_drawn_as_text(self, sam):
        ActorFactory(display_name="<b>Eve</b>", skills="<script>alert(1)</script>", visible_to="public")

        assert b"<script>alert" not in sam.get("/akteure/").content


class TestOnePerson:
    def test_who_decided_to_be_shown_is_shown_without_the_address(self, sam, shown):
        page = sam.get(shown.get_absolute_url()).content.decode()

        assert "Brunnenbau" in page
        assert shown.email not in page

    def test_who_shows_nothing_does_not_exist_for_others(self, sam, as_, ada, olga, max):
        path = ada.get_absolute_url()

        assert [client.get(path).status_code for client in (sam, as_(olga), as_(ada), as_(max))] == [404, 404, 200, 200]

    def test_a_post_is_public_the_rest_is_not(self, sam):
        mayor = ActorFactory(display_name="Eva", skills="Geige", organisation="Chor")
        AppointmentFactory(actor=mayor, post="mayor")

        page = sam.get(mayor.get_absolute_url()).content.decode()

        assert "Eva" in page
        assert "Geige" not in page
        assert "Chor" not in page

    @pytest.mark.parametrize("change", [{"is_active": False}, {"confirmed_at": None}])
    def test_who_left_or_never_came_is_not_there(self, sam, shown, change):
        Actor.objects.filter(pk=shown.pk).update(**change)

        assert sam.get(shown.get_absolute_url()).status_code == 404

    def test_a_number_out_of_reach(self, sam):
        assert sam.get("/akteure/18446744073709551616/").status_code == 404


class TestTheOfficesList:
    PATH = "/geschaeftsstelle/akteure/"

    def found(self, client, query=""):
        return [str(actor) for actor in client.get(self.PATH + query).context["page"].object_list]

    def test_who_may_look(self, sam, as_, ada, ivo, max, mia):
        statuses = [client.get(self.PATH).status_code for client in (sam, as_(ada), as_(ivo), as_(max), as_(mia))]

        assert statuses == [302, 404, 404, 200, 200]

    @pytest.mark.parametrize("query", ["?q=öl", "?q=ÖL", "?q=Ölmühle", "?q=ölmühle+frieda", "?gemeinde=adorf"])
    def test_words_are_found_in_any_case(self, as_, max, query):
        ActorFactory(display_name="Frieda", skills="Ölmühle", municipality=MunicipalityFactory(slug="adorf"))

        assert self.found(as_(max), query) == ["Frieda"]

    @pytest.mark.parametrize("query", ["?q=%25", "?q=_", "?q='", "?q=" + "a" * 5000, "?gemeinde=x&q=zither"])
    def test_odd_words_are_no_fault(self, as_, max, query):
        assert as_(max).get(self.PATH + query).status_code == 200

    def test_addresses_are_not_shown(self, as_, max, ada):
        assert ada.email not in as_(max).get(self.PATH).content.decode()


class TestMyPage:
    def test_strangers_sign_in(self, sam):
        assert sam.get("/meine/").url == "/konto/login/?next=/meine/"

    def test_it_shows_what_there_is(self, as_, mia):
        page = as_(mia).get("/meine/")

        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1

    def test_new_terms_wait_until_they_are_accepted(self, as_, ada):
        from participation.actors.models import Consent
        from tests.factories import ConsentFactory, LegalTextFactory

        ConsentFactory(actor=ada, version=1)
        LegalTextFactory(kind="terms", version=2)
        client = as_(ada)
        assert [item.url for item in client.get("/meine/").context["waiting"]] == ["/meine/bedingungen/"]

        for _click in range(2):
            assert client.post("/meine/bedingungen/").url == "/meine/"

        assert client.get("/meine/").context["waiting"] == []
        assert Consent.objects.filter(actor=ada, version=2).count() == 1

    def test_a_post_that_rests_says_so(self, settings, as_, mia, eva):
        settings.LOOPBACK = False

        assert "/konto/2fa/" in [item.url for item in as_(mia).get("/meine/").context["waiting"]]
        assert "/konto/2fa/" not in [item.url for item in as_(eva).get("/meine/").context["waiting"]]
