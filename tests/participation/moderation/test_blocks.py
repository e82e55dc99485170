"""Text blocks: kept by managers and moderators, used by all of the office, filled in and then one's own words."""

import pytest
from django.urls import reverse

from participation.core.errors import NotAllowed, Outdated
from participation.core.hiding import hide
from participation.core.markup import rendered
from participation.ideas.models import Answer, Review
from participation.moderation.block_queries import blocks_for
from participation.moderation.models import TextBlock
from participation.moderation.operations import (
    DoesNotBelong,
    TitleTaken,
    UnknownPlaceholder,
    add_text_block,
    change_text_block,
    remove_text_block,
)
from participation.moderation.placeholders import filled, unknown_in
from participation.moderation.queries import with_promise
from tests.factories import AllianceFactory, AnswerFactory, IdeaFactory, TextBlockFactory

WORDS = {"title": "Ort", "purpose": "ask", "reason": "", "leads_to": "", "text": "Wo, {name}?"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(ada):
    AllianceFactory()
    return IdeaFactory(state="submitted", author=ada, title="Bank am Bach")


def rows():
    return list(TextBlock.objects.order_by("pk").values())


def act(name, idea):
    return reverse(name, args=[idea.reference])


def edit(block):
    return reverse("edit_block", args=[block.pk])


def form_of(page, name):
    return next(one["form"] for places in page.context["acts"].values() for one in places if one["act"].name == name)


class TestPlaceholders:
    def test_each_is_filled_once(self, idea):
        idea = with_promise(idea)
        idea.title = "{name} am Bach"

        words, gaps = filled("{name}: {title} ({reference}, {field}) bis {day} {", idea)

        assert words.startswith(f"Ada: {{name}} am Bach ({idea.reference}, {idea.field.name}) bis ")
        assert "{day}" not in words
        assert words.endswith(" {")
        assert gaps == []

    def test_what_is_not_known_leaves_a_gap_that_is_told(self):
        idea = with_promise(IdeaFactory(author=None))

        words, gaps = filled("{name}, bis {day}", idea)

        assert (words, gaps) == ("[…], bis […]", ["{name}", "{day}"])

    def test_unknown_ones_are_named_as_typed(self):
        assert unknown_in("{name} {Name} {ort} {ort} {} { {x\ny}") == ["{Name}", "{ort}", "{}"]


class TestKeeping:
    @pytest.mark.parametrize("who", ["mia", "max"])
    def test_managers_and_moderators_write_them(self, request, as_, who):
        answer = as_(request.getfixturevalue(who)).post(reverse("add_block"), WORDS)

        assert answer.url == reverse("office_blocks")
        assert [{name: row[name] for name in WORDS} for row in rows()] == [WORDS]

    def test_interns_read_but_do_not_change_them(self, as_, ivo):
        block, client = TextBlockFactory(), as_(ivo)
        before = rows()

        page = client.get(reverse("office_blocks"))

        assert page.status_code == 200
        assert edit(block) not in page.content.decode()
        for address in (reverse("add_block"), edit(block)):
            assert client.post(address, {**WORDS, "version": 1}).status_code == 404
        for operation in (change_text_block, remove_text_block):
            with pytest.raises(NotAllowed):
                operation(block, version=1, by=ivo)
        with pytest.raises(NotAllowed):
            add_text_block(by=ivo, **WORDS)
        assert rows() == before

    @pytest.mark.parametrize("who", ["ada", "eva"])
    def test_for_others_the_list_does_not_exist(self, request, as_, sam, who):
        assert as_(request.getfixturevalue(who)).get(reverse("office_blocks")).status_code == 404
        assert sam.get(reverse("office_blocks")).status_code == 302

    def test_unknown_placeholders_are_refused_with_the_known_ones(self, as_, max):
        page = as_(max).post(reverse("add_block"), {**WORDS, "text": "Hallo {vorname}"})

        assert page.status_code == 409
        assert rows() == []
        [said] = page.context["form"].errors["text"]
        assert "{vorname}" in said
        assert "{name}, {title}, {reference}, {day}, {field}" in said
        assert page.context["form"]["text"].value() == "Hallo {vorname}"

    @pytest.mark.parametrize(
        ("words", "refusal"),
        [
            ({"text": "{x}"}, UnknownPlaceholder),
            ({"reason": "rude"}, DoesNotBelong),
            ({"leads_to": "adopted"}, DoesNotBelong),
            ({"text": "Anders"}, TitleTaken),
        ],
    )
    def test_refusals_change_nothing(self, max, words, refusal):
        TextBlockFactory(**WORDS)
        other = TextBlockFactory()
        before = rows()

        with pytest.raises(refusal):
            add_text_block(by=max, **{**WORDS, **words})
        with pytest.raises(refusal):
            change_text_block(other, version=1, by=max, **{**WORDS, **words})

        assert rows() == before

    def test_a_double_click_makes_one(self, as_, max):
        client = as_(max)

        answers = [client.post(reverse("add_block"), WORDS) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert len(rows()) == 1

    def test_of_two_at_once_one_wins_and_the_other_keeps_the_words(self, as_, max, mia):
        block = TextBlockFactory(**WORDS)
        as_(mia).post(edit(block), {**WORDS, "text": "Mia", "version": 1})

        page = as_(max).post(edit(block), {**WORDS, "text": "Max", "version": 1})

        assert page.status_code == 409
        assert TextBlock.objects.get().text == "Mia"
        form = page.context["form"]
        assert (form["text"].value(), form["version"].value(), form.differences) == ("Max", 2, [("Text", "Mia")])
        assert as_(max).post(edit(block), {**WORDS, "text": "Max", "version": 2}).status_code == 302
        assert TextBlock.objects.get().text == "Max"

    def test_saving_twice_is_no_conflict(self, as_, max):
        block, client = TextBlockFactory(), as_(max)

        answers = [client.post(edit(block), {**WORDS, "version": 1}) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert TextBlock.objects.get().version == 2

    def test_removed_while_somebody_changes_it_the_words_become_a_new_one(self, as_, max):
        block, client = TextBlockFactory(), as_(max)
        address = edit(block)
        block.delete()

        page = client.post(address, {**WORDS, "version": 1})

        assert page.status_code == 409
        assert page.context["address"] == reverse("add_block")
        assert page.context["form"]["text"].value() == WORDS["text"]
        assert client.get(address).status_code == 404

    def test_removing_what_was_changed_meanwhile_is_refused(self, as_, max):
        block, client = TextBlockFactory(version=2), as_(max)
        address = reverse("remove_block", args=[block.pk])
        before = rows()

        assert client.post(address, {"version": 1}).url == edit(block)
        assert rows() == before
        with pytest.raises(Outdated):
            remove_text_block(block, version=1, by=max)
        assert [client.post(address, {"version": 2}).status_code for _ in range(2)] == [302, 302]
        assert rows() == []
        remove_text_block(block, version=2, by=max)  # gone already, as was wished


def test_in_public_a_value_is_shown_as_it_is_and_no_hidden_name_is_told(ada):
    idea = with_promise(IdeaFactory(author=ada, title="[Gewinn](https://böse.example) **fett**"))

    words, gaps = filled("{name}: {title}", idea, in_public=True)
    assert rendered(words, links=True) == "<p>Ada: [Gewinn](https://böse.example) **fett**</p>\n"
    assert gaps == []

    hide(ada, "rude")
    assert filled("{name}!", idea, in_public=True) == ("[…]!", ["{name}"])
    assert filled("{name}!", idea) == ("Ada!", [])


def test_in_public_a_title_at_the_beginning_makes_no_list(ada):
    for title in ("1. Bank", "- Bank", "+ Bank"):
        words, _gaps = filled("{title}", with_promise(IdeaFactory(author=ada, title=title)), in_public=True)
        assert rendered(words, links=True) == f"<p>{title}</p>\n"


class TestInserting:
    def test_it_stands_below_what_was_typed_and_nothing_is_done(self, as_, max, idea):
        block = TextBlockFactory(text="Wo, {name}? {reference}")

        page = as_(max).post(act("return_idea", idea), {"version": 1, "text": "Danke.", "insert": 1, "block": block.pk})

        form = form_of(page, "ask")
        assert page.status_code == 200
        assert not Review.objects.exists()
        assert form["text"].value() == f"Danke.\n\nWo, Ada? {idea.reference}"
        assert not form.errors

    @pytest.mark.parametrize("number", ["", "x", "²", "0", "9" * 30])
    def test_without_a_text_block_nothing_is_lost(self, as_, max, idea, number):
        words = {"version": 1, "text": "Danke.", "insert": 1, "block": number}

        assert form_of(as_(max).post(act("return_idea", idea), words), "ask")["text"].value() == "Danke."

    def test_one_for_another_purpose_is_none(self, as_, max, idea):
        block = TextBlockFactory(purpose="publish")

        page = as_(max).post(act("return_idea", idea), {"version": 1, "text": "", "insert": 1, "block": block.pk})

        assert form_of(page, "ask")["text"].value() == ""

    @pytest.mark.parametrize(("chosen", "then"), [("", "rude"), ("unclear", "unclear")])
    def test_it_chooses_its_reason_where_none_is_chosen(self, as_, max, idea, chosen, then):
        block = TextBlockFactory(purpose="decline", reason="rude")
        words = {"version": 1, "reason": chosen, "text": "", "insert": 1, "block": block.pk}

        assert form_of(as_(max).post(act("decline_idea", idea), words), "decline")["reason"].value() == then

    def test_the_version_the_person_saw_is_kept(self, as_, max, idea):
        block = TextBlockFactory()
        type(idea).objects.update(version=2)

        page = as_(max).post(act("return_idea", idea), {"version": 1, "text": "", "insert": 1, "block": block.pk})

        assert form_of(page, "ask")["version"].value() == "1"

    def test_words_for_an_act_that_is_over_are_shown(self, as_, max, idea):
        block = TextBlockFactory()
        type(idea).objects.update(state="withdrawn")

        page = as_(max).post(act("return_idea", idea), {"version": 1, "text": "Ei", "insert": 1, "block": block.pk})

        assert "Ei\n\nGuten Tag Ada" in page.context["unsent"][0][1]

    def test_whoever_may_not_decide_inserts_nothing(self, as_, ivo, ada, idea):
        words = {"version": 1, "text": "", "insert": 1, "block": TextBlockFactory().pk}

        assert [as_(one).post(act("return_idea", idea), words).status_code for one in (ivo, ada)] == [404, 404]

    def test_an_intern_inserts_into_a_new_answer_and_into_a_draft(self, as_, ivo):
        AllianceFactory()
        draft = AnswerFactory()
        block = TextBlockFactory(purpose="answer", text="Zu {title}.", leads_to="under_consideration")
        words = {
            "version": 1,
            "text": "Ei.",
            "leads_to": "",
            "body": "",
            "decided_on": "",
            "insert": 1,
            "block": block.pk,
        }

        for address in (act("draft_answer", draft.idea), reverse("edit_answer", args=[draft.pk])):
            form = as_(ivo).post(address, words).context["form"]
            assert form["text"].value() == f"Ei.\n\nZu {draft.idea.title}."
            assert form["leads_to"].value() == "under_consideration"
        assert Answer.objects.get().text == draft.text

    def test_only_what_fits_is_offered(self, as_, max):
        AllianceFactory()
        fits = TextBlockFactory(purpose="answer", leads_to="under_consideration")
        TextBlockFactory(purpose="answer", leads_to="realised")
        TextBlockFactory()

        assert as_(max).get(act("draft_answer", IdeaFactory())).context["form"].blocks == [fits]

    @pytest.mark.parametrize("count", [1, 30])
    def test_one_question_to_the_database_however_many(self, as_, max, idea, django_assert_num_queries, count):
        for number in range(count):
            TextBlockFactory(title=f"{number:02}", purpose="decline", reason="rude")

        with django_assert_num_queries(1):
            found = blocks_for(["ask", "decline", "publish", "take"], idea)
            assert len([one.belongs_to for one in found["decline"]]) == count
        with django_assert_num_queries(0):
            blocks_for(["take"], idea)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(as_, max, django_assert_max_num_queries, count):
    for number in range(count):
        TextBlockFactory(title=f"{number:02}")
    client = as_(max)
    client.get(reverse("office_blocks"))

    with django_assert_max_num_queries(8):
        client.get(reverse("office_blocks"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_case_asks_for_them_once(as_, max, idea, django_assert_max_num_queries, count):
    for number in range(count):
        TextBlockFactory(title=f"{number:02}", purpose="decline", reason="rude")
    client = as_(max)
    client.get(reverse("office_idea", args=[idea.reference]))

    with django_assert_max_num_queries(16) as queries:
        client.get(reverse("office_idea", args=[idea.reference]))

    assert len([one for one in queries.captured_queries if "textblock" in one["sql"]]) == 1
