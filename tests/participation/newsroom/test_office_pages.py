"""The office's pages of outcomes: forms, releases, double clicks, and what somebody else did meanwhile."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from participation.attachments.kinds import MOST_BYTES
from participation.core.clock import now
from participation.core.hiding import hide
from participation.newsroom.models import Outcome
from tests import files
from tests.factories import IdeaFactory
from tests.house.world import snapshot
from tests.newsroom_factories import OutcomeFactory

NEW = "/geschaeftsstelle/ergebnisse/neu/"
WORDS = {"title": "Die Bank steht", "text": "Seit heute."}


@pytest.fixture
def draft(ivo):
    return OutcomeFactory(state="draft", author=ivo, title="Die Bank steht", text="Seit heute.")


def at(name, row):
    return reverse(name, args=[row.pk])


def picture(name="Bank.png"):
    return files.sent(files.picture(form="PNG"), name)


class TestWriting:
    def test_an_intern_writes_with_picture_and_ideas(self, as_, ivo):
        ideas = [IdeaFactory(case__reference=f"2026-000{number}") for number in (1, 2)]
        sent = {**WORDS, "ideas": "2026-0002; 2026-0001,2026-0002", "picture": picture(), "alt": "Eine Bank"}

        answer = as_(ivo).post(NEW, sent)

        outcome = Outcome.objects.get()
        assert answer.url == at("office_outcome", outcome)
        assert set(outcome.cases.all()) == {idea.case for idea in ideas}
        assert outcome.folder.files.get().alt == "Eine Bank"

    def test_a_link_from_an_idea_fills_its_number_in(self, as_, ivo):
        assert as_(ivo).get(f"{NEW}?idee=2026-0042").context["form"]["ideas"].value() == "2026-0042"

    def test_a_double_click_writes_one(self, as_, ivo):
        for _click in range(2):
            assert as_(ivo).post(NEW, WORDS).status_code == 302

        assert Outcome.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("title", "", "Bitte geben Sie dem Ergebnis einen Titel."),
            ("text", "", "Bitte schreiben Sie, was daraus geworden ist."),
            ("ideas", "2026-9999", "Wir kennen keine öffentliche Idee mit dieser Nummer: 2026-9999."),
            ("ideas", " ".join(f"2026-{number:04d}" for number in range(21)), "Bitte nennen Sie höchstens 20 Ideen."),
        ],
    )
    def test_what_is_missing_or_unknown_is_said_and_nothing_is_lost(self, as_, ivo, field, typed, words):
        answer = as_(ivo).post(NEW, {**WORDS, field: typed})

        assert answer.context["form"].errors == {field: [words]}
        assert answer.context["form"]["title"].value() == ("" if field == "title" else "Die Bank steht")
        assert not Outcome.objects.exists()

    def test_an_idea_that_nobody_can_read_cannot_be_named(self, as_, ivo):
        hidden = IdeaFactory(case__reference="2026-0003")
        hide(hidden, "rude")
        IdeaFactory(state="submitted", case__reference="2026-0004")

        answer = as_(ivo).post(NEW, {**WORDS, "ideas": "2026-0003 2026-0004"})

        assert "2026-0003, 2026-0004" in answer.context["form"].errors["ideas"][0]

    @pytest.mark.parametrize(
        ("upload", "field", "words"),
        [
            (picture, "alt", "Bitte schreiben Sie in wenigen Worten, was auf dem Bild zu sehen ist."),
            (lambda: files.sent(files.document(), "Plan.pdf"), "picture", "Das ist kein Bild."),
            (lambda: files.sent(files.SVG, "Bild.svg"), "picture", "SVG"),
            (lambda: files.sent(b"x" * (MOST_BYTES + 1), "gross.jpg"), "picture", "25 MB"),
        ],
    )
    def test_a_file_that_is_no_described_picture_is_refused(self, as_, ivo, upload, field, words):
        answer = as_(ivo).post(NEW, {**WORDS, "picture": upload()})

        assert words in answer.context["form"].errors[field][0]
        assert not Outcome.objects.exists()

    def test_a_draft_is_changed_and_its_picture_taken_away(self, as_, ivo, draft):
        as_(ivo).post(at("edit_outcome", draft), {**WORDS, "version": 1, "picture": picture(), "alt": "Eine Bank"})
        client = as_(ivo)
        assert "drop" in client.get(at("edit_outcome", draft)).context["form"].fields

        client.post(at("edit_outcome", draft), {**WORDS, "version": 2, "alt": "Eine Bank", "drop": "on"})

        draft.refresh_from_db()
        assert (draft.version, draft.folder.files.count()) == (3, 0)

    def test_a_picture_that_stays_keeps_its_words(self, as_, ivo, draft):
        client = as_(ivo)
        client.post(at("edit_outcome", draft), {**WORDS, "version": 1, "picture": picture(), "alt": "Eine Bank"})

        answer = client.post(at("edit_outcome", draft), {**WORDS, "version": 2, "alt": ""})

        assert list(answer.context["form"].errors) == ["alt"]

    def test_whoever_was_slower_keeps_what_they_typed_and_sees_what_stands_there(self, as_, ivo, mia, draft):
        as_(mia).post(at("edit_outcome", draft), {"title": "Zwei Bänke", "text": "Zwei.", "version": 1})
        mine = {"title": "Die Bank steht", "text": "Mein Text.", "version": 1}

        answer = as_(ivo).post(at("edit_outcome", draft), mine)

        assert answer.status_code == 409
        form = answer.context["form"]
        assert form["text"].value() == "Mein Text."
        assert [value for _label, value in form.differences] == ["Zwei Bänke", "Zwei."]
        assert as_(ivo).post(at("edit_outcome", draft), {**mine, "version": form["version"].value()}).status_code == 302

    def test_a_double_click_on_save_is_no_complaint(self, as_, ivo, draft):
        sent = {"title": "Zwei Bänke", "text": "Zwei.", "version": 1}

        assert [as_(ivo).post(at("edit_outcome", draft), sent).status_code for _click in range(2)] == [302, 302]

    def test_what_was_released_meanwhile_is_not_saved_and_not_lost(self, as_, ivo, mia, draft):
        as_(mia).post(at("publish_outcome", draft), {"version": 1})

        answer = as_(ivo).post(at("edit_outcome", draft), {"title": "Anders", "text": "Mein Text.", "version": 1})

        assert answer.status_code == 409
        assert "Mein Text." in answer.content.decode()
        assert "kann aber nicht mehr gespeichert werden" in answer.content.decode()

    @pytest.mark.parametrize(
        ("hidden", "words"),
        [
            (0, ""),
            (1, "Eine Idee, von der es erzählt, ist zurzeit nicht öffentlich und bleibt verknüpft."),
            (2, "2 Ideen, von denen es erzählt, sind zurzeit nicht öffentlich und bleiben verknüpft."),
        ],
    )
    @pytest.mark.parametrize(("state", "page"), [("draft", "edit_outcome"), ("published", "correct_outcome")])
    def test_ideas_out_of_sight_are_not_named_and_stay_linked(self, as_, max, state, page, hidden, words):
        ideas = [IdeaFactory(case__reference=f"2026-000{number}") for number in (1, 2, 3)]
        outcome = OutcomeFactory(state=state, ideas=ideas)
        for idea in ideas[:hidden]:
            hide(idea, "rude")
        client, other = as_(max), IdeaFactory(case__reference="2026-0009")

        shown = client.get(at(page, outcome))
        typed = f"{shown.context['form']['ideas'].value()}, 2026-0009"
        sent = {**WORDS, "version": 1, "note": "Auch die andere.", "ideas": typed}
        answer = client.post(at(page, outcome), sent)

        assert ("bleib" in shown.content.decode()) == bool(hidden)
        assert words in shown.content.decode()
        assert all(idea.reference not in shown.content.decode() for idea in ideas[:hidden])
        assert answer.status_code == 302
        assert set(outcome.cases.all()) == {idea.case for idea in (*ideas, other)}

    def test_an_idea_that_was_hidden_while_somebody_wrote_stays_linked_and_is_no_complaint(self, as_, max):
        idea = IdeaFactory(case__reference="2026-0001")
        outcome = OutcomeFactory(ideas=[idea])
        hide(idea, "rude")

        sent = {**WORDS, "version": 1, "note": "Ein Wort.", "ideas": "2026-0001"}

        assert as_(max).post(at("correct_outcome", outcome), sent).status_code == 302
        assert list(outcome.cases.all()) == [idea.case]

    def test_a_correction_is_said_and_replaces_the_words(self, as_, max):
        outcome = OutcomeFactory(title="Die Bank steht")
        sent = {"title": "Die Bank steht", "text": "Seit gestern.", "version": 1}

        refused = as_(max).post(at("correct_outcome", outcome), sent)
        done = as_(max).post(at("correct_outcome", outcome), {**sent, "note": "Es war gestern."})

        assert list(refused.context["form"].errors) == ["note"]
        assert done.status_code == 302
        outcome.refresh_from_db()
        assert outcome.text == "Seit gestern."


class TestReleasing:
    def test_a_moderator_publishes_and_a_second_click_is_no_complaint(self, as_, max, mia, draft):
        client = as_(max)

        answers = [client.post(at("publish_outcome", draft), {"version": 1}).status_code for _click in range(2)]

        assert answers == [302, 302]
        draft.refresh_from_db()
        assert draft.is_public
        assert as_(mia).post(at("publish_outcome", draft), {"version": 1}).status_code == 409

    def test_without_the_version_that_was_read_nothing_is_released(self, as_, max, draft):
        before = snapshot()

        for sent in ({}, {"version": 2}, {"version": "x"}):
            assert as_(max).post(at("publish_outcome", draft), sent).status_code == 409

        assert snapshot() == before

    def test_a_time_is_meant_as_the_clocks_here_show_it(self, as_, max, draft):
        day = now() + timedelta(days=3)
        sent = {"version": 1, "publish_at": f"{day:%Y-%m-%d}T18:00"}

        answers = [as_(max).post(at("schedule_outcome", draft), sent).status_code for _click in range(2)]

        draft.refresh_from_db()
        wanted = datetime(day.year, day.month, day.day, 18, tzinfo=ZoneInfo("Europe/Berlin"))
        assert (answers, draft.state, draft.publish_at) == ([302, 302], "scheduled", wanted)

    @pytest.mark.parametrize(
        ("typed", "status"), [("", 200), ("morgen", 200), ("2001-01-01T10:00", 409), ("2999-01-01T10:00", 409)]
    )
    def test_a_time_that_cannot_be_meant_is_refused(self, as_, max, draft, typed, status):
        answer = as_(max).post(at("schedule_outcome", draft), {"version": 1, "publish_at": typed})

        assert answer.status_code == status
        draft.refresh_from_db()
        assert draft.is_draft

    def test_the_time_can_be_dropped(self, as_, max):
        outcome = OutcomeFactory(state="scheduled")

        answers = [as_(max).post(at("unschedule_outcome", outcome)).status_code for _click in range(2)]

        outcome.refresh_from_db()
        assert (answers, outcome.state) == ([302, 302], "draft")

    def test_it_is_withdrawn_with_a_reason(self, as_, max):
        outcome = OutcomeFactory()
        client = as_(max)

        refused = client.post(at("withdraw_outcome", outcome), {"reason": " "})
        done = [client.post(at("withdraw_outcome", outcome), {"reason": "Irrtum."}).status_code for _click in range(2)]

        assert (refused.status_code, done) == (200, [302, 302])
        outcome.refresh_from_db()
        assert (outcome.state, outcome.withdrawn_reason) == ("withdrawn", "Irrtum.")

    def test_whoever_withdraws_second_reads_why_it_is_gone_and_keeps_their_reason(self, as_, max, mia):
        outcome = OutcomeFactory()
        as_(max).post(at("withdraw_outcome", outcome), {"reason": "Die Bank ist weg."})
        before = snapshot()

        answer = as_(mia).post(at("withdraw_outcome", outcome), {"reason": "Sie steht woanders."})

        assert answer.status_code == 409
        (said,) = [str(message) for message in answer.context["messages"]]
        assert said == (
            "Das Ergebnis wurde inzwischen zurückgezogen, und zwar aus diesem Grund: „Die Bank ist weg.“ Was Sie "
            "geschrieben haben, wurde nicht gespeichert."
        )
        page = answer.content.decode()
        assert "Sie haben geschrieben: „Sie steht woanders.“" in page
        assert "Das Ergebnis ist zurückgezogen. Seine Seite" not in page
        assert snapshot() == before

    def test_of_what_cannot_be_withdrawn_the_reason_typed_stays_visible_too(self, as_, max, draft):
        answer = as_(max).post(at("withdraw_outcome", draft), {"reason": "Sie steht woanders."})

        assert answer.status_code == 409
        assert "Sie haben geschrieben: „Sie steht woanders.“" in answer.content.decode()

    def test_a_draft_is_thrown_away_after_a_question(self, as_, ivo, draft):
        client = as_(ivo)

        assert client.get(at("discard_outcome", draft)).status_code == 200
        assert client.post(at("discard_outcome", draft), {"version": 1}).status_code == 302
        assert client.post(at("discard_outcome", draft), {"version": 1}).status_code == 302
        assert not Outcome.objects.exists()

    def test_only_a_draft_is_asked_about(self, as_, ivo):
        public, gone = OutcomeFactory(), OutcomeFactory(state="draft")
        Outcome.objects.filter(pk=gone.pk).delete()

        assert [as_(ivo).get(at("discard_outcome", one)).status_code for one in (public, gone)] == [404, 404]

    @pytest.mark.parametrize(("who", "shown"), [("ivo", False), ("max", True)])
    def test_only_who_may_publish_sees_the_button(self, as_, request, draft, who, shown):
        page = as_(request.getfixturevalue(who)).get(at("office_outcome", draft)).content.decode()

        assert ("Jetzt veröffentlichen" in page) == shown
        assert ("Sie bereiten dieses Ergebnis vor" in page) != shown

    @pytest.mark.parametrize("state", ["draft", "scheduled", "published", "withdrawn"])
    def test_the_page_offers_what_the_state_allows(self, as_, max, state):
        outcome = OutcomeFactory(state=state)

        page = as_(max).get(at("office_outcome", outcome)).content.decode()

        names = ("publish_outcome", "schedule_outcome", "unschedule_outcome", "withdraw_outcome", "edit_outcome",
                 "correct_outcome", "discard_outcome")  # fmt: skip
        offered = {name for name in names if f'"{at(name, outcome)}"' in page}
        assert (
            offered
            == {
                "draft": {"publish_outcome", "schedule_outcome", "edit_outcome", "discard_outcome"},
                "scheduled": {"publish_outcome", "unschedule_outcome"},
                "published": {"correct_outcome", "withdraw_outcome"},
                "withdrawn": set(),
            }[state]
        )

    @pytest.mark.parametrize("who", ["ivo", "max", "mia"])
    @pytest.mark.parametrize("state", ["published", "withdrawn"])
    def test_once_it_was_public_its_page_leads_to_whom_was_told(self, as_, request, who, state):
        outcome = OutcomeFactory(state=state)
        client, ledger = as_(request.getfixturevalue(who)), reverse("case_letters", args=[outcome.reference])

        assert f'href="{ledger}"' in client.get(at("office_outcome", outcome)).content.decode()
        assert client.get(ledger).status_code == 200

    @pytest.mark.parametrize("state", ["draft", "scheduled"])
    def test_before_that_nobody_was_told(self, as_, max, state):
        page = as_(max).get(at("office_outcome", OutcomeFactory(state=state))).content.decode()

        assert "Wer Bescheid weiß" not in page

    def test_the_list_shows_all_by_page(self, as_, ivo):
        rows = [OutcomeFactory(created_at=now() - timedelta(days=day)) for day in range(23)]
        client = as_(ivo)

        first = client.get("/geschaeftsstelle/ergebnisse/").context["page"]
        second = client.get(f"/geschaeftsstelle/ergebnisse/?ab={first.after}").context["page"]

        assert [*first.rows, *second.rows] == rows

    def test_an_empty_list_says_what_to_do(self, as_, ivo):
        assert NEW in as_(ivo).get("/geschaeftsstelle/ergebnisse/").content.decode()
