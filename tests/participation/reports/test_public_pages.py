"""The pages for everybody: the form, the receipt, the decision about something of one's own, and what is hidden."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from django.utils.html import escape

from participation.core import stamps
from participation.core.clock import now, travel_to
from participation.ideas.search import index
from participation.reports.models import Objection, Report
from participation.reports.operations.objecting import uphold_objection
from participation.reports.operations.reporting import reject_report
from participation.reports.operations.restricting import block_actor
from participation.reports.queries import RECEIPT, STATEMENT, receipt_path, statement_path
from tests.factories import CommentFactory, IdeaFactory

from .conftest import FACTS, hide, objected, report, uphold

pytestmark = pytest.mark.django_db

FORM = "/melden/"


def answers(page, **changes):
    """A form that is right and complete, opened a minute ago."""
    stamp = signing.dumps(["0" * 32, now().timestamp() - 60], salt=stamps.SALT)
    words = {
        "page": page, "reason": "rude", "text": "Das beleidigt jemanden.", "name": "Rita Reporter",
        "email": "rita@post.example", "good_faith": "on", "stamp": stamp,
    }  # fmt: skip
    return {**words, **changes}


def text(response):
    return response.content.decode()


class TestTheForm:
    def test_the_address_is_filled_in_and_what_stands_there_is_shown(self, sam, idea, comment):
        place = f"{idea.get_absolute_url()}#comment-{comment.pk}"

        page = sam.get(f"{FORM}?seite={quote(place)}")

        assert page.context["form"]["page"].value() == place
        assert escape(comment.text) in text(page)
        assert page.headers["Cache-Control"].startswith("max-age=0")

    def test_from_idea_and_comment_a_link_leads_there(self, sam, idea, comment):
        page = text(sam.get(idea.get_absolute_url()))

        assert f'href="/melden/?seite={idea.get_absolute_url()}"' in page
        assert f'href="/melden/?seite={idea.get_absolute_url()}%23comment-{comment.pk}"' in page

    def test_ones_own_is_not_offered_for_reporting(self, as_, ada, idea):
        assert f'href="/melden/?seite={idea.get_absolute_url()}"' not in text(as_(ada).get(idea.get_absolute_url()))

    def test_foreign_addresses_are_not_filled_in(self, sam):
        assert sam.get(f"{FORM}?seite=//evil.example/").context["form"]["page"].value() == ""

    def test_a_stranger_reports_and_sees_number_and_date(self, sam, thing):
        place = report(thing).path

        response = sam.post(FORM, answers(place))

        row = Report.objects.latest("pk")
        assert (response.status_code, response.url) == (302, receipt_path(row))
        page = text(sam.get(response.url))
        assert row.case.reference in page
        assert (row.thing, row.name, row.email, row.language) == (thing, "Rita Reporter", "rita@post.example", "de")

    def test_a_full_address_is_as_good_as_a_path(self, sam, idea):
        sam.post(FORM, answers(f"http://127.0.0.1:8000{idea.get_absolute_url()}"))

        assert Report.objects.get().page == idea.get_absolute_url()

    def test_who_is_signed_in_is_not_asked_for_a_name(self, as_, olga, idea):
        client = as_(olga)
        assert "email" not in client.get(FORM).context["form"].fields

        client.post(FORM, answers(idea.get_absolute_url(), name="Mallory", email="mallory@post.example"))

        row = Report.objects.get()
        assert (row.reporter, row.name, row.email) == (olga, "", "")

    @pytest.mark.parametrize(
        "changes",
        [
            {"page": "/ideen/1998-0001/"}, {"page": ""}, {"reason": ""}, {"reason": "dull"}, {"text": ""},
            {"text": "x" * 3001}, {"name": ""}, {"email": ""}, {"email": "rita"}, {"good_faith": ""},
            {"website": "x"}, {"stamp": ""}, {"stamp": "forged"},
        ],
    )  # fmt: skip
    def test_what_is_not_right_comes_back_and_stores_nothing(self, sam, idea, changes):
        response = sam.post(FORM, {**answers(idea.get_absolute_url()), **changes})

        assert response.status_code == 200
        assert response.context["form"].errors
        assert not Report.objects.exists()

    def test_the_abuse_of_children_needs_no_name(self, sam, idea):
        sam.post(FORM, answers(idea.get_absolute_url(), reason="children", name="", email=""))

        row = Report.objects.get()
        page = text(sam.get(receipt_path(row)))
        assert not row.has_address
        assert row.case.reference in page

    def test_faster_than_a_person_is_asked_again(self, sam, idea):
        stamp = signing.dumps(["0" * 32, now().timestamp()], salt=stamps.SALT)

        assert sam.post(FORM, answers(idea.get_absolute_url(), stamp=stamp)).status_code == 200
        assert not Report.objects.exists()

    def test_a_double_click_is_one_report(self, sam, idea):
        form = answers(idea.get_absolute_url())

        assert sam.post(FORM, form).url == sam.post(FORM, form).url
        assert Report.objects.count() == 1

    def test_ten_an_hour_from_one_connection(self, sam, idea):
        for number in range(10):
            assert sam.post(FORM, answers(idea.get_absolute_url(), text=f"Grund {number}")).status_code == 302

        response = sam.post(FORM, answers(idea.get_absolute_url(), text="Grund 11"))

        assert response.status_code == 429
        assert "Grund 11" in text(response)
        assert Report.objects.count() == 10

    def test_ones_own_is_refused(self, as_, ada, idea):
        response = as_(ada).post(FORM, answers(idea.get_absolute_url()))

        assert response.context["form"].non_field_errors()
        assert not Report.objects.exists()

    def test_what_is_not_public_is_not_found(self, as_, ada, sam):
        draft = IdeaFactory(state="submitted", author=ada).get_absolute_url()

        for client in (sam, as_(ada)):
            assert client.post(FORM, answers(draft)).context["form"].errors["page"]

    def test_without_the_token_of_the_page_the_text_comes_back(self, idea):
        response = Client(enforce_csrf_checks=True).post(FORM, answers(idea.get_absolute_url()))

        assert response.status_code == 403
        assert "Das beleidigt jemanden." in text(response)
        assert not Report.objects.exists()


class TestTheReceipt:
    def test_the_decision_stands_there(self, sam, idea, max):
        upheld, rejected = report(idea), report(CommentFactory())
        uphold(upheld, max, text="Danke für den Hinweis.")
        reject_report(rejected, text="Das ist erlaubt.", by=max)

        assert "Danke für den Hinweis." in text(sam.get(receipt_path(upheld)))
        page = text(sam.get(receipt_path(rejected)))
        assert "Das ist erlaubt." in page
        assert "Max" not in page

    def test_a_forged_address_leads_nowhere(self, sam, idea):
        row = report(idea)

        for token in (f"{row.pk}:forged", str(row.pk), STATEMENT.sign(row.pk), RECEIPT.sign(99)):
            assert sam.get(f"/melden/eingang/{token}/").status_code == 404


class TestTheDecision:
    def test_the_person_concerned_reads_it_and_objects_without_signing_in(self, sam, ada, max, mia):
        statement = block_actor(ada, reason="rude", facts=FACTS, by=max)
        path = statement_path(statement)
        page = text(sam.get(path))
        assert FACTS in page
        assert "Max" not in page

        response = sam.post(path, {"text": "Das war ein Zitat."})

        assert (response.status_code, response.url) == (302, path)
        objection = Objection.objects.get()
        page = sam.get(path)
        assert objection.case.reference in text(page)
        assert not page.context["may_object"]

        uphold_objection(objection, text="Sie haben recht.", by=mia)
        assert "Sie haben recht." in text(sam.get(path))

    def test_what_is_hidden_is_shown_to_its_author(self, sam, comment, max):
        assert escape(comment.text) in text(sam.get(statement_path(hide(comment, max))))

    def test_once_and_the_second_text_is_not_lost(self, sam, idea, max):
        statement = hide(idea, max)
        objected(statement)

        response = sam.post(statement_path(statement), {"text": "Und noch etwas."})

        assert response.status_code == 409
        assert "Und noch etwas." in text(response)
        assert Objection.objects.count() == 1

    def test_an_empty_objection_is_none(self, sam, idea, max):
        response = sam.post(statement_path(hide(idea, max)), {"text": " "})

        assert response.context["form"].errors
        assert not Objection.objects.exists()

    def test_after_six_months_no_more(self, sam, idea, max):
        statement = hide(idea, max)

        with travel_to(now() + timedelta(days=185)):
            assert not sam.get(statement_path(statement)).context["may_object"]
            assert sam.post(statement_path(statement), {"text": "Zu spät."}).status_code == 409

    def test_a_forged_address_leads_nowhere(self, sam, idea, max):
        statement = hide(idea, max)

        for token in (f"{statement.pk}:forged", RECEIPT.sign(statement.pk), STATEMENT.sign(99)):
            assert sam.get(f"/melden/entscheidung/{token}/").status_code == 404

    def test_without_the_token_of_the_page_the_text_comes_back(self, idea, max):
        path = statement_path(hide(idea, max))
        response = Client(enforce_csrf_checks=True).post(path, {"text": "Das war ein Zitat."})

        assert response.status_code == 403
        assert "Das war ein Zitat." in text(response)
        assert not Objection.objects.exists()


class TestMyPage:
    def test_a_decision_waits_there_until_one_has_objected(self, as_, ada, olga, idea, max):
        statement = hide(idea, max)
        path = statement_path(statement)

        assert path in text(as_(ada).get("/meine/"))
        assert path not in text(as_(olga).get("/meine/"))
        objected(statement)
        assert path not in text(as_(ada).get("/meine/"))


class TestWhatIsHidden:
    def test_instead_of_an_idea_stands_that_it_is_hidden_and_why(self, sam, as_, olga, idea, comment, max):
        hide(idea, max)

        for client in (sam, as_(olga)):
            response = client.get(idea.get_absolute_url(), follow=True)
            page = text(response)
            assert response.redirect_chain == [(f"/vorgang/{idea.reference}/", 302)]
            assert idea.title not in page
            assert idea.text not in page
            assert escape(comment.text) not in page
            assert str(idea.get_hidden_reason_display()) in page
            assert FACTS not in page

    def test_its_author_and_the_office_still_read_it(self, as_, ada, max, ivo, idea):
        hide(idea, max)

        for person in (ada, max, ivo):
            page = text(as_(person).get(idea.get_absolute_url()))
            assert idea.text in page
            assert str(idea.get_hidden_reason_display()) in page

    def test_it_is_in_no_list_and_no_search(self, sam, idea, max):
        index(idea)
        hide(idea, max)

        for path in ("/", "/ideen/", "/ideen/?q=Mitfahrbank"):
            assert idea.title not in text(sam.get(path))

    def test_its_other_addresses_show_nothing_of_it(self, sam, idea, max):
        hide(idea, max)

        assert sam.get(f"{idea.get_absolute_url()}versionen/").status_code == 404
        assert idea.title not in text(sam.get(f"/vorgang/{idea.reference}/"))

    def test_instead_of_a_comment_stands_that_it_is_hidden(self, sam, as_, olga, ada, max, idea, comment):
        hide(comment, max)

        seen = {name: escape(comment.text) in text(client.get(idea.get_absolute_url())) for name, client in
                {"sam": sam, "ada": as_(ada), "olga": as_(olga), "max": as_(max)}.items()}  # fmt: skip
        assert seen == {"sam": False, "ada": False, "olga": True, "max": True}
        assert str(comment.get_hidden_reason_display()) in text(sam.get(idea.get_absolute_url()))

    def test_a_hidden_comment_is_not_quoted_to_who_replies(self, as_, ada, max, idea, comment):
        hide(comment, max)

        page = text(as_(ada).get(f"{idea.get_absolute_url()}kommentieren/?antwort={comment.pk}"))
        assert escape(comment.text) not in page
