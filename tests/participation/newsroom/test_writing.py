"""Writing outcomes: drafts of the office, their picture, corrections of what is public."""

import pytest
from django.db import IntegrityError, transaction

from participation.attachments.models import Attachment
from participation.attachments.operations import prepare_waiting, purge_folders
from participation.attachments.queries import files_of
from participation.core.clock import now
from participation.core.errors import NotAllowed, Outdated
from participation.core.hiding import hide, show_again
from participation.events.kinds import CaseKind, Kind
from participation.events.models import Case, Event
from participation.events.queries import led_to
from participation.newsroom.models import Outcome, OutcomeVersion
from participation.newsroom.operations.pictures import NotDescribed
from participation.newsroom.operations.publishing import publish_outcome
from participation.newsroom.operations.writing import (
    DOUBLE_CLICK,
    NothingSaid,
    begin_outcome,
    change_outcome,
    correct_outcome,
    discard_outcome,
)
from tests import files
from tests.factories import IdeaFactory
from tests.house.world import snapshot
from tests.newsroom_factories import OutcomeFactory

OTHERS = ["ada", "eva", "otto", "ale", "root", "fritz"]
WORDS = {"title": "Die Bank steht", "text": "Am **Ortsrand**, seit heute."}


@pytest.fixture
def idea(ada):
    return IdeaFactory(author=ada)


@pytest.fixture
def draft(ivo, idea):
    return begin_outcome(by=ivo, cases=[idea.case], **WORDS)


@pytest.fixture
def public(mia, idea):
    return OutcomeFactory(author=mia, title="Die Bank steht", ideas=[idea])


def upload(colour=files.GREEN, name="Bank.jpg"):
    return files.sent(files.picture(colour=colour), name)


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


class TestDrafts:
    @pytest.mark.parametrize("who", ["ivo", "max", "mia"])
    def test_everybody_in_the_office_begins_one(self, who, request, idea):
        person = request.getfixturevalue(who)

        outcome = begin_outcome(by=person, cases=[idea.case], **WORDS)

        assert (outcome.author, outcome.state, outcome.version) == (person, "draft", 1)
        assert outcome.html == "<p>Am <strong>Ortsrand</strong>, seit heute.</p>\n"
        assert list(outcome.cases.all()) == [idea.case]

    @pytest.mark.parametrize("who", OTHERS)
    def test_nobody_else_writes(self, who, request, draft):
        person, before = request.getfixturevalue(who), snapshot()

        for attempt in (
            lambda: begin_outcome(by=person, **WORDS),
            lambda: change_outcome(draft, version=1, by=person, **WORDS),
            lambda: discard_outcome(draft, version=1, by=person),
        ):
            with pytest.raises(NotAllowed):
                attempt()

        assert snapshot() == before

    def test_a_double_click_is_one_draft_and_the_same_words_later_are_another(self, draft, ivo, mia):
        assert begin_outcome(by=ivo, **WORDS) == draft
        assert begin_outcome(by=mia, **WORDS) != draft
        assert begin_outcome(by=ivo, title="Eine andere", text=WORDS["text"]) != draft
        assert begin_outcome(by=ivo, title=WORDS["title"], text="Anders.") != draft

        Outcome.objects.update(created_at=now() - DOUBLE_CLICK)

        assert begin_outcome(by=ivo, **WORDS) != draft

    def test_the_same_words_as_something_public_are_a_new_draft(self, public):
        again = begin_outcome(by=public.author, title=public.title, text=public.text)

        assert again.is_draft

    def test_it_is_changed_whole(self, draft, mia):
        other = IdeaFactory()

        change_outcome(draft, version=1, by=mia, title="Zwei Bänke", text="Zwei.", cases=[other.case])

        draft = Outcome.objects.get()
        assert (draft.title, draft.html, draft.version) == ("Zwei Bänke", "<p>Zwei.</p>\n", 2)
        assert list(draft.cases.all()) == [other.case]

    def test_an_idea_that_is_hidden_at_the_moment_stays_linked(self, draft, idea, mia):
        other = IdeaFactory()
        hide(idea, "rude")

        change_outcome(draft, version=1, by=mia, cases=[other.case], **WORDS)

        assert set(draft.cases.all()) == {idea.case, other.case}

    def test_who_saw_an_older_version_changes_and_discards_nothing(self, draft, mia):
        change_outcome(draft, version=1, by=mia, **WORDS)
        before = snapshot()

        with pytest.raises(Outdated):
            change_outcome(draft, version=1, by=mia, title="x", text="y")
        with pytest.raises(Outdated):
            discard_outcome(draft, version=1, by=mia)

        assert snapshot() == before

    @pytest.mark.parametrize("state", ["scheduled", "published", "withdrawn"])
    def test_what_is_released_is_no_draft_any_more(self, state, mia):
        outcome = OutcomeFactory(state=state)
        before = snapshot()

        with pytest.raises(Outdated):
            change_outcome(outcome, version=1, by=mia, **WORDS)
        with pytest.raises(Outdated):
            discard_outcome(outcome, version=1, by=mia)

        assert snapshot() == before

    def test_only_this_draft_is_changed(self, draft, ivo):
        other = begin_outcome(by=ivo, title="Eine andere", text="Anders.")

        change_outcome(draft, version=1, by=ivo, **WORDS)

        other.refresh_from_db()
        assert (other.title, other.version) == ("Eine andere", 1)

    def test_only_this_draft_is_discarded(self, draft, ivo):
        other = begin_outcome(by=ivo, title="Eine andere", text="Anders.")

        discard_outcome(draft, version=1, by=ivo)

        assert list(Outcome.objects.all()) == [other]

    def test_writing_tells_nobody(self, draft, ivo):
        change_outcome(draft, version=1, by=ivo, **WORDS)
        discard_outcome(draft, version=2, by=ivo)

        assert kinds() == []
        assert not Case.objects.filter(kind=CaseKind.OUTCOME).exists()


