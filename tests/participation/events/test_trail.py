"""The lines of a trail: what happened, in plain sentences."""

from datetime import timedelta

import pytest

from participation.core.clock import now
from participation.events.kinds import Kind
from participation.events.trail import SENTENCES, trail_of
from tests.factories import CaseFactory, EventFactory

pytestmark = pytest.mark.django_db


def happened(case, *kinds):
    """Events of ``case``, one an hour."""
    return [EventFactory(case=case, kind=kind, at=now() + timedelta(hours=hour)) for hour, kind in enumerate(kinds)]


def test_the_oldest_comes_first():
    case = CaseFactory()
    events = happened(case, Kind.IDEA_SUBMITTED, Kind.IDEA_PUBLISHED, Kind.IDEA_CONSIDERED)

    assert [(line.kind, line.at) for line in trail_of(case)] == [(event.kind, event.at) for event in events]


def test_of_the_same_moment_the_first_written_comes_first():
    case, moment = CaseFactory(), now()
    for kind in (Kind.IDEA_SUBMITTED, Kind.IDEA_PUBLISHED):
        EventFactory(case=case, kind=kind, at=moment)

    assert [line.kind for line in trail_of(case)] == [Kind.IDEA_SUBMITTED, Kind.IDEA_PUBLISHED]


def test_what_happens_within_the_office_and_in_talk_is_left_out():
    case = CaseFactory()
    happened(case, Kind.CASE_TAKEN, Kind.CASE_HANDED_OVER, Kind.COMMENT_WRITTEN, Kind.IDEA_SUBMITTED)

    assert [line.kind for line in trail_of(case)] == [Kind.IDEA_SUBMITTED]


def test_other_cases_do_not_show():
    case = CaseFactory()
    happened(CaseFactory(), Kind.IDEA_SUBMITTED)

    assert trail_of(case) == []


def test_it_is_one_query(django_assert_num_queries):
    case = CaseFactory()
    happened(case, *SENTENCES)

    with django_assert_num_queries(1):
        assert len(trail_of(case)) == len(SENTENCES)


def test_each_kind_has_a_sentence_of_its_own():
    sentences = [str(sentence) for sentence in SENTENCES.values()]

    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") for sentence in sentences)
