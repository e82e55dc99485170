"""Who may do what: asked in one place, for every door."""

import pytest
import rules
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser

from participation.actors.models import Post
from participation.actors.rules import holds
from participation.core.authority import hindrance, may, require
from participation.core.errors import NeedsSecondFactor, NotAllowed
from tests.factories import AppointmentFactory

pytestmark = pytest.mark.django_db

APPOINT = "participation.appoint"


@pytest.fixture
def away(settings):
    """A portal that others can reach."""
    settings.LOOPBACK = False


def test_a_post_gives_rights_and_only_its_own(mia, max, ivo, eva, ada):
    assert [may(person, APPOINT) for person in (mia, max, ivo, eva, ada)] == [True, False, False, False, False]


def test_rights_end_with_the_post(fritz):
    assert not may(fritz, "participation.enter_office")


def test_a_superuser_without_a_post_has_no_right_of_one(root):
    assert not may(root, APPOINT)
    assert root.has_perm(APPOINT)


def test_nobody_and_inactive_people_may_nothing(mia):
    mia.is_active = False

    for person in (None, AnonymousUser(), mia):
        with pytest.raises(NotAllowed):
            require(person, APPOINT)


def test_a_right_nobody_defined_is_a_mistake_of_ours(mia):
    with pytest.raises(KeyError):
        may(mia, "participation.fly")


def test_away_from_home_a_post_rests_without_a_second_factor(away, mia, ada):
    assert isinstance(hindrance(mia, APPOINT), NeedsSecondFactor)
    assert not isinstance(hindrance(ada, APPOINT), NeedsSecondFactor)
    with pytest.raises(NeedsSecondFactor):
        require(mia, APPOINT)

    TOTP.activate(mia, "JBSWY3DPEHPK3PXP")

    assert may(mia, APPOINT)


def test_recovery_codes_alone_are_no_second_factor(away, mia):
    RecoveryCodes.activate(mia)

    assert isinstance(hindrance(mia, APPOINT), NeedsSecondFactor)


def test_another_reason_to_say_yes_outweighs_the_missing_factor(away, mia):
    rules.add_perm("participation.try_it", holds(Post.MANAGER) | rules.always_true)
    try:
        assert may(mia, "participation.try_it")
    finally:
        rules.remove_perm("participation.try_it")


def test_one_refusal_does_not_colour_the_next(away, mia, ada):
    hindrance(mia, APPOINT)

    assert not isinstance(hindrance(ada, APPOINT), NeedsSecondFactor)


class TestTheDoorOfAPage:
    PATH = "/geschaeftsstelle/aemter/"

    def test_strangers_sign_in_and_come_back(self, sam):
        assert sam.get(self.PATH + "?seite=2").url == f"/konto/login/?next={self.PATH}%3Fseite%3D2"

    def test_for_others_it_does_not_exist(self, as_, ada, max):
        assert [as_(person).get(self.PATH).status_code for person in (ada, max)] == [404, 404]

    def test_for_its_holder_it_opens(self, as_, mia):
        assert as_(mia).get(self.PATH).status_code == 200

    def test_without_the_factor_it_leads_there(self, away, as_, mia):
        client = as_(mia)

        assert client.get(self.PATH).url == "/konto/2fa/"
        assert len(list(client.get("/konto/2fa/").context["messages"])) == 1

    def test_the_last_day_counts(self, as_, ada):
        from participation.core.clock import today

        AppointmentFactory(actor=ada, post="manager", until=today())

        assert as_(ada).get(self.PATH).status_code == 200
