"""The office decides on its pages; others do not find them; no text is lost when somebody was faster."""

import pytest
from django.utils.html import escape

from participation.actors.models import Actor
from participation.actors.operations import erase_actor
from participation.core import drafts
from participation.reports.models import Objection, Report, Statement
from participation.reports.operations.reporting import reject_report
from participation.reports.queries import owner_of
from participation.reports.states import Decision
from tests.factories import AppointmentFactory, CommentFactory, IdeaFactory

from .conftest import FACTS, hide, objected, report, uphold

pytestmark = pytest.mark.django_db

LIST, OBJECTIONS = "/geschaeftsstelle/meldungen/", "/geschaeftsstelle/beschwerden/"
UPHOLD = {"reason": "rude", "facts": FACTS, "rule": "", "text": "Danke."}


def text(response):
    return response.content.decode()


@pytest.fixture
def row(comment):
    return report(comment)


@pytest.fixture
def objection(idea, max):
    return objected(hide(idea, max))


class TestReports:
    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_under_one_number_of_queries(self, as_, max, django_assert_max_num_queries, number):
        rows = [report(thing) for _ in range(number) for thing in (IdeaFactory(), CommentFactory())]
        client = as_(max)

        with django_assert_max_num_queries(16):
            page = text(client.get(LIST))

        assert all(row.case.reference in page for row in rows)

    def test_the_page_shows_what_was_reported_and_by_whom(self, as_, max, row, django_assert_max_num_queries):
        client = as_(max)
        client.get(row.get_absolute_url())  # the first visit of a session is written down

        with django_assert_max_num_queries(16):
            page = text(client.get(row.get_absolute_url()))

        for words in (escape(row.comment.text), row.text, "rita@post.example", row.case.reference):
            assert words in page

    @pytest.mark.parametrize("who", ["max", "mia"])
    def test_upheld(self, request, as_, row, who):
        client = as_(request.getfixturevalue(who))

        response = client.post(f"{row.get_absolute_url()}stattgeben/", {**UPHOLD, "version": 1})

        row.refresh_from_db()
        assert (response.status_code, response.url) == (302, row.get_absolute_url())
        assert (row.state, row.answer, row.statement.facts) == (Decision.UPHELD, "Danke.", FACTS)
        page = text(client.get(row.get_absolute_url()))
        assert FACTS in page
        assert 'name="facts"' not in page

    def test_rejected(self, as_, max, row):
        response = as_(max).post(f"{row.get_absolute_url()}ablehnen/", {"text": "Das ist erlaubt."})

        row.refresh_from_db()
        assert (response.status_code, row.state, row.answer) == (302, Decision.REJECTED, "Das ist erlaubt.")

    @pytest.mark.parametrize("way", ["stattgeben", "ablehnen"])
    def test_without_words_it_asks_for_them(self, as_, max, row, way):
        response = as_(max).post(f"{row.get_absolute_url()}{way}/", {"reason": "rude", "facts": " ", "text": ""})

        assert response.status_code == 200
        assert response.context["form"].errors
        assert Report.objects.get().is_open

    def test_a_mere_visit_leads_to_the_page(self, as_, max, row):
        assert as_(max).get(f"{row.get_absolute_url()}ablehnen/").url == row.get_absolute_url()

    def test_somebody_was_faster_and_the_text_is_not_lost(self, as_, max, mia, row):
        reject_report(row, text="Nein.", by=mia)

        response = as_(max).post(f"{row.get_absolute_url()}stattgeben/", UPHOLD)

        assert response.status_code == 409
        assert "Danke." in text(response) or FACTS in text(response)
        assert not Statement.objects.exists()

    def test_the_comment_was_changed_meanwhile(self, as_, max, row):
        type(row.comment).objects.filter(pk=row.comment_id).update(version=2)

        response = as_(max).post(f"{row.get_absolute_url()}stattgeben/", {**UPHOLD, "version": 1})

        assert response.status_code == 409
        assert FACTS in text(response)
        assert not Statement.objects.exists()

    def test_where_nothing_is_left_to_hide_no_statement_is_asked_for(self, as_, max, mia, row):
        hide(row.comment, mia)
        client = as_(max)

        assert 'name="facts"' not in text(client.get(row.get_absolute_url()))
        assert client.post(f"{row.get_absolute_url()}stattgeben/", {"text": ""}).status_code == 302
        assert Report.objects.get().statement == Statement.objects.get()

    @pytest.mark.parametrize("who", ["ada", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_for_everybody_else_the_pages_do_not_exist(self, request, as_, row, who):
        client = as_(request.getfixturevalue(who))

        for path in (LIST, OBJECTIONS, row.get_absolute_url(), f"{row.get_absolute_url()}ablehnen/"):
            assert client.get(path).status_code == 404
        assert client.post(f"{row.get_absolute_url()}ablehnen/", {"text": "Nein."}).status_code == 404
        assert Report.objects.get().is_open

    def test_whose_it_is_does_not_see_who_reported_it(self, as_, thing):
        row = report(thing)
        owner = Actor.objects.get(pk=owner_of(thing))
        AppointmentFactory(actor=owner, post="manager")
        client = as_(owner)

        assert row.case.reference not in text(client.get(LIST))
        for path in (row.get_absolute_url(), f"{row.get_absolute_url()}ablehnen/"):
            assert client.get(path).status_code == 404
            assert client.post(path, {"text": "Nein."}).status_code in (404, 405)
        assert Report.objects.get().is_open

    def test_who_reported_it_reads_it_and_decides_nothing(self, as_, max, idea):
        row = report(idea, by=max)
        client = as_(max)

        assert 'name="facts"' not in text(client.get(row.get_absolute_url()))
        assert client.post(f"{row.get_absolute_url()}ablehnen/", {"text": "Nein."}).status_code == 404
        assert client.get(f"{row.get_absolute_url()}ablehnen/").headers["Location"] == row.get_absolute_url()

    def test_what_was_typed_without_a_session_comes_back(self, as_, sam, max, row):
        path = f"{row.get_absolute_url()}ablehnen/"
        sam.post(path, {"text": "Das ist erlaubt.", "mark": drafts.mark_for(max)})

        assert "Das ist erlaubt." in text(as_(max).get(path))


class TestObjections:
    def test_another_person_decides(self, as_, max, mia, objection):
        first, other = as_(max), as_(mia)
        path = objection.get_absolute_url()
        assert 'name="text"' not in text(first.get(path))
        assert first.post(f"{path}stattgeben/", {"text": "Nein."}).status_code == 404

        assert other.post(f"{path}stattgeben/", {"text": "Sie haben recht."}).url == path

        objection.refresh_from_db()
        assert (objection.is_upheld, objection.statement.is_in_force) == (True, False)
        assert "Sie haben recht." in text(other.get(path))

    def test_the_decision_may_stand(self, as_, mia, objection):
        as_(mia).post(f"{objection.get_absolute_url()}ablehnen/", {"text": "Es bleibt dabei."})

        objection.refresh_from_db()
        assert (objection.state, objection.statement.is_in_force) == (Decision.REJECTED, True)

    def test_the_list(self, as_, mia, objection, django_assert_max_num_queries):
        client = as_(mia)

        with django_assert_max_num_queries(16):
            assert objection.case.reference in text(client.get(OBJECTIONS))

    def test_without_words_it_asks_for_them(self, as_, mia, objection):
        response = as_(mia).post(f"{objection.get_absolute_url()}stattgeben/", {"text": ""})

        assert response.context["form"].errors
        assert Objection.objects.get().is_open

    def test_the_person_concerned_does_not_see_the_office_s_page(self, as_, ada, objection):
        AppointmentFactory(actor=ada, post="manager")

        assert as_(ada).get(objection.get_absolute_url()).status_code == 404


class TestHidingAndBlocking:
    HIDE = "/geschaeftsstelle/ausblenden/"

    def test_something_is_hidden_from_its_page(self, as_, max, thing):
        place = report(thing).path
        client = as_(max)
        page = client.get(self.HIDE, {"seite": place})
        assert page.context["form"]["page"].value() == place

        response = client.post(self.HIDE, {"page": place, "reason": "rude", "facts": FACTS, "version": "1"})

        thing.refresh_from_db()
        assert (response.status_code, response.url) == (302, place)
        assert thing.is_hidden
        assert client.get(place).status_code == 200

    @pytest.mark.parametrize(
        "changes", [{"page": "/ideen/1998-0001/"}, {"page": ""}, {"reason": ""}, {"facts": ""}, {"version": "x"}]
    )
    def test_what_is_not_right_comes_back(self, as_, max, idea, changes):
        words = {"page": idea.get_absolute_url(), "reason": "rude", "facts": FACTS, **changes}

        response = as_(max).post(self.HIDE, words)

        assert response.context["form"].errors
        assert not Statement.objects.exists()

    def test_a_rule_is_asked_for_and_the_text_stays(self, as_, max, idea):
        words = {"page": idea.get_absolute_url(), "reason": "other", "facts": FACTS}

        response = as_(max).post(self.HIDE, words)

        assert response.status_code == 409
        assert FACTS in text(response)

    def test_other_words_than_those_that_were_read(self, as_, max, comment, idea):
        type(comment).objects.update(version=2)
        place = f"{idea.get_absolute_url()}#comment-{comment.pk}"
        words = {"page": place, "reason": "rude", "facts": FACTS, "version": "1"}
        client = as_(max)

        response = client.post(self.HIDE, words)

        assert response.status_code == 409
        assert response.context["form"]["version"].value() == 2
        assert not Statement.objects.exists()

    def test_ones_own_is_refused(self, as_, max):
        own = IdeaFactory(author=max)

        response = as_(max).post(self.HIDE, {"page": own.get_absolute_url(), "reason": "rude", "facts": FACTS})

        assert response.status_code == 409
        assert not Statement.objects.exists()

    def test_an_account_is_blocked(self, as_, max, ada):
        client = as_(max)
        path = f"/geschaeftsstelle/akteure/{ada.pk}/sperren/"
        assert path in text(client.get(ada.get_absolute_url()))
        assert client.get(path).status_code == 200

        assert client.post(path, {"reason": "rude", "facts": FACTS}).url == "/geschaeftsstelle/akteure/"

        ada.refresh_from_db()
        assert ada.blocked_at
        assert client.get(path).status_code == 404

    def test_who_holds_a_post_is_not_blocked_and_the_text_stays(self, as_, max, mia):
        response = as_(max).post(f"/geschaeftsstelle/akteure/{mia.pk}/sperren/", {"reason": "rude", "facts": FACTS})

        assert response.status_code == 409
        assert FACTS in text(response)

    @pytest.mark.parametrize("who", ["olga", "ivo", "eva", "otto", "ale", "root", "fritz"])
    def test_for_everybody_else_the_pages_do_not_exist(self, request, as_, ada, idea, who):
        client = as_(request.getfixturevalue(who))
        words = {"page": idea.get_absolute_url(), "reason": "rude", "facts": FACTS}

        for path in (self.HIDE, f"/geschaeftsstelle/akteure/{ada.pk}/sperren/"):
            assert (client.get(path).status_code, client.post(path, words).status_code) == (404, 404)
        assert not Statement.objects.exists()

    def test_nobody_blocks_themselves(self, as_, max):
        assert as_(max).get(f"/geschaeftsstelle/akteure/{max.pk}/sperren/").status_code == 404


def test_upheld_reports_stay_readable_after_the_author_left(as_, max, olga, row):
    uphold(row, max)
    erase_actor(olga, by=olga)

    assert as_(max).get(row.get_absolute_url()).status_code == 200
