"""A picture of a public idea is reported and hidden like the idea itself: out of sight and out of reach."""

import pytest

from participation.attachments import shelf
from participation.core.errors import NotAllowed
from participation.events.kinds import Kind
from participation.events.models import Event
from participation.ideas.models import Idea
from participation.reports.models import Report
from participation.reports.operations.objecting import object_to, uphold_objection
from participation.reports.operations.restricting import OutOfReach, hide_thing, take_back
from participation.reports.queries import is_readable, thing_at
from tests.files import AttachmentFactory

from .conftest import FACTS, hide, report, uphold
from .test_public_pages import FORM, answers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_shelf(settings, tmp_path, picture):
    settings.ATTACHMENTS_ROOT = tmp_path
    path = shelf.ready(picture.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a picture")


def place(picture, idea):
    return f"{idea.get_absolute_url()}#file-{picture.pk}"


def text(response):
    return response.content.decode()


def status(client, picture):
    """What the address of the file answers."""
    response = client.get(picture.get_absolute_url())
    if response.streaming:
        list(response.streaming_content)  # to its end, where the file is closed
    return response.status_code


class TestReporting:
    @pytest.mark.parametrize("address", ["its place on the page", "its own address"])
    def test_a_stranger_reports_it(self, sam, picture, idea, address):
        page = place(picture, idea) if address.startswith("its place") else picture.get_absolute_url()
        assert sam.get(FORM, {"seite": page}).context["form"]["page"].value() == page

        answer = sam.post(FORM, answers(page))

        row = Report.objects.get()
        assert answer.status_code == 302
        assert (row.kind, row.thing, row.idea) == ("attachment", picture, idea)
        assert row.path == place(picture, idea)

    def test_the_link_stands_below_it_for_all_but_its_author(self, sam, as_, ada, max, ivo, idea):
        pages = [text(client.get(idea.get_absolute_url())) for client in (sam, as_(ada), as_(max), as_(ivo))]

        assert ["Dieses Bild melden" in page for page in pages] == [True, False, True, True]
        assert ["Dieses Bild ausblenden" in page for page in pages] == [False, False, True, False]

    @pytest.mark.parametrize("change", [{"state": "waiting", "media_type": ""}, {"folder": None}])
    def test_what_nobody_can_see_is_not_there_to_be_reported(self, max, picture, idea, change):
        if "folder" in change:
            Idea.objects.filter(pk=idea.pk).update(state="withdrawn")
        else:
            type(picture).objects.filter(pk=picture.pk).update(**change)
        picture.refresh_from_db()

        assert is_readable(picture) == ("folder" in change)  # once its idea is public again, it is seen again
        for page in (place(picture, idea), picture.get_absolute_url()):
            assert thing_at(page, max) is None

    def test_a_file_of_another_idea_is_not_found_on_this_page(self, sam, idea, max):
        other = AttachmentFactory()

        assert thing_at(f"{idea.get_absolute_url()}#file-{other.pk}", max) is None

    def test_the_office_looks_at_it_and_hides_it(self, as_, max, picture):
        row = report(picture)
        client = as_(max)
        page = text(client.get(row.get_absolute_url()))
        assert picture.get_absolute_url() in page
        assert picture.alt in page

        uphold(row, max)

        picture.refresh_from_db()
        assert picture.is_hidden
        assert "Das Bild ansehen" in text(client.get(row.get_absolute_url()))

    def test_whose_picture_it_is_decides_nothing(self, max, as_):
        idea_of_max = Idea.objects.get()
        Idea.objects.update(author=max)
        row = AttachmentFactory(owner=max, position=2, folder=idea_of_max.folder)
        reported = report(row)

        assert as_(max).get(reported.get_absolute_url()).status_code == 404
        with pytest.raises(NotAllowed):
            uphold(reported, max)
        with pytest.raises(NotAllowed):
            hide(row, max)

    def test_an_upheld_report_hides_it_also_while_its_idea_is_hidden(self, sam, max, mia, picture, idea):
        row, statement = report(picture), hide(idea, max)
        uphold(row, max)
        take_back(statement, because="Ein Irrtum.", by=mia)

        assert status(sam, picture) == 404
        assert Report.objects.get().statement.thing == picture


class TestHidden:
    def test_it_is_out_of_sight_and_out_of_reach(self, sam, as_, ada, olga, max, ivo, picture, idea):
        hide(picture, max)

        for client in (sam, as_(olga)):
            page = text(client.get(idea.get_absolute_url()))
            assert status(client, picture) == 404
            assert "Die Geschäftsstelle hat dieses Bild" in page
            assert picture.key not in page
            assert picture.alt not in page
        for person in (ada, max, ivo):
            page = text(as_(person).get(idea.get_absolute_url()))
            assert status(as_(person), picture) == 200
            assert "Die Geschäftsstelle hat dieses Bild" in page
            assert picture.get_absolute_url() in page

    def test_its_author_objects_and_it_is_seen_again(self, sam, max, mia, picture, idea):
        statement = hide(picture, max)
        uphold_objection(object_to(statement, "Das bin ich selbst."), text="Das stimmt.", by=mia)

        assert status(sam, picture) == 200
        kinds = Event.objects.filter(case=idea.case).values_list("kind", flat=True)
        assert list(kinds) == [Kind.ATTACHMENT_HIDDEN, Kind.ATTACHMENT_SHOWN_AGAIN]

    def test_twice_is_refused(self, max, mia, picture):
        hide(picture, max)

        with pytest.raises(OutOfReach):
            hide_thing(picture, reason="rude", facts=FACTS, by=mia)

    def test_a_file_whose_owner_left_is_seen_by_no_stranger(self, sam, max, picture, idea):
        type(picture).objects.filter(pk=picture.pk).update(owner=None)
        picture.refresh_from_db()
        hide(picture, max)

        assert status(sam, picture) == 404
