"""Pictures and documents of ideas: attached with the words of the form, removed with what they belong to."""

import pytest
from django.urls import reverse

from participation.attachments.models import MOST, Attachment
from participation.attachments.operations import purge_folders
from participation.core.errors import NotAllowed
from participation.core.personal import erase, export
from participation.core.stamps import new_stamp
from participation.ideas.models import Idea
from participation.ideas.operations.files import (
    NotWithAuthor,
    attach_file,
    describe_files,
    remove_file,
)
from participation.ideas.operations.writing import discard_idea_draft, purge_ownerless_drafts
from participation.ideas.states import IdeaState
from participation.tasks import tidy
from tests import files
from tests.factories import AllianceFactory, FieldOfActionFactory, IdeaFactory, MunicipalityFactory
from tests.files import attached

pytestmark = pytest.mark.django_db
NEW = "/ideen/neu/"


@pytest.fixture(autouse=True)
def _own_shelf(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"


@pytest.fixture
def typed(db):
    """What a browser sends for a whole idea."""
    AllianceFactory()
    chosen = {"field": FieldOfActionFactory().pk, "municipalities": [MunicipalityFactory().pk]}
    return {"title": "Mitfahrbank am Bahnhof", "text": "Eine **Bank** hilft.", **chosen, "stamp": new_stamp()}


@pytest.fixture
def draft(typed, ada):
    return IdeaFactory(author=ada, state=IdeaState.DRAFT)


def address(idea):
    return reverse("edit_draft", args=[idea.pk])


def names(idea):
    idea.refresh_from_db()
    return list(Attachment.objects.filter(folder=idea.folder_id).order_by("position").values_list("name", "alt"))


IN_HAND = {IdeaState.DRAFT, IdeaState.RETURNED, IdeaState.DECLINED}


class TestWriting:
    """Files come with the words of the form."""

    def test_a_file_is_attached_to_a_draft_that_it_begins(self, as_, ada, typed):
        data = {"title": "Bank", "action": "attach", "file": files.sent(files.picture()), "file_alt": "Eine Bank"}

        answer = as_(ada).post(NEW, data)

        idea = Idea.objects.get()
        assert (idea.title, answer.url) == ("Bank", address(idea) + "#files")
        assert names(idea) == [("bild.jpg", "Eine Bank")]

    @pytest.mark.parametrize("action", ["save", "attach", "submit", "preview", "similar"])
    def test_every_button_takes_the_file(self, as_, ada, typed, draft, action):
        file = {"file": files.sent(files.picture()), "file_alt": "Eine Bank"}

        as_(ada).post(address(draft), {**typed, **file, "version": draft.version, "action": action})

        assert names(draft) == [("bild.jpg", "Eine Bank")]

    def test_an_idea_is_submitted_with_its_picture_at_once(self, as_, ada, typed):
        file = {"file": files.sent(files.picture()), "file_alt": "Eine Bank"}

        answer = as_(ada).post(NEW, {**typed, **file, "action": "submit"})

        idea = Idea.objects.get()
        assert (idea.state, answer.url) == (IdeaState.SUBMITTED, idea.get_absolute_url())
        assert names(idea) == [("bild.jpg", "Eine Bank")]

    def test_a_double_click_attaches_once_and_submits_once(self, as_, ada, typed):
        client = as_(ada)
        data = {**typed, "file_alt": "Eine Bank", "action": "submit"}

        answers = [client.post(NEW, {**data, "file": files.sent(files.picture())}).url for _ in range(2)]

        idea = Idea.objects.get()
        assert answers == [idea.get_absolute_url()] * 2
        assert len(names(idea)) == 1

    @pytest.mark.parametrize("action", ["submit", "preview", "similar"])
    def test_a_file_is_kept_where_other_entries_need_another_look(self, as_, ada, typed, action):
        file = {"file": files.sent(files.picture()), "file_alt": "Eine Bank"}

        answer = as_(ada).post(NEW, {"title": "Bank", "stamp": typed["stamp"], **file, "action": action})

        idea = Idea.objects.get()
        page = answer.content.decode()
        assert (idea.state, names(idea)) == (IdeaState.DRAFT, [("bild.jpg", "Eine Bank")])
        assert f'action="{address(idea)}"' in page
        assert 'value="Eine Bank"' in page

        again = as_(ada).post(address(idea), {**typed, "version": answer.context["form"]["version"].value()})
        assert again.url == address(idea) + "#files"

    def test_where_not_even_a_draft_is_possible_the_file_is_asked_for_again(self, as_, ada, typed):
        answer = as_(ada).post(NEW, {"title": "x" * 500, "action": "save", "file": files.sent(files.picture())})

        assert set(answer.context["form"].errors) == {"title", "file"}
        assert not Idea.objects.exists()

    def test_a_picture_is_described_before_it_is_submitted(self, as_, ada, typed, draft):
        row = attached(draft, alt="")
        data = {**typed, "version": draft.version, "action": "submit", f"alt_{row.key}": ""}

        answer = as_(ada).post(address(draft), data)
        assert list(answer.context["form"].errors) == [f"alt_{row.key}"]

        answer = as_(ada).post(address(draft), {**data, f"alt_{row.key}": "Eine Bank", "version": draft.version})
        assert answer.status_code == 302
        assert names(draft) == [("Bank.jpg", "Eine Bank")]

    def test_a_document_needs_no_description(self, as_, ada, typed, draft):
        attached(draft, files.document(), kind="pdf", alt="")

        answer = as_(ada).post(address(draft), {**typed, "version": draft.version, "action": "submit"})

        assert answer.status_code == 302

    def test_a_picture_that_was_not_taken_does_not_hold_up_the_idea(self, as_, ada, typed, draft):
        attached(draft, files.truncated(), alt="")

        page = as_(ada).get(address(draft)).content.decode()
        assert "not complete" in page or "unvollständig" in page or "nicht vollständig" in page
        assert as_(ada).post(address(draft), {**typed, "version": 1, "action": "submit"}).status_code == 302

    def test_a_file_is_removed(self, as_, ada, typed, draft):
        first, second = attached(draft), attached(draft, files.picture((9, 9)), "Zwei.jpg")

        answer = as_(ada).post(address(draft), {**typed, "version": draft.version, "remove": first.key})

        assert answer.url == address(draft) + "#files"
        assert names(draft) == [(second.name, second.alt)]

    def test_nobody_removes_a_file_of_another_idea(self, as_, ada, olga, typed, draft):
        foreign = attached(IdeaFactory(author=olga, state=IdeaState.DRAFT))
        mine = attached(draft)

        as_(ada).post(address(draft), {**typed, "version": draft.version, "remove": foreign.key})

        assert set(Attachment.objects.all()) == {foreign, mine}

    def test_five_files_at_most(self, as_, ada, typed, draft):
        for side in range(MOST):
            attached(draft, files.picture((9, 9 + side)), ready=False)
        data = {**typed, "version": draft.version, "action": "attach", "file": files.sent(files.picture())}

        answer = as_(ada).post(address(draft), data)

        assert list(answer.context["form"].errors) == ["file"]
        assert 'type="file"' not in answer.content.decode()
        assert len(names(draft)) == MOST

    @pytest.mark.parametrize(
        "content", [files.bomb(), files.heic(), files.SVG, b"", b"PK\x03\x04", b"\xff\xd8\xff"], ids=range(6)
    )
    def test_what_is_not_taken_is_said_and_the_words_stay(self, as_, ada, typed, content):
        answer = as_(ada).post(NEW, {**typed, "action": "submit", "file": files.sent(content)})

        page = answer.content.decode()
        assert list(answer.context["form"].errors) == ["file"]
        assert 'href="#id_file"' in page
        assert "Mitfahrbank am Bahnhof" in page
        assert not Idea.objects.exists()
        assert not Attachment.objects.exists()

    def test_the_button_without_a_file_says_so(self, as_, ada, typed, draft):
        answer = as_(ada).post(address(draft), {**typed, "version": draft.version, "action": "attach"})

        assert list(answer.context["form"].errors) == ["file"]

    def test_a_file_beyond_all_measure_is_left_out_and_the_words_stay(self, as_, ada, typed, settings):
        settings.FILE_UPLOAD_MOST = 100

        answer = as_(ada).post(NEW, {**typed, "action": "submit", "file": files.sent(files.picture())})

        assert list(answer.context["form"].errors) == ["file"]
        assert "25" in str(answer.context["form"].errors)
        assert "Mitfahrbank am Bahnhof" in answer.content.decode()

    def test_somebody_who_attaches_without_end_is_asked_to_wait(self, as_, ada, typed, draft, monkeypatch):
        monkeypatch.setattr("participation.ideas.views.files.FILES_AN_HOUR", 1)
        data = {**typed, "action": "attach"}
        client = as_(ada)

        for side in (9, 10):
            draft.refresh_from_db()
            file = {"file": files.sent(files.picture((side, 9))), "version": draft.version}
            answer = client.post(address(draft), {**data, **file})

        assert list(answer.context["form"].errors) == ["file"]
        assert len(names(draft)) == 1

    def test_the_draft_that_saves_itself_keeps_descriptions(self, as_, ada, typed, draft):
        row = attached(draft, alt="")
        data = {**typed, "version": draft.version, "action": "autosave", f"alt_{row.key}": "Eine Bank"}

        assert as_(ada).post(address(draft), data).status_code == 200
        assert names(draft) == [("Bank.jpg", "Eine Bank")]

    def test_a_stranger_attaches_nothing(self, sam, typed):
        answer = sam.post(NEW, {**typed, "action": "attach", "file": files.sent(files.picture())})

        assert answer.url.startswith("/konto/login/")
        assert not Attachment.objects.exists()


class TestCorrecting:
    """The author of an idea that came back changes its files, too."""

    @pytest.fixture
    def returned(self, typed, ada):
        return IdeaFactory(author=ada, state=IdeaState.RETURNED)

    def test_a_file_is_attached_before_it_is_sent_again(self, as_, ada, typed, returned):
        data = {**typed, "version": 1, "action": "attach", "file": files.sent(files.picture()), "file_alt": "Bank"}

        answer = as_(ada).post(reverse("correct_idea", args=[returned.reference]), data)

        page = answer.content.decode()
        assert (answer.status_code, answer.context["form"].errors) == (200, {})
        assert "Mitfahrbank am Bahnhof" in page
        assert names(returned) == [("bild.jpg", "Bank")]
        assert returned.state == IdeaState.RETURNED

    def test_a_file_is_removed_before_it_is_sent_again(self, as_, ada, typed, returned):
        row = attached(returned)

        as_(ada).post(reverse("correct_idea", args=[returned.reference]), {**typed, "version": 1, "remove": row.key})

        assert names(returned) == []
        assert returned.state == IdeaState.RETURNED

    def test_the_file_goes_with_the_words(self, as_, ada, typed, returned):
        file = {"file": files.sent(files.picture()), "file_alt": "Bank"}
        data = {**typed, **file, "version": 1, "action": "submit", "corrected": "Ein Bild."}

        assert as_(ada).post(reverse("correct_idea", args=[returned.reference]), data).status_code == 302

        assert names(returned) == [("bild.jpg", "Bank")]
        assert returned.state == IdeaState.SUBMITTED


class TestOperations:
    """Only the author changes files, and only while the idea is in their hands."""

    @pytest.mark.parametrize("state", sorted(set(IdeaState) - IN_HAND))
    def test_what_is_handed_in_stays_as_it_is(self, ada, typed, state):
        idea = IdeaFactory(author=ada, state=state)
        row = attached(idea)

        for change in (
            lambda: attach_file(idea, files.sent(files.picture((9, 9))), kind="picture", by=ada),
            lambda: describe_files(idea, {row: "Anders"}, by=ada),
            lambda: remove_file(idea, row, by=ada),
        ):
            with pytest.raises(NotWithAuthor):
                change()

        assert names(idea) == [("Bank.jpg", "Eine Bank")]

    def test_a_declined_idea_may_be_changed_until_its_appeal_is_used(self, ada, typed):
        idea = IdeaFactory(author=ada, state=IdeaState.DECLINED)
        attach_file(idea, files.sent(files.picture()), kind="picture", by=ada)
        Idea.objects.filter(pk=idea.pk).update(appeals=1)

        with pytest.raises(NotWithAuthor):
            attach_file(idea, files.sent(files.picture((9, 9))), kind="picture", by=ada)

    def test_nobody_else_changes_files(self, draft, max, root):
        row = attached(draft)

        for person in (max, root):
            for change in (
                lambda by=person: attach_file(draft, files.sent(files.picture((9, 9))), kind="picture", by=by),
                lambda by=person: describe_files(draft, {row: "Anders"}, by=by),
                lambda by=person: remove_file(draft, row, by=by),
            ):
                with pytest.raises(NotAllowed):
                    change()

        assert names(draft) == [("Bank.jpg", "Eine Bank")]

    def test_files_of_a_discarded_draft_are_removed(self, draft, ada, django_capture_on_commit_callbacks, settings):
        attached(draft)
        kept = attached(IdeaFactory(author=ada, state=IdeaState.DRAFT), files.picture((9, 9)))
        discard_idea_draft(draft, by=ada)

        with django_capture_on_commit_callbacks(execute=True):
            tidy()

        assert list(Attachment.objects.all()) == [kept]
        assert [path.name for path in settings.ATTACHMENTS_ROOT.glob("ready/*")] == [kept.key]

    def test_who_leaves_takes_the_files_of_drafts_along_and_leaves_no_name(self, typed, ada):
        draft = IdeaFactory(author=ada, state=IdeaState.DRAFT)
        attached(draft)
        public = IdeaFactory(author=ada)
        row = attached(public, name="Ada im Garten.jpg", alt="Das bin ich, Ada")
        told = next(rows for title, rows in export(ada).items() if rows and "alt" in rows[0])
        assert {entry["name"] for entry in told} == {"Bank.jpg", "Ada im Garten.jpg"}

        erase(ada)
        purge_ownerless_drafts()
        assert purge_folders() == 1

        row.refresh_from_db()
        assert (row.owner, row.name, row.alt) == (None, "… im Garten.jpg", "Das bin ich, …")
        assert list(Attachment.objects.all()) == [row]
