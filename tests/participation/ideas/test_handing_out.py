"""Files of ideas are handed out to those who may read the idea; nobody else learns that there is one."""

import pytest
from django.urls import reverse

from participation.attachments.operations import prepare_waiting
from participation.attachments.states import FileState
from participation.ideas.states import IdeaState
from tests import files
from tests.factories import AllianceFactory, IdeaFactory
from tests.files import attached

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"


@pytest.fixture(autouse=True)
def _alliance(db):
    AllianceFactory()


def status(client, url):
    """What is answered, read to its end."""
    answer = client.get(url)
    b"".join(answer)
    return answer.status_code


def test_a_picture_is_shown_and_never_runs(sam):
    row = attached(IdeaFactory(), name="Bank am Bach.jpg")

    answer = sam.get(row.get_absolute_url())

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Content-Disposition"] == 'inline; filename="Bank am Bach.jpg"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert b"".join(answer).startswith(b"\xff\xd8\xff")


def test_a_document_is_downloaded(sam):
    row = attached(IdeaFactory(), files.document(), "Plän\n../e.pdf", "pdf")

    answer = sam.get(row.get_absolute_url())

    b"".join(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_that_the_browser_has_is_not_sent_again(sam):
    row = attached(IdeaFactory())

    answer = sam.get(row.get_absolute_url(), headers={"if-none-match": f'"{row.key}"'})

    assert (answer.status_code, answer.content) == (304, b"")


def test_the_proxy_sends_the_file_where_a_setting_says_so(sam, settings):
    settings.X_ACCEL_PREFIX = "/attachments/"
    row = attached(IdeaFactory())

    answer = sam.get(row.get_absolute_url())

    assert (answer["X-Accel-Redirect"], answer.content) == (f"/attachments/ready/{row.key}", b"")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-cache")


@pytest.mark.parametrize("state", IdeaState)
def test_each_state_shows_its_files_to_those_who_may_read_it(as_, sam, ada, olga, max, ivo, state):
    idea = IdeaFactory(author=ada, state=state)
    url = attached(idea).get_absolute_url()
    readers = {"sam": sam, "ada": as_(ada), "olga": as_(olga), "max": as_(max), "ivo": as_(ivo)}

    found = {name for name, client in readers.items() if status(client, url) == 200}

    office = {"ada"} if idea.is_draft else {"ada", "max", "ivo"}
    assert found == (set(readers) if idea.is_public else office)


def test_what_is_not_ready_is_not_there(as_, ada):
    idea = IdeaFactory(author=ada)
    waiting = attached(idea, ready=False)
    client = as_(ada)

    assert status(client, waiting.get_absolute_url()) == 404
    prepare_waiting()
    assert status(client, waiting.get_absolute_url()) == 200
    refused = attached(idea, files.truncated())
    assert (refused.state, status(client, refused.get_absolute_url())) == (FileState.REFUSED, 404)


@pytest.mark.parametrize("key", ["x", "0" * 32, "..", "%2e%2e", "18446744073709551616", "%00"])
def test_an_unknown_key_is_not_there(sam, key):
    assert sam.get(f"/anhang/{key}/bild.jpg").status_code in {400, 404}


def test_a_lost_file_is_not_there(sam, settings):
    row = attached(IdeaFactory())
    (settings.ATTACHMENTS_ROOT / "ready" / row.key).unlink()

    assert sam.get(row.get_absolute_url()).status_code == 404


def test_the_page_shows_pictures_with_their_description_and_links_documents(sam):
    idea = IdeaFactory()
    picture, pdf = attached(idea, alt="<b>Bank"), attached(idea, files.document(), "Plan.pdf", "pdf")
    waiting = attached(idea, files.picture((9, 9)), "Neu.jpg", ready=False)

    page = sam.get(idea.get_absolute_url()).content.decode()

    assert f'src="{picture.get_absolute_url()}" alt="&lt;b&gt;Bank" width="80" height="60"' in page
    assert f'href="{pdf.get_absolute_url()}"' in page
    assert waiting.name not in page


def test_the_author_sees_what_waits_and_what_was_not_taken(as_, ada):
    idea = IdeaFactory(author=ada)
    broken = attached(idea, files.truncated(), "Kaputt.jpg")
    waiting = attached(idea, files.picture((9, 9)), "Neu.jpg", ready=False)

    page = as_(ada).get(idea.get_absolute_url()).content.decode()

    assert {broken.name, waiting.name} <= {name for name in ("Kaputt.jpg", "Neu.jpg") if name in page}


def test_the_office_sees_the_files_on_its_page(as_, max):
    idea = IdeaFactory(state=IdeaState.SUBMITTED)
    row = attached(idea)

    assert row.get_absolute_url() in as_(max).get(reverse("office_idea", args=[idea.reference])).content.decode()
