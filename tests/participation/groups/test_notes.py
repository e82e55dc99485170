"""The notes of a meeting: one writes after the other, nothing is overwritten, what is approved stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.models import InboxItem
from participation.actors.models import Actor
from participation.core.clock import now, travel_to
from participation.core.errors import NotAllowed, Outdated, Refusal, WrongState
from participation.core.personal import erase
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.events.trail import trail_of
from participation.groups.notes_models import SILENCE, MeetingNotes
from participation.groups.operations.meeting import NotBegun
from participation.groups.operations.notes import (
    NotDraft,
    NoWords,
    SomebodyWrites,
    TakenOver,
    approve_notes,
    keep_pen,
    publish_notes,
    put_pen_down,
    reopen_notes,
    save_notes,
    take_pen,
)
from tests.factories import ActorFactory
from tests.group_factories import MeetingFactory, MembershipFactory, NotesFactory
from tests.notifications.ideas import fan_out_all
from tests.participation.actors.test_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(ada, lou, max):
    Actor.objects.update(language="en")


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group, state="held", title="Standorte")


@pytest.fixture
def notes(meeting):
    return NotesFactory(meeting=meeting, text="Am Rathaus.")


def fresh(notes):
    return MeetingNotes.objects.select_related("meeting__group__case").get(pk=notes.pk)


def refused(refusal, step, *args, **words):
    """``step`` is refused, and neither notes nor events are different."""
    before = [list(model.objects.order_by("pk").values()) for model in (MeetingNotes, Event)]
    with pytest.raises(Refusal) as met:
        step(*args, **words)
    assert type(met.value) is refusal
    assert [list(model.objects.order_by("pk").values()) for model in (MeetingNotes, Event)] == before


class TestThePen:
    @pytest.mark.parametrize("role", ["coordinator", "deputy", "member"])
    def test_whoever_works_in_the_group_writes(self, group, meeting, role):
        actor = MembershipFactory(group=group, role=role).actor
        notes = take_pen(meeting, by=actor)
        assert notes.is_written_by(actor)
        assert (notes.state, notes.version, notes.text) == ("draft", 0, "")

    def test_observers_and_others_do_not(self, group, meeting, olga):
        refused(NotAllowed, take_pen, meeting, by=MembershipFactory(group=group, role="observer").actor)
        refused(NotAllowed, take_pen, meeting, by=olga)
        refused(NotAllowed, take_pen, meeting, by=MembershipFactory(group=group, state="left").actor)

    def test_not_before_the_meeting_begins_nor_of_a_cancelled_one(self, group, ada):
        refused(NotBegun, take_pen, MeetingFactory(group=group), by=ada)
        refused(NotBegun, take_pen, MeetingFactory(group=group, state="cancelled", days=-1), by=ada)

    def test_one_after_the_other(self, meeting, ada, lou):
        take_pen(meeting, by=lou)
        refused(SomebodyWrites, take_pen, meeting, by=ada)
        assert take_pen(meeting, by=lou).taken_from is None

    def test_after_five_minutes_of_silence_it_is_the_next_ones_turn(self, meeting, ada, lou):
        notes = take_pen(meeting, by=lou)
        with travel_to(notes.touched_at + SILENCE - timedelta(seconds=1)):
            refused(SomebodyWrites, take_pen, meeting, by=ada)
        with travel_to(notes.touched_at + SILENCE):
            assert take_pen(meeting, by=ada).writer == ada

    def test_a_sign_keeps_it(self, meeting, ada, lou):
        notes = take_pen(meeting, by=lou)
        with travel_to(now() + timedelta(minutes=4)):
            assert keep_pen(notes, by=lou)
        with travel_to(now() + timedelta(minutes=8)):
            refused(SomebodyWrites, take_pen, meeting, by=ada)
        assert not keep_pen(notes, by=ada)

    def test_taking_over_is_shown(self, meeting, ada, lou):
        take_pen(meeting, by=lou)
        notes = take_pen(meeting, by=ada, insist=True)
        assert (notes.writer, notes.taken_from) == (ada, lou)
        assert notes.taken_at
        assert not keep_pen(notes, by=lou)

    def test_it_can_be_put_down_by_whoever_has_it(self, meeting, ada, lou):
        notes = take_pen(meeting, by=lou)
        put_pen_down(notes, by=ada)
        assert fresh(notes).writer == lou
        put_pen_down(notes, by=lou)
        assert take_pen(meeting, by=ada).writer == ada


class TestSaving:
    def test_the_words_and_whose_turn_it_is(self, meeting, lou, group):
        notes = save_notes(take_pen(meeting, by=lou), "- Am **Rathaus**.", version=0, by=lou)

        assert (notes.text, notes.version, notes.writer) == ("- Am **Rathaus**.", 1, lou)
        assert "<strong>Rathaus</strong>" in notes.html
        event = Event.objects.latest("pk")
        assert (event.kind, event.case, event.facts) == (Kind.NOTES_BEGUN, group.case, {"meeting": meeting.pk})
        save_notes(notes, "Mehr.", version=1, by=lou)
        assert Event.objects.latest("pk") == event

    def test_nothing_different_is_nothing_done(self, notes, lou):
        assert save_notes(notes, "Am Rathaus.", version=1, by=lou).version == 1

    def test_whoever_was_taken_over_from_overwrites_nothing(self, notes, meeting, ada, lou):
        take_pen(meeting, by=lou)
        take_pen(meeting, by=ada, insist=True)
        refused(TakenOver, save_notes, notes, "Meins.", version=1, by=lou)

    def test_a_text_that_was_not_the_last_one_neither(self, notes, ada, lou):
        save_notes(notes, "Von Ada.", version=1, by=ada)
        put_pen_down(notes, by=ada)
        refused(Outdated, save_notes, notes, "Von Lou.", version=1, by=lou)

    def test_after_the_silence_of_another_it_is_kept(self, notes, meeting, ada, lou):
        take_pen(meeting, by=ada)
        with travel_to(now() + SILENCE):
            assert save_notes(notes, "Von Lou.", version=1, by=lou).writer == lou

    def test_what_was_approved_stays(self, meeting, lou):
        for state in ("approved", "published"):
            notes = NotesFactory(meeting=MeetingFactory(group=meeting.group, state="held"), state=state)
            refused(NotDraft, save_notes, notes, "Anders.", version=1, by=lou)
            refused(NotDraft, take_pen, notes.meeting, by=lou)

    def test_observers_write_nothing(self, notes, group):
        observer = MembershipFactory(group=group, role="observer").actor
        refused(NotAllowed, save_notes, notes, "Anders.", version=1, by=observer)
        refused(NotAllowed, keep_pen, notes, by=observer)
        refused(NotAllowed, put_pen_down, notes, by=observer)


class TestApproving:
    def test_from_draft_to_everybody(self, notes, ada, group):
        approve_notes(notes, version=1, by=ada)
        row = fresh(notes)
        assert (row.state, row.approved_by, row.writer) == ("approved", ada, None)
        publish_notes(row, by=ada)
        assert fresh(notes).is_published
        assert [event.kind for event in Event.objects.order_by("pk")][-2:] == [
            Kind.NOTES_APPROVED, Kind.NOTES_PUBLISHED,
        ]  # fmt: skip
        assert trail_of(group.case)[-1].kind == Kind.NOTES_PUBLISHED

    def test_the_approval_can_be_taken_back(self, notes, ada):
        approve_notes(notes, version=1, by=ada)
        reopen_notes(notes, by=ada)
        row = fresh(notes)
        assert (row.state, row.approved_by, row.approved_at) == ("draft", None, None)

    def test_not_what_one_did_not_read(self, notes, ada):
        refused(Outdated, approve_notes, notes, version=0, by=ada)

    def test_not_what_is_empty_nor_what_somebody_writes(self, notes, meeting, ada, lou, group):
        empty = take_pen(MeetingFactory(group=group, state="held"), by=ada)
        refused(NoWords, approve_notes, empty, version=0, by=ada)
        take_pen(meeting, by=lou)
        refused(SomebodyWrites, approve_notes, fresh(notes), version=1, by=ada)

    def test_one_step_at_a_time(self, notes, ada):
        refused(WrongState, publish_notes, notes, by=ada)
        refused(WrongState, reopen_notes, notes, by=ada)
        published = NotesFactory(meeting__group=notes.meeting.group, state="published")
        refused(WrongState, reopen_notes, published, by=ada)

    def test_members_do_not(self, notes, lou):
        refused(NotAllowed, approve_notes, notes, version=1, by=lou)
        refused(NotAllowed, reopen_notes, notes, by=lou)
        refused(NotAllowed, publish_notes, notes, by=lou)

    def test_who_leaves_is_named_no_more(self, notes, meeting, ada, lou):
        take_pen(meeting, by=lou)
        take_pen(meeting, by=ada, insist=True)
        erase(lou)
        row = fresh(notes)
        assert (row.writer, row.taken_from) == (ada, None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_pen_at_once_one_has_it(group, meeting, ada, lou):
    for _round in range(10):
        MeetingNotes.objects.all().delete()
        refusals = at_once(lambda: take_pen(meeting, by=ada), lambda: take_pen(meeting, by=lou))
        assert len(refusals) == 1
        assert MeetingNotes.objects.get().writer in {ada, lou}


class TestPages:
    def post(self, client, name, meeting, status=302, **data):
        answer = client.post(reverse(name, args=[meeting.group.slug, meeting.pk]), data)
        assert answer.status_code == status
        return answer

    def read(self, client, name, meeting, status=200):
        answer = client.get(reverse(name, args=[meeting.group.slug, meeting.pk]))
        assert answer.status_code == status
        return answer.content.decode()

    def test_from_the_meeting_to_the_published_notes(self, as_, sam, lou, ada, meeting, group):
        member, lead = as_(lou), as_(ada)
        assert "Begin the notes" in self.read(member, "meeting", meeting)
        answer = self.post(member, "notes_pen", meeting, act="take")
        assert answer.headers["Location"] == reverse("write_notes", args=["mobilitaet", meeting.pk])
        assert 'data-keep-pen="id_text"' in self.read(member, "write_notes", meeting)
        self.post(member, "write_notes", meeting, version="0", text="Am Rathaus.", done="1")

        assert "Am Rathaus." in self.read(lead, "meeting_notes", meeting)
        self.post(lead, "notes_step", meeting, act="approve", version="1")
        assert "Publish the notes" in self.read(lead, "meeting_notes", meeting)
        assert "Am Rathaus." not in self.read(sam, "meeting_notes", meeting, 302)
        self.post(lead, "notes_step", meeting, act="publish")

        page = self.read(sam, "meeting_notes", meeting)
        assert "Am Rathaus." in page
        assert "Lou" not in page
        assert (
            reverse("meeting_notes", args=["mobilitaet", meeting.pk])
            in sam.get(group.get_absolute_url()).content.decode()
        )

    def test_who_writes_is_shown_and_can_be_taken_over_from(self, as_, lou, ada, notes, meeting):
        take_pen(meeting, by=lou)
        lead = as_(ada)
        page = self.read(lead, "meeting_notes", meeting)
        assert "Lou is writing these notes" in page
        assert "Take over now" in page
        assert self.post(lead, "notes_pen", meeting, act="take").headers["Location"] == notes.get_absolute_url()
        self.post(lead, "notes_pen", meeting, act="insist")
        assert "You took over from Lou" in self.read(lead, "write_notes", meeting)

        answer = self.post(as_(lou), "write_notes", meeting, 409, version="1", text="Meine Worte.")
        page = answer.content.decode()
        assert "This is how the notes stand now" in page
        assert "Meine Worte." in page
        assert "Am Rathaus." in page
        assert "Ada is writing these notes" in page

    def test_two_texts_at_once_lose_nothing(self, as_, lou, ada, notes, meeting):
        save_notes(notes, "Von Ada.", version=1, by=ada)
        put_pen_down(notes, by=ada)
        page = self.post(as_(lou), "write_notes", meeting, 409, version="1", text="Von Lou.").content.decode()
        assert "Von Ada." in page
        assert "Von Lou." in page
        assert 'name="version" value="2"' in page

    def test_a_sign_is_answered_briefly(self, as_, lou, ada, notes, meeting):
        take_pen(meeting, by=lou)
        self.post(as_(lou), "notes_pen", meeting, 204, act="keep")
        self.post(as_(ada), "notes_pen", meeting, 409, act="keep")

    @pytest.mark.parametrize("act", ["", "steal"])
    def test_nonsense_is_nothing(self, as_, ada, notes, meeting, act):
        self.post(as_(ada), "notes_pen", meeting, 404, act=act)
        self.post(as_(ada), "notes_step", meeting, 404, act=act)

    def test_five_hundred_lines_and_too_many_letters(self, as_, lou, meeting):
        take_pen(meeting, by=lou)
        client = as_(lou)
        self.post(client, "write_notes", meeting, version="0", text="- Zeile\n" * 500)
        assert MeetingNotes.objects.get().html.count("<li>") == 500
        page = self.post(client, "write_notes", meeting, 200, version="1", text="x" * 30001).content.decode()
        assert "Please use at most 30000 characters" in page

    def test_members_hear_once_they_are_approved_and_are_led_there(self, as_, lou, ada, notes, meeting):
        approve_notes(notes, version=1, by=ada)
        fan_out_all()
        assert InboxItem.objects.get(recipient=lou).letter == "notes_approved"
        assert notes.get_absolute_url() in as_(lou).get("/meine/nachrichten/").content.decode()

    def test_somebody_elsewhere_finds_nothing(self, as_, olga, notes, meeting):
        for name in ("meeting_notes", "write_notes"):
            self.read(as_(olga), name, meeting, 404)
        self.read(as_(ActorFactory()), "meeting_notes", meeting, 404)
