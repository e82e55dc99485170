"""Ideas, comments and ways for other programs: what a stranger reads on the pages, and not more."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from participation.core.clock import now
from participation.core.hiding import hide, show_again
from participation.discussion.operations import withdraw_comment
from participation.events.kinds import Kind
from participation.ideas.models import Idea
from participation.ideas.operations.merging import merge_idea
from participation.ideas.operations.writing import withdraw_idea
from participation.ideas.search import index
from participation.ideas.states import PUBLIC, IdeaState
from participation.promises.models import Promise
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AnswerFactory,
    CommentFactory,
    EventFactory,
    FieldOfActionFactory,
    IdeaFactory,
    MunicipalityFactory,
    SupportFactory,
)
from tests.files import AttachmentFactory, FolderFactory

pytestmark = pytest.mark.django_db
IDEAS, COMMENTS = "/api/v1/ideas/", "/api/v1/comments/"


def shown(client, idea):
    return client.get(f"{IDEAS}{idea.reference}/").json()


def found(client, address, key="reference"):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return [row[key] for row in answer.json()["results"]]


def refused(client, address):
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 400
    return answer.json()["parameter"], answer.json()["detail"]


def trail(client, idea):
    return client.get(f"{IDEAS}{idea.reference}/trail/", headers={"accept-language": "en"})


class TestIdeas:
    """The list and one of it."""

    def test_only_public_ones_are_there(self, sam):
        ideas = {state: IdeaFactory(state=state) for state in IdeaState if state != IdeaState.MERGED}
        hidden = IdeaFactory()
        hide(hidden, "rude")

        assert set(found(sam, IDEAS)) == {ideas[state].reference for state in PUBLIC}
        for idea in (hidden, *(ideas[state] for state in ideas if state not in PUBLIC and state != "draft")):
            assert sam.get(f"{IDEAS}{idea.reference}/").status_code == 404

    def test_nobody_sees_more_for_being_signed_in(self, as_, mia, ada):
        mine = IdeaFactory(author=ada, state=IdeaState.SUBMITTED)

        for person in (mia, ada):
            assert as_(person).get(f"{IDEAS}{mine.reference}/").status_code == 404
            assert found(as_(person), IDEAS) == []

    def test_one_is_told_with_all_that_its_page_shows(self, sam, ada, olga):
        places = [MunicipalityFactory(name=name, slug=name.lower()) for name in ("Oberbach", "Krombach")]
        idea = IdeaFactory(author=ada, field__slug="mobilitaet", whole_alliance=False, place="Bushaltestelle",
                           case__reference="1999-0042")  # fmt: skip
        idea.municipalities.set(places)
        CoAuthorFactory(idea=idea, state="accepted", actor=olga)
        CoAuthorFactory(idea=idea, email="paul@post.example")
        SupportFactory(idea=idea)
        CommentFactory(case=idea.case)
        AnswerFactory(idea=idea, published=True, leads_to="adopted", body="council", decided_on="2026-11-03")
        AnswerFactory(idea=idea)

        said = shown(sam, idea)

        assert found(sam, IDEAS) == ["1999-0042"]
        assert (said["authors"], said["field"], said["municipalities"]) == (
            ["Ada", "Olga"], "mobilitaet", ["krombach", "oberbach"],
        )  # fmt: skip
        assert (said["supporters"], said["comments"], said["place"]) == (1, 1, "Bushaltestelle")
        (answer,) = said["answers"]
        assert (answer["leads_to"], answer["body"], answer["decided_on"]) == ("adopted", "council", "2026-11-03")
        assert said["url"] == "http://127.0.0.1:8000/ideen/1999-0042/"
        assert said["trail_url"] == "http://127.0.0.1:8000/api/v1/ideas/1999-0042/trail/"
        assert said["comments_url"] == "http://127.0.0.1:8000/api/v1/comments/?idea=1999-0042"
        assert sam.get(IDEAS).json()["results"] == [said]

    def test_people_are_called_as_on_the_page(self, sam, ada):
        idea = IdeaFactory(author=None)
        CoAuthorFactory(idea=idea, state="accepted", actor=ada)
        hide(ada, "rude")

        said = sam.get(f"{IDEAS}{idea.reference}/", headers={"accept-language": "en"}).json()
        assert said["authors"] == ["former actor", "Hidden profile"]

    def test_a_merged_one_is_named_by_the_one_that_stands_for_it(self, sam, ada, max):
        source, target = IdeaFactory(author=ada), IdeaFactory()
        merge_idea(source, target, version=1, by=max)

        assert shown(sam, target)["took_in"] == [{"reference": source.reference, "authors": ["Ada"]}]
        assert sam.get(f"{IDEAS}{source.reference}/").status_code == 404

    def test_of_a_hidden_file_only_a_line_is_left(self, sam):
        folder = FolderFactory()
        idea = IdeaFactory(folder=folder)
        AttachmentFactory(folder=folder, position=1, name="bank.webp")
        hidden = AttachmentFactory(folder=folder, position=2, name="geheim.webp", alt="geheim")
        hide(hidden, "rude")
        AttachmentFactory(folder=folder, position=3, name="wartet.webp", state="waiting", media_type="")

        first, second = shown(sam, idea)["files"]

        assert first["url"].endswith("/bank.webp")
        left = {name: value for name, value in second.items() if value is not None}
        assert left.keys() == {"kind", "hidden_at", "hidden_reason"}

    def test_a_point_is_told_only_where_the_page_shows_a_map(self, sam, settings):
        idea = IdeaFactory(latitude="50.1234567", longitude="10.2")
        settings.TILE_URL = ""
        assert shown(sam, idea)["point"] is None

        settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"

        assert shown(sam, idea)["point"] == {"latitude": 50.12346, "longitude": 10.2}


class TestFilters:
    """What the list can be asked."""

    def test_by_state_field_and_municipality_several_values_mean_any(self, sam):
        place = MunicipalityFactory(slug="oberbach")
        one = IdeaFactory(field__slug="mobilitaet", whole_alliance=False)
        one.municipalities.add(place)
        two = IdeaFactory(field__slug="energie", state=IdeaState.ADOPTED)
        IdeaFactory(field__slug="natur", state=IdeaState.REALISED, whole_alliance=False)
        both = {one.reference, two.reference}

        assert found(sam, f"{IDEAS}?state=adopted") == [two.reference]
        assert set(found(sam, f"{IDEAS}?state=adopted&state=published")) == both
        assert found(sam, f"{IDEAS}?field=mobilitaet") == [one.reference]
        assert set(found(sam, f"{IDEAS}?field=mobilitaet&field=energie")) == both
        assert found(sam, f"{IDEAS}?municipality=oberbach") == [one.reference]
        assert set(found(sam, f"{IDEAS}?municipality=oberbach&municipality=allianz")) == both
        assert found(sam, f"{IDEAS}?municipality=oberbach&state=adopted") == []

    def test_by_words_as_on_the_page(self, sam):
        idea = IdeaFactory(text="Ein Radweg am Fluss")
        index(idea)
        IdeaFactory()

        assert found(sam, f"{IDEAS}?q=Radwege") == [idea.reference]
        assert found(sam, f"{IDEAS}?q=...") == []
        assert len(found(sam, f"{IDEAS}?q=")) == 2

    def test_by_the_moment_of_publication(self, sam):
        early = IdeaFactory(created_at=datetime(2026, 3, 1, 22, 59, tzinfo=UTC))
        late = IdeaFactory(created_at=datetime(2026, 3, 1, 23, 0, tzinfo=UTC))

        assert found(sam, f"{IDEAS}?published_since=2026-03-01T22:59:00Z") == [late.reference, early.reference]
        assert found(sam, f"{IDEAS}?published_since=2026-03-01T23:59:01%2B01:00") == [late.reference]
        assert found(sam, f"{IDEAS}?published_since=2026-03-02") == [late.reference]  # midnight in the region
        assert found(sam, f"{IDEAS}?published_since=9999-12-31T23:59:60-23:59") == []
        assert len(found(sam, f"{IDEAS}?published_since=0001-01-01T00:00:00%2B23:59")) == 2

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("state=draft", "There are: published, "), ("state=", "There are: published, "),
            ("field=nichts", "There are: energie."), ("municipality=nichts", "There are: allianz, oberbach."),
            ("municipality=allianz&municipality=%F0%9F%98%80", "There are: allianz, oberbach."),
            ("order=moved", "There are: -published, published, changed."), ("order=", "There are: -published"),
            ("published_since=gestern", "2026-11-03T10:00:00Z"), ("changed_since=2026-02-30", "2026-11-03T10:00:00Z"),
            ("changed_since=", "2026-11-03T10:00:00Z"), ("changed_since=2026-01-01T10:00:00", "2026-11-03"),
            ("published_since=2026-01-01T10:00:00 01:00", "2026-11-03"), ("changed_since=18446744073709551616", "2026"),
            ("published_since=2026-01-01T25:00:00Z", "2026"), ("published_since=%D9%A2026-01-01", "2026"),
            ("published_since=0000-01-01", "2026"), ("q=" + "x" * 101, "at most 100 characters"),
        ],
    )  # fmt: skip
    def test_a_value_that_does_not_exist_is_refused(self, sam, query, words):
        FieldOfActionFactory(slug="energie")
        MunicipalityFactory(slug="oberbach")

        name, detail = refused(sam, f"{IDEAS}?{query}")

        assert name == query.partition("=")[0]
        assert detail.startswith(f"Please look at the parameter “{name}”: ")
        assert words in detail


class TestChanges:
    """What changed comes later in the order of changes."""

    DAY = datetime(2026, 5, 4, 10, tzinfo=UTC)

    @pytest.mark.parametrize(
        "kind",
        [Kind.IDEA_ANSWERED, Kind.IDEA_SHOWN_AGAIN, Kind.IDEA_TOOK_IN, Kind.COAUTHOR_LEFT, Kind.ATTACHMENT_HIDDEN],
    )
    def test_what_the_page_shows_counts(self, sam, kind):
        first, second = (IdeaFactory(created_at=self.DAY + timedelta(hours=hour)) for hour in (0, 1))
        assert found(sam, f"{IDEAS}?order=changed") == [first.reference, second.reference]

        EventFactory(kind=kind, case=first.case, at=self.DAY + timedelta(hours=2))

        assert found(sam, f"{IDEAS}?order=changed") == [second.reference, first.reference]
        assert found(sam, f"{IDEAS}?changed_since=2026-05-04T11:30:00Z") == [first.reference]
        assert shown(sam, first)["changed_at"] == "2026-05-04T12:00:00Z"

    @pytest.mark.parametrize("kind", [Kind.CASE_TAKEN, Kind.COMMENT_WRITTEN, Kind.COAUTHOR_INVITED])
    def test_what_only_the_office_or_others_do_does_not(self, sam, kind):
        idea = IdeaFactory(created_at=self.DAY)
        EventFactory(kind=kind, case=idea.case, at=self.DAY + timedelta(hours=2))

        assert shown(sam, idea)["changed_at"] == "2026-05-04T10:00:00Z"


class TestComments:
    """What was said about public ideas."""

    def test_each_is_told_as_its_page_shows_it(self, sam, ada):
        AllianceFactory(office_label="Geschäftsstelle")
        idea = IdeaFactory(case__reference="1999-0042")
        top = CommentFactory(case=idea.case, author=ada, text="Gut", html="<p>Gut</p>")
        reply = CommentFactory(case=idea.case, parent=top, in_office=True)

        answer, said = sam.get(COMMENTS).json()["results"]

        assert (said["id"], said["idea"], said["parent"], said["author"]) == (top.pk, "1999-0042", None, "Ada")
        assert (said["state"], said["html"]) == ("visible", "<p>Gut</p>")
        assert said["url"] == f"http://127.0.0.1:8000/ideen/1999-0042/#comment-{top.pk}"
        assert (answer["id"], answer["parent"], answer["author"]) == (reply.pk, top.pk, "Geschäftsstelle")
        assert sam.get(f"{COMMENTS}{top.pk}/").json() == said

    def test_of_a_removed_and_a_hidden_one_only_a_line_is_left(self, sam, ada):
        idea = IdeaFactory()
        removed, hidden = (CommentFactory(case=idea.case, author=ada, text="geheim", html="geheim") for _ in "12")
        withdraw_comment(removed, by=ada)
        hide(hidden, "rude")

        line, other = sam.get(f"{COMMENTS}?order=published").json()["results"]

        assert (line["state"], line["author"], line["html"], line["hidden_at"]) == ("removed", None, None, None)
        assert line["removed_at"]
        assert (other["state"], other["author"], other["html"], other["hidden_reason"]) == (
            "hidden", None, None, "rude",
        )  # fmt: skip
        assert "geheim" not in str([line, other])
        assert "Ada" not in str([line, other])

    def test_of_one_that_was_hidden_and_then_removed_the_page_says_only_the_last(self, sam, ada):
        comment = CommentFactory(case=IdeaFactory().case, author=ada)
        hide(comment, "rude")
        comment.refresh_from_db()
        withdraw_comment(comment, by=ada)

        said = sam.get(f"{COMMENTS}{comment.pk}/").json()

        assert (said["state"], said["hidden_at"], said["hidden_reason"]) == ("removed", None, None)

    def test_those_on_what_is_not_public_are_not_there(self, sam, ada):
        withdrawn, hidden = IdeaFactory(author=ada), IdeaFactory()
        comments = [CommentFactory(case=idea.case) for idea in (withdrawn, hidden)]
        withdraw_idea(withdrawn, by=ada)
        hide(hidden, "rude")

        assert found(sam, COMMENTS, "id") == []
        assert {sam.get(f"{COMMENTS}{comment.pk}/").status_code for comment in comments} == {404}

    def test_they_are_filtered_by_idea_and_moment(self, sam):
        with time_machine.travel(datetime(2026, 5, 4, 10, tzinfo=UTC), tick=False):
            early = CommentFactory()
        with time_machine.travel(datetime(2026, 5, 5, 10, tzinfo=UTC), tick=False):
            late = CommentFactory()
        reference = early.case.reference

        assert found(sam, f"{COMMENTS}?idea={reference}", "id") == [early.pk]
        assert found(sam, f"{COMMENTS}?published_since=2026-05-05", "id") == [late.pk]
        with time_machine.travel(datetime(2026, 5, 6, 10, tzinfo=UTC), tick=False):
            hide(early, "rude")
        assert found(sam, f"{COMMENTS}?changed_since=2026-05-06&order=changed", "id") == [early.pk]
        assert found(sam, f"{COMMENTS}?order=changed", "id") == [late.pk, early.pk]

    def test_an_idea_that_is_not_public_is_unknown(self, sam):
        idea = IdeaFactory(state=IdeaState.SUBMITTED)

        assert refused(sam, f"{COMMENTS}?idea={idea.reference}")[0] == "idea"
        assert refused(sam, f"{COMMENTS}?idea=%F0%9F%98%80") == (
            "idea", "Please look at the parameter “idea”: there is no such value.",
        )  # fmt: skip


class TestTrails:
    """The way of an idea."""

    def test_it_tells_stations_and_lines_and_names_nobody(self, sam, ada):
        idea = IdeaFactory(author=ada)
        for kind in (Kind.IDEA_SUBMITTED, Kind.CASE_TAKEN, Kind.IDEA_PUBLISHED):
            EventFactory(kind=kind, case=idea.case, by=ada)

        said = trail(sam, idea).json()

        assert [line["kind"] for line in said["lines"]] == ["idea_submitted", "idea_published"]
        assert said["lines"][1]["text"] == "The office published the idea."
        assert [station["state"] for station in said["stations"]] == ["done", "here", *["ahead"] * 4]
        assert said["stations"][0]["at"]
        assert (said["title"], said["is_readable"]) == (idea.title, True)
        assert "Ada" not in str(said)

    def test_a_put_off_answer_says_until_when_and_why(self, sam):
        idea = IdeaFactory()
        promise = Promise.objects.get(case=idea.case)
        extension = promise.extensions.create(
            former_due_at=promise.due_at, due_at=promise.due_at + timedelta(days=7), reason="Ferien", at=now()
        )
        EventFactory(kind=Kind.PROMISE_EXTENDED, case=idea.case, facts={"extension": extension.pk})

        (line,) = trail(sam, idea).json()["lines"]

        assert line["reason"] == "Ferien"
        assert line["put_off_until"]

    def test_it_stays_without_the_title_when_the_idea_is_gone(self, sam, ada):
        withdrawn, hidden = IdeaFactory(author=ada, title="Geheim"), IdeaFactory(title="Geheim")
        withdraw_idea(withdrawn, by=ada)
        hide(hidden, "rude")

        for idea, state in ((withdrawn, "withdrawn"), (hidden, "published")):
            said = trail(sam, idea).json()
            assert (said["state"], said["title"], said["is_readable"]) == (state, None, False)
            assert "Geheim" not in str(said)
        assert said["hidden_reason"] == "rude"
        show_again(hidden)
        assert trail(sam, hidden).json()["title"] == "Geheim"

    def test_of_a_merged_one_it_says_what_stands_for_it(self, sam, max):
        source, target = IdeaFactory(), IdeaFactory()
        merge_idea(source, target, version=1, by=max)

        assert trail(sam, source).json()["merged_into"] == target.reference

    def test_of_one_that_was_never_public_there_is_none(self, sam, as_, mia):
        idea = IdeaFactory(state=IdeaState.SUBMITTED)

        assert trail(sam, idea).status_code == trail(as_(mia), idea).status_code == 404
        assert sam.get(f"{IDEAS}{'x' * 3000}/trail/").status_code == 404

    def test_it_takes_no_parameters(self, sam):
        assert refused(sam, f"{IDEAS}{IdeaFactory().reference}/trail/?order=changed")[0] == "order"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(IDEAS, 7), (COMMENTS, 1)])
def test_lists_cost_the_same_however_long(sam, count, address, queries, django_assert_num_queries):
    for _time in range(count):
        idea = IdeaFactory(folder=FolderFactory())
        AttachmentFactory(folder=idea.folder)
        AnswerFactory(idea=idea, published=True)
        CommentFactory(case=idea.case)
        CoAuthorFactory(idea=idea, state="accepted", actor=ActorFactory())
    assert Idea.objects.count() == count

    with django_assert_num_queries(queries):
        sam.get(address)
