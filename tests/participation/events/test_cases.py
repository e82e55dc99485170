"""Cases are closed and opened once; whoever comes second is told."""

import pytest

from participation.core.errors import Outdated
from participation.events.cases import close_case, reopen_case
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


def test_a_case_is_closed_once():
    case = CaseFactory()
    close_case(case)
    case.refresh_from_db()
    closed_at = case.closed_at

    with pytest.raises(Outdated):
        close_case(case)
    case.refresh_from_db()
    assert case.closed_at == closed_at is not None


def test_a_closed_case_is_opened_again_once():
    case = CaseFactory()
    with pytest.raises(Outdated):
        reopen_case(case)
    close_case(case)

    reopen_case(case)

    case.refresh_from_db()
    assert case.closed_at is None
    with pytest.raises(Outdated):
        reopen_case(case)
