"""Reading ideas: who sees which, the list with its filters and pages, one idea with its way, and its versions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participation.core.clock import now
from participation.discussion.models import Comment
from participation.ideas.models import IdeaVersion
from participation.ideas.search import index
from participation.ideas.states import LIFECYCLE, PUBLIC, IdeaState
from participation.promises.models import Promise
from tests.factories import (
    AllianceFactory,
    AnswerFactory,
    CommentFactory,
    FieldOfActionFactory,
    IdeaFactory,
    MunicipalityFactory,
    ReviewFactory,
    SupportFactory,
)

LIST = "/ideen/"
HIDDEN = [IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.DECLINED]


@pytest.fixture(autouse=True)
def alliance(db):
    return AllianceFactory()


@pytest.fixture
def oberbach():
    return MunicipalityFactory(slug="oberbach", name="Oberbach")


def text_of(client, address):
    """The page as somebody reads it, with plain blanks."""
    return client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def titles(client, query=""):
    """The titles on the list, in their order."""
    return [idea.title for idea, _steps, _comments in client.get(LIST + query).context["entries"]]


class TestTheList:
    """What everybody finds."""

    def test_only_public_ideas_are_there(self, sam, ada, as_):
        for state in IdeaState:
            IdeaFactory(state=state, author=ada, title=f"Idee {state}")

        expected = {f"Idee {state}" for state in PUBLIC}
        assert set(titles(sam)) == set(titles(as_(ada))) == expected

    def test_before_the_first_idea_it_invites(self, sam):
        page = sam.get(LIST).content.decode()

        assert "Noch keine Idee" in page
        assert reverse("new_idea") in page

    def test_filters_narrow_it_together(self, sam, oberbach):
        field = FieldOfActionFactory(slug="wald")
        wanted = IdeaFactory(title="Waldweg", field=field, whole_alliance=False, state=IdeaState.ADOPTED)
        wanted.municipalities.add(oberbach)
        IdeaFactory(title="Andere", field=field)
        IdeaFactory(title="Dritte", whole_alliance=False).municipalities.add(oberbach)

        assert titles(sam, "?feld=wald&gemeinde=oberbach") == ["Waldweg"]
        assert titles(sam, "?stand=adopted") == ["Waldweg"]
        assert titles(sam, "?feld=wald&stand=published") == ["Andere"]

    def test_values_of_one_filter_add_up(self, sam, oberbach):
        IdeaFactory(title="Dort", whole_alliance=False).municipalities.add(oberbach)
        IdeaFactory(title="Überall", whole_alliance=True)
        IdeaFactory(title="Woanders", whole_alliance=False).municipalities.add(MunicipalityFactory())

        assert set(titles(sam, "?gemeinde=oberbach&gemeinde=allianz")) == {"Dort", "Überall"}

    def test_each_filter_shows_how_many(self, sam, oberbach):
        IdeaFactory(whole_alliance=False, field=FieldOfActionFactory(slug="wald")).municipalities.add(oberbach)
        IdeaFactory(state=IdeaState.SUBMITTED, field=None)

        groups = sam.get(LIST).context["filters"]
        counts = {choice.value: choice.count for group in groups for choice in group.choices}
        assert (counts["published"], counts["wald"], counts["oberbach"], counts["allianz"]) == (1, 1, 1, 0)

    @pytest.mark.parametrize(
        ("order", "expected"),
        [("", "CBA"), ("?ordnung=bewegt", "CBA"), ("?ordnung=neueste", "BAC"), ("?ordnung=unterstuetzt", "ACB")],
    )
    def test_the_order_is_the_chosen_one(self, sam, order, expected):
        start = now()
        IdeaFactory(title="A", support_count=9, moved_at=start, published_at=start + timedelta(hours=2))
        IdeaFactory(title="B", moved_at=start + timedelta(hours=1), published_at=start + timedelta(hours=3))
        IdeaFactory(title="C", support_count=2, moved_at=start + timedelta(hours=2), published_at=start)

        assert "".join(titles(sam, order)) == expected

    def test_words_are_searched_and_keep_the_order(self, sam):
        for title, count in (("Radweg nach Oberbach", 1), ("Zwei Radwege", 5), ("Bücherschrank", 9)):
            index(IdeaFactory(title=title, support_count=count))

        assert titles(sam, "?q=radweg&ordnung=unterstuetzt") == ["Zwei Radwege", "Radweg nach Oberbach"]

    def test_words_without_a_letter_are_answered(self, sam):
        IdeaFactory()

        assert "mindestens ein Wort" in sam.get(LIST, {"q": '"'}).content.decode()

    def test_nothing_found_shows_ways_on(self, sam):
        IdeaFactory()

        page = sam.get(LIST, {"q": "Quastenflosser"}).content.decode()
        assert "Alle Ideen zeigen" in page
        assert reverse("new_idea") in page

    def test_what_is_unknown_is_left_out_and_said(self, sam):
        IdeaFactory(title="Da")

        answer = sam.get(LIST, {"feld": "gibtsnicht", "stand": "draft", "ordnung": "zufall"})
        assert [idea.title for idea, *_ in answer.context["entries"]] == ["Da"]
        assert answer.context["unknown"]

    def test_a_filter_can_be_taken_away(self, sam, oberbach):
        answer = sam.get(LIST, {"q": "Radweg", "gemeinde": "oberbach", "stand": ["published", "adopted"]})

        assert answer.context["chosen"] == [
            ("„Radweg“", "?stand=published&stand=adopted&gemeinde=oberbach"),
            ("Veröffentlicht", "?q=Radweg&stand=adopted&gemeinde=oberbach"),
            ("Angenommen", "?q=Radweg&stand=published&gemeinde=oberbach"),
            ("Oberbach", "?q=Radweg&stand=published&stand=adopted"),
        ]


class TestPages:
    """Page by page through a long list."""

    @pytest.fixture
    def many(self):
        """Forty-five ideas; five share each moment and each number of supporters."""
        start = now()
        return [
            IdeaFactory(
                title=f"{number:02}", moved_at=start - timedelta(hours=number // 5), support_count=9 - number // 5
            )
            for number in range(45)
        ]

    @pytest.mark.parametrize("order", ["bewegt", "unterstuetzt"])
    def test_every_idea_comes_once_there_and_back(self, sam, many, order):
        query, forth = f"?ordnung={order}", []
        for _ in range(5):
            page = sam.get(LIST + query).context["page"]
            forth.append([idea.title for idea in page.rows])
            if not page.after:
                break
            query = f"?ordnung={order}&ab={page.after}"
        back = []
        while page.before:
            page = sam.get(LIST + f"?ordnung={order}&bis={page.before}").context["page"]
            back.append([idea.title for idea in page.rows])

        assert [len(page) for page in forth] == [20, 20, 5]
        assert sorted(title for page in forth for title in page) == [f"{number:02}" for number in range(45)]
        assert back == forth[1::-1]

    def test_an_idea_that_comes_meanwhile_shifts_nothing(self, sam, many):
        first = sam.get(LIST).context["page"]
        IdeaFactory(title="neu", moved_at=now() + timedelta(hours=1))

        second = sam.get(LIST + f"?ab={first.after}").context["page"]
        assert not {idea.pk for idea in first.rows} & {idea.pk for idea in second.rows}

    @pytest.mark.parametrize(
        "mark", ["x", "1", "-", "1-", "-1", "²-1", "9" * 30 + "-1", "1-" + "9" * 30, "9" * 18 + "-1", "1--1", "1-1-1"]
    )
    def test_a_mark_that_is_nonsense_is_the_first_page_or_an_empty_one(self, sam, many, mark):
        assert sam.get(LIST, {"ab": mark}).status_code == 200
        assert sam.get(LIST, {"bis": mark}).status_code == 200


class TestOneIdea:
    """The page of an idea."""

    @pytest.mark.parametrize("state", HIDDEN)
    def test_before_it_is_public_only_author_and_office_see_it(self, state, ada, olga, max, sam, as_):
        idea = IdeaFactory(state=state, author=ada)

        clients = {"sam": sam, "olga": as_(olga), "ada": as_(ada), "max": as_(max)}
        answers = {name: client.get(idea.get_absolute_url()).status_code for name, client in clients.items()}
        assert answers == {"sam": 404, "olga": 404, "ada": 200, "max": 200}

    @pytest.mark.parametrize("state", PUBLIC)
    def test_everybody_reads_a_public_one(self, state, sam):
        idea = IdeaFactory(state=state, title="Mitfahrbank")

        page = sam.get(idea.get_absolute_url()).content.decode()
        assert "Mitfahrbank" in page
        assert idea.reference in page

    def test_of_a_withdrawn_one_that_was_public_the_way_remains(self, sam, ada, as_):
        idea = IdeaFactory(state=IdeaState.WITHDRAWN, author=ada, published_at=now())

        assert sam.get(idea.get_absolute_url()).headers["Location"] == reverse("trail", args=[idea.reference])
        assert as_(ada).get(idea.get_absolute_url()).status_code == 200

    def test_one_that_was_withdrawn_in_review_is_unknown(self, sam):
        assert sam.get(IdeaFactory(state=IdeaState.WITHDRAWN).get_absolute_url()).status_code == 404

    def test_an_unknown_reference_is_unknown(self, sam):
        assert sam.get("/ideen/2026-9999/").status_code == 404

    def test_what_was_promised_and_kept_is_shown(self, sam):
        idea = IdeaFactory()
        Promise.objects.filter(case=idea.case).update(
            made_at="2026-11-02T10:00Z", due_at="2026-11-16T22:59Z", fulfilled_at="2026-11-10T10:00Z"
        )

        page = text_of(sam, idea.get_absolute_url())
        assert "bis 16. November 2026" in page
        assert "10. November 2026" in page

    def test_a_broken_promise_is_shown_as_broken(self, sam):
        idea = IdeaFactory()
        Promise.objects.filter(case=idea.case).update(
            made_at="2026-11-02T10:00Z", due_at="2026-11-16T22:59Z", fulfilled_at="2026-11-20T10:00Z"
        )

        assert "kept--late" in sam.get(idea.get_absolute_url()).content.decode()

    def test_answers_name_body_and_day_and_drafts_stay_hidden(self, sam):
        idea = IdeaFactory(state=IdeaState.ADOPTED)
        AnswerFactory(
            idea=idea, published=True, leads_to="adopted", body="steering_group", decided_on="2026-11-12",
            html="<p>So machen wir es.</p>",
        )  # fmt: skip
        AnswerFactory(idea=idea, html="<p>Entwurf der Antwort</p>")

        page = text_of(sam, idea.get_absolute_url())
        assert "So machen wir es." in page
        assert "12. November 2026" in page
        assert "Entwurf der Antwort" not in page

    def test_the_author_reads_the_question_and_finds_the_way_to_answer(self, ada, as_):
        idea = IdeaFactory(state=IdeaState.RETURNED, author=ada)
        ReviewFactory(idea=idea, outcome="returned", text="Wo genau soll sie stehen?")

        page = as_(ada).get(idea.get_absolute_url()).content.decode()
        assert "Wo genau soll sie stehen?" in page
        assert reverse("correct_idea", args=[idea.reference]) in page
        assert reverse("withdraw_idea", args=[idea.reference]) in page

    def test_nobody_else_reads_what_the_office_wrote_to_the_author(self, sam, olga, as_):
        idea = IdeaFactory()
        ReviewFactory(idea=idea, outcome="returned", text="Wo genau soll sie stehen?")

        for client in (sam, as_(olga)):
            assert "Wo genau" not in client.get(idea.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("state", [state for state in IdeaState if state != IdeaState.DRAFT])
    def test_the_author_may_withdraw_while_no_body_has_it(self, state, ada, as_):
        idea = IdeaFactory(state=state, author=ada)

        page = as_(ada).get(idea.get_absolute_url()).content.decode()
        offered = reverse("withdraw_idea", args=[idea.reference]) in page
        assert offered == LIFECYCLE.may_follow(state, IdeaState.WITHDRAWN)

    def test_a_title_is_escaped(self, sam):
        idea = IdeaFactory(title="<script>alert(1)</script>")

        for address in (idea.get_absolute_url(), LIST, "/"):
            assert "<script>alert(1)" not in sam.get(address).content.decode()


class TestVersions:
    """How the words changed."""

    @pytest.fixture
    def idea(self, ada):
        idea = IdeaFactory(author=ada, title="Mitfahrbank am Bahnhof", text="Eine Bank am Bahnhof hilft.", version=2)
        IdeaVersion.objects.filter(idea=idea).delete()
        for number, title, text in ((1, "Mitfahrbank", "Eine Bank hilft."), (2, idea.title, idea.text)):
            IdeaVersion.objects.create(idea=idea, number=number, title=title, text=text, at=now())
        return idea

    def test_what_changed_is_marked_word_by_word(self, sam, idea):
        page = sam.get(reverse("idea_versions", args=[idea.reference])).content.decode()

        assert "neu: </span>am Bahnhof " in page
        assert page.count("<ins>") == 2

    def test_the_page_of_the_idea_leads_there(self, sam, idea):
        assert reverse("idea_versions", args=[idea.reference]) in sam.get(idea.get_absolute_url()).content.decode()

    def test_versions_of_what_one_may_not_read_are_unknown(self, sam):
        idea = IdeaFactory(state=IdeaState.SUBMITTED)

        assert sam.get(reverse("idea_versions", args=[idea.reference])).status_code == 404


class TestQueries:
    """Lists stay flat."""

    @pytest.fixture
    def busy(self, oberbach):
        def make(ideas, comments):
            rows = [IdeaFactory(whole_alliance=False) for _ in range(ideas)]
            for idea in rows:
                idea.municipalities.add(oberbach)
                index(idea)
            people = [CommentFactory(case=rows[0].case) for _ in range(min(comments, 3))]
            if people:
                Comment.objects.bulk_create(
                    Comment(case=rows[0].case, author=people[0].author, text="x", html="<p>x</p>", posted_at=now(),
                            parent=people[number % 3] if number % 2 else None)
                    for number in range(comments - len(people))
                )  # fmt: skip
            SupportFactory(idea=rows[0])
            return rows

        return make

    @pytest.mark.parametrize("ideas", [1, 30])
    def test_the_list(self, ideas, busy, sam, ada, as_, django_assert_max_num_queries):
        busy(ideas, 0)
        client = as_(ada)

        client.get(LIST)  # the first request of a session writes a row
        for query in ("", "?q=mitfahrbank", "?gemeinde=oberbach&ordnung=neueste"):
            with django_assert_max_num_queries(12):
                sam.get(LIST + query)
            with django_assert_max_num_queries(16):
                client.get(LIST + query)

    @pytest.mark.parametrize("comments", [0, 200])
    def test_an_idea(self, comments, busy, sam, ada, max, as_, django_assert_max_num_queries):
        idea = busy(1, comments)[0]
        clients = [(12, sam), (16, as_(ada)), (16, as_(max))]

        for most, client in clients:
            client.get(LIST)  # the first request of a session writes a row
            with django_assert_max_num_queries(most):
                client.get(idea.get_absolute_url())

    def test_the_start_page(self, busy, sam, ada, as_, django_assert_max_num_queries):
        busy(30, 0)
        client = as_(ada)
        client.get("/")

        with django_assert_max_num_queries(12):
            sam.get("/")
        with django_assert_max_num_queries(16):
            client.get("/")
