"""The pages of co-authors: inviting, the invitation at its signed address, reading along, leaving."""

import pytest
from django.urls import reverse

from participation.core.clock import now
from participation.core.hiding import hide
from participation.events.models import Event
from participation.ideas.coauthor_models import VALID, CoAuthor
from participation.ideas.coauthor_queries import INVITATION, invitation_path
from participation.ideas.models import Idea
from participation.ideas.views.coauthors import INVITATIONS_A_DAY
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import ActorFactory, AllianceFactory, IdeaFactory, as_
from tests.files import AttachmentFactory

pytestmark = pytest.mark.django_db

PAUL = "paul@post.example"


@pytest.fixture(autouse=True)
def _alliance():
    AllianceFactory()


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada, state="submitted", title="Mitfahrbank", text="Das Geheimnis am Ortsrand.")


@pytest.fixture
def draft(ada):
    return IdeaFactory(author=ada, state="draft", title="Mitfahrbank", text="Das Geheimnis am Ortsrand.")


@pytest.fixture
def invited(idea, olga):
    return CoAuthorFactory(idea=idea, email=olga.email)


def together(idea):
    if idea.is_draft:
        return reverse("draft_coauthors", args=[idea.pk])
    return reverse("coauthors", args=[idea.reference])


def words(answer):
    return answer.content.decode()


def rows():
    return list(CoAuthor.objects.order_by("pk").values()), Event.objects.count()


