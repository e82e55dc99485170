"""The page of choices: topics and channels, hours and zones, a pause, and what one hears nothing more of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.models import Habits, InboxItem, Mute, Preference
from notifications.preferences import (
    PauseIsOver,
    arrange,
    choose,
    chosen_by,
    has_muted,
    mute,
    set_habits,
    topics_for,
)
from notifications.states import Rhythm
from notifications.topics import DEFAULTS, Topic
from participation.actors.models import Actor
from participation.core.clock import today, travel_to
from participation.core.hiding import hide
from participation.ideas.operations.taking_part import comment_on
from participation.ideas.operations.writing import withdraw_idea
from tests.factories import AllianceFactory, CaseFactory, IdeaFactory
from tests.notifications.ideas import fan_out_all
from tests.notifications.news import news

pytestmark = pytest.mark.django_db

PAGE = "/meine/benachrichtigungen/"
CITIZENS = [Topic.MY_CASES, Topic.MY_GROUPS, Topic.GROUP_TALK, Topic.COMMENTS, Topic.FOLLOWED]
OFFICES = [Topic.OFFICE_NEW, Topic.OFFICE_DAY]
EMAIL, INBOX = "email", "inbox"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english(ada, olga, max):
    AllianceFactory()
    Actor.objects.update(language="en")


def choice(topics=CITIZENS, **changes):
    """What the page sends when nothing was changed, and ``changes``."""
    fields = {"hour": 7, "weekday": 0, "zone": "Europe/Berlin", "paused_until": ""}
    for topic in topics:
        fields |= {f"{topic}_email": DEFAULTS[topic].email, f"{topic}_inbox": "on"}
    return {name: value for name, value in (fields | changes).items() if value is not None}


class TestThePage:
    def test_citizens_choose_between_what_concerns_citizens(self, as_, ada):
        page = as_(ada).get(PAGE).content.decode()

        assert topics_for(ada) == CITIZENS
        assert "topic-followed" in page
        assert "New for the office" not in page
        assert "topic-newsletter" not in page  # it has a subscription of its own

    @pytest.mark.parametrize("name", ["max", "mia"])
    def test_the_office_chooses_what_it_hears_as_office_too(self, as_, request, name):
        person = request.getfixturevalue(name)

        assert topics_for(person) == CITIZENS + OFFICES
        assert "office_new_email" in as_(person).get(PAGE).content.decode()

    @pytest.mark.parametrize("name", ["ivo", "eva", "fritz", "root"])
    def test_others_do_not(self, request, name):
        assert topics_for(request.getfixturevalue(name)) == CITIZENS

    def test_it_shows_how_it_is(self, as_, ada):
        choose(ada, Topic.COMMENTS, EMAIL, Rhythm.WEEKLY)
        choose(ada, Topic.COMMENTS, INBOX, Rhythm.OFF)
        set_habits(ada, hour=18, weekday=4, zone="America/New_York")

        form = as_(ada).get(PAGE).context["form"]

        assert form["comments_email"].value() == Rhythm.WEEKLY
        assert not form["comments_inbox"].value()
        assert form["followed_email"].value() == Rhythm.DAILY
        assert form["followed_inbox"].value()
        assert [form[name].value() for name in ("hour", "weekday", "zone")] == [18, 4, "America/New_York"]

    def test_it_says_what_is_owed(self, as_, ada):
        page = as_(ada).get(PAGE).content.decode()

        assert "cannot be switched off" in page
        assert "decisions and official answers, with their reasons" in page

    def test_my_page_leads_there(self, as_, ada):
        assert f'href="{PAGE}"' in as_(ada).get("/meine/").content.decode()


class TestSaving:
    def test_what_was_changed_is_stored_and_nothing_else(self, as_, ada):
        sent = choice(followed_email="weekly", comments_inbox=None, hour=18, weekday=4, zone="Asia/Tokyo")

        assert as_(ada).post(PAGE, sent).headers["Location"] == PAGE

        rows = Preference.objects.filter(actor=ada).values_list("topic", "channel", "rhythm")
        assert set(rows) == {("followed", EMAIL, "weekly"), ("comments", INBOX, "off")}
        habits = Habits.objects.get(actor=ada)
        assert (habits.hour, habits.weekday, habits.zone, habits.paused_until) == (18, 4, "Asia/Tokyo", None)

    def test_a_citizen_cannot_choose_for_the_office(self, as_, ada):
        as_(ada).post(PAGE, choice(CITIZENS + OFFICES, office_new_email="off"))

        assert not Preference.objects.filter(actor=ada).exists()

    def test_the_office_can(self, as_, max):
        as_(max).post(PAGE, choice(CITIZENS + OFFICES, office_new_email="daily"))

        assert chosen_by(max)[Topic.OFFICE_NEW, EMAIL] == Rhythm.DAILY

    @pytest.mark.parametrize(
        "wrong",
        [
            {"hour": 24}, {"hour": -1}, {"hour": ""}, {"weekday": 7}, {"zone": "Europe/Nirgends"}, {"zone": ""},
            {"zone": "../../etc/passwd"}, {"followed_email": "hourly"}, {"followed_email": None},
            {"paused_until": "2026-02-30"},
        ],
    )  # fmt: skip
    def test_what_makes_no_sense_is_refused_at_its_field(self, as_, ada, wrong):
        page = as_(ada).post(PAGE, choice(**wrong))

        assert page.status_code == 200
        assert list(page.context["form"].errors) == list(wrong)
        assert not Preference.objects.exists()
        assert not Habits.objects.exists()

    def test_choosing_again_what_was_chosen_keeps_the_moment(self, ada):
        with travel_to(NOON):
            choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)
        choose(ada, Topic.FOLLOWED, EMAIL, Rhythm.OFF)

        assert Preference.objects.get(actor=ada).since == NOON

    def test_the_choice_of_one_is_not_that_of_another(self, as_, ada, olga):
        as_(ada).post(PAGE, choice(followed_email="off", hour=3))

        assert chosen_by(olga)[Topic.FOLLOWED, EMAIL] == Rhythm.DAILY
        assert not Habits.objects.filter(actor=olga).exists()

    def test_without_the_inbox_nothing_lies_there(self, ada, olga):
        choose(ada, Topic.FOLLOWED, INBOX, Rhythm.OFF)

        news("2026-0001", ada, olga)

        assert [item.recipient for item in InboxItem.objects.all()] == [olga]


class TestPausing:
    @pytest.mark.parametrize("days", [0, 1, 366])
    def test_from_today_for_a_year_at_most(self, as_, ada, days):
        until = today() + timedelta(days=days)

        assert as_(ada).post(PAGE, choice(paused_until=until.isoformat())).status_code == 302
        assert Habits.objects.get(actor=ada).paused_until == until
        assert "You pause until" in as_(ada).get(PAGE).content.decode()

    def test_a_day_that_has_passed_is_refused(self, as_, ada):
        page = as_(ada).post(PAGE, choice(paused_until=(today() - timedelta(days=1)).isoformat(), followed_email="off"))

        assert "This day has passed." in page.content.decode()
        assert list(page.context["form"].errors) == ["paused_until"]
        assert not Habits.objects.exists()
        assert not Preference.objects.exists()

    def test_more_than_a_year_is_refused(self, as_, ada):
        page = as_(ada).post(PAGE, choice(paused_until=(today() + timedelta(days=367)).isoformat()))

        assert "A pause lasts a year at most." in page.content.decode()
        assert list(page.context["form"].errors) == ["paused_until"]
        assert not Habits.objects.exists()

    def test_today_is_today_where_the_person_is(self, ada):
        """It is noon in Berlin, and tomorrow already on Kiritimati."""
        with travel_to(NOON):
            with pytest.raises(PauseIsOver):
                arrange(ada, {}, zone="Pacific/Kiritimati", paused_until=date(2026, 11, 23))
            arrange(ada, {}, zone="Pacific/Kiritimati", paused_until=date(2026, 11, 24))

    def test_one_that_is_over_is_shown_no_more(self, as_, ada):
        Habits.objects.create(actor=ada, paused_until=today() - timedelta(days=1))

        page = as_(ada).get(PAGE)

        assert page.context["form"]["paused_until"].value() is None
        assert "You pause until" not in page.content.decode()

    def test_the_inbox_fills_in_a_pause(self, ada):
        set_habits(ada, paused_until=today())
        news("2026-0001", ada)

        assert InboxItem.objects.filter(recipient=ada).count() == 1


class TestMuting:
    @pytest.fixture
    def idea(self):
        return IdeaFactory(title="Mitfahrbank", case__reference="2026-0042")

    def test_the_page_of_an_idea_leads_there(self, as_, ada, idea):
        assert f"{PAGE}vorgang/2026-0042/" in as_(ada).get("/ideen/2026-0042/").content.decode()

    def test_looking_asks(self, as_, ada, idea):
        page = as_(ada).get(f"{PAGE}vorgang/2026-0042/").content.decode()

        assert "Hear nothing more of it?" in page
        assert "Mitfahrbank" in page
        assert not has_muted(ada, idea.case)

    def test_then_one_hears_nothing_more_of_that_one(self, as_, ada, olga, idea):
        other = IdeaFactory(author=ada)
        as_(ada).post(f"{PAGE}vorgang/2026-0042/", {"want": "0"})
        as_(ada).post(f"{PAGE}vorgang/2026-0042/", {"want": "0"})

        assert [(row.actor, row.case) for row in Mute.objects.all()] == [(ada, idea.case)]
        news("", ada, idea=idea)
        comment_on(other, "Gut.", by=olga)
        fan_out_all()
        assert [item.case for item in InboxItem.objects.filter(recipient=ada)] == [other.case]

    def test_hearing_of_it_again(self, as_, ada, idea):
        mute(ada, idea.case)
        assert "Mitfahrbank" in as_(ada).get(PAGE).content.decode()
        assert "Hear of it again?" in as_(ada).get(f"{PAGE}vorgang/2026-0042/").content.decode()

        as_(ada).post(f"{PAGE}vorgang/2026-0042/", {"want": "1"})

        assert not Mute.objects.exists()

    def test_what_one_may_not_read_does_not_exist(self, as_, sam, ada, olga):
        IdeaFactory(state="submitted", author=olga, case__reference="2026-0001")
        CaseFactory(reference="B-2026-0001")

        for address in ("2026-0001", "B-2026-0001", "2026-9999"):
            for want in ("0", "1"):
                assert as_(ada).get(f"{PAGE}vorgang/{address}/").status_code == 404
                assert as_(ada).post(f"{PAGE}vorgang/{address}/", {"want": want}).status_code == 404
        assert not Mute.objects.exists()
        assert sam.get(f"{PAGE}vorgang/2026-0001/").headers["Location"].startswith("/konto/login/")

    @pytest.mark.parametrize("end", ["hidden", "withdrawn"])
    def test_of_what_one_may_no_longer_read_only_the_number_is_told(self, as_, ada, idea, end):
        mute(ada, idea.case)
        hide(idea, "rude") if end == "hidden" else withdraw_idea(idea, by=idea.author)

        for address in (PAGE, f"{PAGE}vorgang/2026-0042/"):
            page = as_(ada).get(address).content.decode()
            assert "2026-0042" in page
            assert "Mitfahrbank" not in page
        as_(ada).post(f"{PAGE}vorgang/2026-0042/", {"want": "0"})  # nothing new, and no refusal
        as_(ada).post(f"{PAGE}vorgang/2026-0042/", {"want": "1"})
        assert not Mute.objects.exists()
        assert as_(ada).get(f"{PAGE}vorgang/2026-0042/").status_code == 404