class TestPicture:
    def test_it_is_made_harmless_and_described(self, ivo):
        outcome = begin_outcome(by=ivo, upload=upload(), alt="Eine Bank", **WORDS)
        prepare_waiting()

        picture = files_of(outcome.folder_id).get()
        assert (picture.alt, picture.owner, picture.is_ready) == ("Eine Bank", ivo, True)
        assert picture.media_type == "image/jpeg"

    def test_without_words_it_is_not_taken(self, draft, ivo):
        before = snapshot()

        with pytest.raises(NotDescribed):
            begin_outcome(by=ivo, upload=upload(), title="Neu", text="Neu.")
        with pytest.raises(NotDescribed):
            change_outcome(draft, version=1, by=ivo, upload=upload(), **WORDS)

        assert snapshot() == before

    def test_another_one_takes_its_place(self, draft, ivo):
        change_outcome(draft, version=1, by=ivo, upload=upload(), alt="Eine Bank", **WORDS)

        change_outcome(draft, version=2, by=ivo, upload=upload("red", "Rot.jpg"), alt="Eine rote Bank", **WORDS)

        assert [(row.name, row.alt) for row in files_of(draft.folder_id)] == [("Rot.jpg", "Eine rote Bank")]

    def test_it_is_described_anew_and_never_without_words(self, draft, ivo):
        change_outcome(draft, version=1, by=ivo, upload=upload(), alt="Eine Bank", **WORDS)

        change_outcome(draft, version=2, by=ivo, alt="Eine grüne Bank", **WORDS)
        with pytest.raises(NotDescribed):
            change_outcome(draft, version=3, by=ivo, alt="", **WORDS)

        assert files_of(draft.folder_id).get().alt == "Eine grüne Bank"

    def test_it_can_be_taken_away(self, draft, ivo):
        change_outcome(draft, version=1, by=ivo, upload=upload(), alt="Eine Bank", **WORDS)

        change_outcome(draft, version=2, by=ivo, drop=True, **WORDS)

        assert not Attachment.objects.exists()

    def test_the_hourly_task_leaves_it_and_takes_that_of_a_draft_that_is_gone(self, draft, ivo):
        kept = begin_outcome(by=ivo, upload=upload(), alt="Eine Bank", title="Eine andere", text="Anders.")
        change_outcome(draft, version=1, by=ivo, upload=upload("red"), alt="Rot", **WORDS)
        discard_outcome(draft, version=2, by=ivo)

        assert purge_folders() == 1
        assert [row.folder_id for row in Attachment.objects.all()] == [kept.folder_id]