class TestInviting:
    @pytest.mark.parametrize("which", ["idea", "draft"])
    def test_an_author_invites_and_takes_back(self, request, ada, which):
        place = together(request.getfixturevalue(which))

        answer = as_(ada).post(place, {"email": " Paul@Post.example "}, follow=True)

        assert "unterwegs" in words(answer)
        assert PAUL in words(answer)
        row = CoAuthor.objects.get()
        answer = as_(ada).post(place, {"take_back": row.pk}, follow=True)
        assert PAUL not in words(answer)
        row.refresh_from_db()
        assert row.state == "taken_back"

    def test_the_page_never_says_whether_somebody_has_an_account(self, idea, ada, olga):
        client = as_(ada)
        pages = [words(client.post(together(idea), {"email": email}, follow=True)) for email in (olga.email, PAUL)]

        assert all("Ihre Einladung ist unterwegs" in page for page in pages)
        assert all("Olga" not in page for page in pages)

    def test_the_second_click_says_the_same(self, idea, ada):
        for _ in range(2):
            assert as_(ada).post(together(idea), {"email": PAUL}).status_code == 302
        assert CoAuthor.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Bitte geben Sie die Adresse"),
            ("paul", "wir können nicht an sie schreiben"),
            ("päul@post.example", "wir können nicht an sie schreiben"),
            ("ADA@allianz.example", "Ihre eigene Adresse"),
            ("x" * 250 + "@post.example", "<form"),
        ],
    )
    def test_a_wrong_address_is_told_and_kept(self, idea, ada, typed, said):
        before = rows()

        answer = as_(ada).post(together(idea), {"email": typed})

        assert answer.status_code in (200, 409)
        assert "email" in answer.context["form"].errors
        assert typed in words(answer)
        assert rows() == before
        assert said in words(answer)

    def test_when_it_is_full_the_form_is_gone_and_a_late_one_is_told(self, idea, ada):
        for number in range(5):
            CoAuthorFactory(idea=idea, email=f"p{number}@post.example")
        before = rows()

        assert 'name="email"' not in words(as_(ada).get(together(idea)))
        answer = as_(ada).post(together(idea), {"email": PAUL})
        assert (answer.status_code, "höchstens fünf" in words(answer), PAUL in words(answer)) == (409, True, True)
        assert rows() == before

    def test_twenty_a_day(self, ada):
        client = as_(ada)
        ideas = [IdeaFactory(author=ada) for _ in range(5)]
        answers = [
            client.post(together(ideas[number // 5]), {"email": f"p{number}@post.example"}).status_code
            for number in range(INVITATIONS_A_DAY)
        ]
        before = rows()

        answer = client.post(together(ideas[4]), {"email": PAUL})

        assert (set(answers), answer.status_code, PAUL in words(answer)) == ({302}, 429, True)
        assert rows() == before

    def test_strangers_and_others(self, sam, idea, draft, invited, olga, max, root):
        before = rows()
        for place in (together(idea), together(draft)):
            assert sam.get(place).url.startswith(reverse("account_login"))
            for person in (olga, max, root):
                statuses = [as_(person).get(place).status_code]
                for data in ({"email": PAUL}, {"take_back": invited.pk}, {"leave": "1"}):
                    statuses.append(as_(person).post(place, data).status_code)
                assert statuses == [404] * 4
        assert rows() == before

    @pytest.mark.parametrize("number", ["", "0", "x", "9" * 40, "²"])
    def test_an_invitation_that_is_not_there(self, idea, ada, invited, number):
        before = rows()

        assert as_(ada).post(together(idea), {"take_back": number}).status_code == 404
        assert rows() == before

    def test_an_invitation_to_another_idea_is_not_taken_back_here(self, idea, ada, olga):
        other = CoAuthorFactory(idea=IdeaFactory(author=olga), email=PAUL)

        assert as_(ada).post(together(idea), {"take_back": other.pk}).status_code == 404

    def test_what_was_answered_meanwhile_is_told(self, idea, ada, olga):
        row = CoAuthorFactory(idea=idea, state="accepted", actor=olga)
        before = rows()

        answer = as_(ada).post(together(idea), {"take_back": row.pk}, follow=True)

        assert "geht beim jetzigen Stand nicht mehr" in words(answer)
        assert rows() == before

    def test_the_form_of_a_draft_that_was_handed_in_meanwhile_still_works(self, idea, ada):
        place = reverse("draft_coauthors", args=[idea.pk])

        assert as_(ada).post(place, {"email": PAUL}).url == together(idea)
        assert CoAuthor.objects.get().email == PAUL

    @pytest.mark.parametrize("number", [1, 4])
    def test_the_page_asks_as_often_for_one_as_for_four(self, idea, ada, number, django_assert_num_queries):
        for place in range(number):
            CoAuthorFactory(idea=idea, state="accepted")
            CoAuthorFactory(idea=idea, email=f"p{place}@post.example")
        client = as_(ada)
        client.get("/")

        with django_assert_num_queries(9):
            client.get(together(idea))

    def test_the_author_finds_the_way(self, idea, draft, ada):
        assert together(idea) in words(as_(ada).get(idea.get_absolute_url()))
        assert together(draft) in words(as_(ada).get(draft.get_absolute_url()))


class TestTheInvitation:
    def test_a_stranger_reads_what_it_is_about_and_not_the_text(self, sam, invited, olga):
        page = words(sam.get(invitation_path(invited)))

        assert "Ada lädt Sie ein, „Mitfahrbank“ mitzutragen" in page
        assert "Geheimnis" not in page
        assert olga.email not in page
        assert f"{reverse('account_login')}?next=/ideen/einladung/" in page
        assert f"{reverse('account_signup')}?next=/ideen/einladung/" in page
        assert 'name="answer"' not in page

    def test_answering_needs_an_account_and_comes_back(self, sam, invited):
        before = rows()

        answer = sam.post(invitation_path(invited), {"answer": "accept"})

        assert answer.url.startswith(reverse("account_login"))
        assert "next=/ideen/einladung/" in answer.url
        assert rows() == before

    def test_the_invited_person_reads_and_accepts(self, invited, idea, olga):
        client = as_(olga)
        assert "Geheimnis" in words(client.get(invitation_path(invited)))

        answer = client.post(invitation_path(invited), {"answer": "accept"}, follow=True)

        assert answer.redirect_chain[-1][0] == idea.get_absolute_url()
        assert "Ada und Olga" in words(answer)
        assert client.get(invitation_path(invited)).url == idea.get_absolute_url()

    def test_two_clicks(self, invited, idea, olga):
        client = as_(olga)
        for _ in range(2):
            assert client.post(invitation_path(invited), {"answer": "accept"}).url == idea.get_absolute_url()
        assert Event.objects.count() == 1

    def test_the_invited_person_declines(self, invited, olga, sam):
        answer = as_(olga).post(invitation_path(invited), {"answer": "decline"})

        assert answer.url == reverse("my_page")
        invited.refresh_from_db()
        assert (invited.state, invited.email) == ("declined", "")
        assert "Mitfahrbank" not in words(sam.get(invitation_path(invited)))

    @pytest.mark.parametrize("what", ["accept", "decline"])
    def test_another_account_is_told_and_changes_nothing(self, invited, max, what):
        before = rows()
        page = words(as_(max).get(invitation_path(invited)))
        assert "an eine andere E-Mail-Adresse" in page
        assert "olga" not in page.lower()
        assert "Geheimnis" not in page

        answer = as_(max).post(invitation_path(invited), {"answer": what})

        assert (answer.status_code, "an eine andere E-Mail-Adresse" in words(answer)) == (409, True)
        assert rows() == before

    def test_the_author_is_told(self, invited, ada):
        before = rows()

        assert "Ihrer eigenen Idee" in words(as_(ada).get(invitation_path(invited)))
        assert as_(ada).post(invitation_path(invited), {"answer": "accept"}).status_code == 409
        assert rows() == before

    @pytest.mark.parametrize("answer", ["", "x"])
    def test_no_answer_changes_nothing(self, invited, olga, answer):
        before = rows()

        assert as_(olga).post(invitation_path(invited), {"answer": answer}).url == invitation_path(invited)
        assert rows() == before

    def test_a_forged_or_unknown_one_does_not_exist(self, sam, olga, invited):
        tokens = [f"{invited.pk}", f"{invited.pk}:x", INVITATION.sign(invited.pk)[:-1], INVITATION.sign(999_999)]
        for token in tokens:
            for client in (sam, as_(olga)):
                assert client.get(reverse("coauthor_invitation", args=[token])).status_code == 404

    @pytest.mark.parametrize(
        "end",
        [
            lambda row: CoAuthor.objects.filter(pk=row.pk).update(invited_at=now() - VALID),
            lambda row: Idea.objects.filter(pk=row.idea_id).update(state="withdrawn"),
            lambda row: hide(row.idea, "rude"),
            lambda row: CoAuthor.objects.filter(pk=row.pk).update(state="taken_back", email="", answered_at=now()),
        ],
        ids=["expired", "withdrawn", "hidden", "taken back"],
    )
    def test_one_that_is_over_shows_nothing_of_the_idea(self, sam, invited, olga, end):
        end(invited)
        before = rows()

        for client in (sam, as_(olga)):
            page = words(client.get(invitation_path(invited)))
            assert "nicht mehr offen" in page
            assert "Mitfahrbank" not in page
        assert as_(olga).post(invitation_path(invited), {"answer": "accept"}).status_code == 409
        assert rows() == before

    def test_it_waits_on_my_page(self, invited, olga, ada):
        assert invitation_path(invited) in words(as_(olga).get(reverse("my_page")))
        assert "Eine Einladung" not in words(as_(ada).get(reverse("my_page")))

    def test_its_price(self, invited, sam, olga, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):
            sam.get(invitation_path(invited))
        client = as_(olga)
        client.get("/")
        with django_assert_max_num_queries(7):
            client.get(invitation_path(invited))


class TestReadingAlong:
    def test_a_coauthor_reads_a_draft_and_its_files_but_does_not_write(self, draft, olga, max, sam):
        row = CoAuthorFactory(idea=draft, state="accepted", actor=olga)
        draft.folder = AttachmentFactory().folder
        draft.save(update_fields=["folder"])
        place = reverse("read_draft", args=[draft.pk])

        page = words(as_(olga).get(place))
        assert "Geheimnis" in page
        assert "Ada und Olga" in page
        assert "/anhang/" in page
        assert place in words(as_(olga).get(reverse("my_page")))
        assert as_(olga).get(draft.get_absolute_url()).status_code == 404
        assert as_(olga).post(reverse("discard_idea_draft", args=[draft.pk])).status_code == 404
        assert as_(max).get(place).status_code == 404
        assert sam.get(place).url.startswith(reverse("account_login"))
        row.delete()
        assert as_(olga).get(place).status_code == 404

    def test_author_and_handed_in_ideas_are_led_on(self, draft, idea, ada, olga):
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)

        assert as_(ada).get(reverse("read_draft", args=[draft.pk])).url == draft.get_absolute_url()
        assert as_(olga).get(reverse("read_draft", args=[idea.pk])).url == idea.get_absolute_url()

    def test_a_coauthor_reads_what_is_in_review_and_its_way(self, idea, olga):
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)
        client = as_(olga)

        page = words(client.get(idea.get_absolute_url()))

        assert "Sie tragen diese Idee mit" in page
        assert "zurueckziehen" not in page
        for name in ("trail", "trail_code", "idea_versions"):
            assert client.get(reverse(name, args=[idea.reference])).status_code == 200
        for name in ("correct_idea", "withdraw_idea"):
            assert client.get(reverse(name, args=[idea.reference])).status_code == 404

    def test_everybody_reads_who_wrote_it(self, sam, ada):
        idea = IdeaFactory(author=ada)
        for name in ("Olga", "Paul <b>"):
            CoAuthorFactory(idea=idea, state="accepted", actor=ActorFactory(display_name=name))
        CoAuthorFactory(idea=idea, state="left", actor=ActorFactory(display_name="Lena"))
        CoAuthorFactory(idea=idea, email=PAUL)

        page = words(sam.get(idea.get_absolute_url()))

        assert "von Ada, Olga und Paul &lt;b&gt;," in page
        assert "Lena" not in page
        assert PAUL not in page

    def test_a_coauthor_neither_supports_nor_reports(self, ada, olga):
        idea = IdeaFactory(author=ada)
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)

        page = words(as_(olga).get(idea.get_absolute_url()))

        assert reverse("support_idea", args=[idea.reference]) not in page
        assert reverse("report") + "?" not in page.partition("<footer")[0]

    def test_a_coauthor_leaves(self, idea, olga):
        row = CoAuthorFactory(idea=idea, state="accepted", actor=olga)
        client = as_(olga)
        assert 'name="leave"' in words(client.get(together(idea)))
        assert 'name="email"' not in words(client.get(together(idea)))

        assert client.post(together(idea), {"leave": "1"}).url == reverse("my_page")

        row.refresh_from_db()
        assert row.state == "left"
        assert client.get(together(idea)).status_code == 404
        assert client.post(together(idea), {"leave": "1"}).status_code == 404

    def test_a_coauthor_does_not_invite_nor_see_addresses(self, idea, olga):
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)
        row = CoAuthorFactory(idea=idea, email=PAUL)
        before = rows()

        assert PAUL not in words(as_(olga).get(together(idea)))
        for data in ({"email": "x@post.example"}, {"take_back": row.pk}):
            assert as_(olga).post(together(idea), data).status_code == 404
        assert rows() == before

    @pytest.mark.parametrize("number", [1, 5])
    def test_a_public_idea_asks_as_often_for_one_as_for_five(self, sam, ada, number, django_assert_max_num_queries):
        idea = IdeaFactory(author=ada)
        for _ in range(number):
            CoAuthorFactory(idea=idea, state="accepted")
        sam.get("/")

        with django_assert_max_num_queries(12):
            sam.get(idea.get_absolute_url())

    def test_the_office_sees_who_wrote_it_and_a_coauthor_of_the_office_no_acts(self, idea, olga, max, mia):
        for person in (olga, max):
            CoAuthorFactory(idea=idea, state="accepted", actor=person)
        place = reverse("office_idea", args=[idea.reference])

        assert "zusammen mit Olga und Max" in words(as_(mia).get(place))
        assert reverse("publish_idea", args=[idea.reference]) in words(as_(mia).get(place))
        assert reverse("publish_idea", args=[idea.reference]) not in words(as_(max).get(place))
        take = reverse("take_idea", args=[idea.reference])
        queue = reverse("office_ideas")
        assert (take in words(as_(mia).get(queue)), take in words(as_(max).get(queue))) == (True, False)