class TestCorrecting:
    def test_it_is_a_new_version_with_a_word_for_everybody(self, public, max):
        correct_outcome(public, version=1, note="Der Ort war falsch.", by=max, cases=public.cases.all(), **WORDS)

        public.refresh_from_db()
        rows = OutcomeVersion.objects.order_by("number").values_list("number", "text", "note", "by")
        assert list(rows) == [
            (1, "Seit heute steht sie am Ortsrand.", "", public.author_id),
            (2, WORDS["text"], "Der Ort war falsch.", max.pk),
        ]
        assert (public.version, public.title, public.is_public) == (2, "Die Bank steht", True)
        assert public.corrected_at == public.changed_at
        assert kinds() == [Kind.OUTCOME_CORRECTED]
        event = Event.objects.get()
        assert (event.case, event.role, event.facts) == (public.case, "moderator", {"outcome": public.pk, "version": 2})

    def test_title_of_the_case_and_the_ideas_it_tells_of_follow(self, public, idea, mia):
        other = IdeaFactory()
        words = {"title": "Zwei Bänke", "text": "Zwei.", "cases": [other.case]}

        correct_outcome(public, version=1, note="Es war die andere Idee.", by=mia, **words)

        assert [case.title for case in led_to(other.case, CaseKind.OUTCOME)] == ["Zwei Bänke"]
        assert list(led_to(idea.case, CaseKind.OUTCOME)) == []
        told = list(Event.objects.order_by("pk").values_list("kind", "case"))
        assert told == [
            (Kind.OUTCOME_UNLINKED, idea.case_id), (Kind.OUTCOME_LINKED, other.case_id),
            (Kind.OUTCOME_CORRECTED, public.case_id),
        ]  # fmt: skip

    def test_what_stays_linked_is_not_told_again(self, public, idea, mia):
        correct_outcome(public, version=1, note="Ein Wort.", by=mia, cases=[idea.case], **WORDS)

        assert kinds() == [Kind.OUTCOME_CORRECTED]

    def test_an_idea_that_is_hidden_at_the_moment_stays_linked_and_nothing_is_said_of_it(self, public, idea, mia):
        other = IdeaFactory()
        hide(idea, "rude")

        correct_outcome(public, version=1, note="Ein Wort.", by=mia, cases=[other.case], **WORDS)

        assert set(public.cases.all()) == {idea.case, other.case}
        assert [led_to(one.case, CaseKind.OUTCOME).count() for one in (idea, other)] == [1, 1]
        assert kinds() == [Kind.OUTCOME_LINKED, Kind.OUTCOME_CORRECTED]

    def test_an_idea_that_was_hidden_when_it_was_published_is_linked_once_it_is_shown(self, ivo, idea, mia):
        draft = begin_outcome(by=ivo, cases=[idea.case], **WORDS)
        hide(idea, "rude")
        publish_outcome(draft, version=1, by=mia)
        correct_outcome(draft, version=1, note="Ein Wort.", by=mia, **WORDS)
        before = led_to(idea.case, CaseKind.OUTCOME).count()
        show_again(idea)

        correct_outcome(draft, version=2, note="Noch eins.", by=mia, cases=[idea.case], **WORDS)

        assert (before, led_to(idea.case, CaseKind.OUTCOME).count()) == (0, 1)

    def test_the_picture_can_go_with_it(self, public, mia):
        correct_outcome(public, version=1, note="Mit Bild.", by=mia, upload=upload(), alt="Eine Bank", **WORDS)
        correct_outcome(public, version=2, note="Ohne Bild.", by=mia, drop=True, **WORDS)

        assert not Attachment.objects.exists()

    @pytest.mark.parametrize("who", ["ivo", *OTHERS])
    def test_only_managers_and_moderators_correct(self, who, request, public):
        person, before = request.getfixturevalue(who), snapshot()

        with pytest.raises(NotAllowed):
            correct_outcome(public, version=1, note="x", by=person, **WORDS)

        assert snapshot() == before

    def test_not_without_a_word_and_not_over_somebody_else(self, public, mia):
        before = snapshot()

        with pytest.raises(NothingSaid):
            correct_outcome(public, version=1, note="", by=mia, **WORDS)
        with pytest.raises(Outdated):
            correct_outcome(public, version=2, note="x", by=mia, **WORDS)

        assert snapshot() == before

    @pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
    def test_only_what_is_public(self, state, mia):
        outcome = OutcomeFactory(state=state)
        before = snapshot()

        with pytest.raises(Outdated):
            correct_outcome(outcome, version=1, note="x", by=mia, **WORDS)

        assert snapshot() == before

    def test_only_this_one(self, public, mia):
        other = OutcomeFactory()

        correct_outcome(public, version=1, note="x", by=mia, **WORDS)

        other.refresh_from_db()
        assert other.version == 1


def test_the_database_takes_no_half_states(public):
    for fields in (
        {"state": "draft"},
        {"publish_at": now()},
        {"slug": None},
        {"withdrawn_at": now()},
        {"state": "withdrawn"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.filter(pk=public.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeVersion.objects.create(outcome=public, number=2, title="x", text="y", note="", at=now())
