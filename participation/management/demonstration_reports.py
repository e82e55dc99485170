"""What was reported, hidden and objected to in the demonstration, done by the same operations that people use."""

from uuid import NAMESPACE_URL, uuid5

from ..attachments.queries import ready_files
from ..core.clock import travel_to
from ..core.hiding import Reason
from ..discussion.models import Comment
from ..ideas.models import Idea
from ..reports.models import Report
from ..reports.operations.objecting import object_to, reject_objection
from ..reports.operations.reporting import reject_report, report_thing, uphold_report
from ..reports.operations.restricting import hide_thing
from .demonstration import days_ago
from .demonstration_story import MODERATOR

MANAGER = "management"
STRANGER = {"name": "Ein Gast", "email": "gast@allianz.example"}


def play_reports(person):
    """Make what is not there yet; ``person(mailbox)`` is the account of the demonstration."""
    if Report.objects.filter(submission=_submission(TALES[0])).exists():
        return
    for tale in TALES:
        tale(person)


def _submission(tale):
    """The same for the same tale, so that a second run makes none again."""
    return uuid5(NAMESPACE_URL, f"demonstration:{tale.__name__}")


def _a_rude_comment(person):
    """Reported by a guest, upheld; its author objected, and the decision stands."""
    comment = _comment("Alles Dummköpfe")
    words = {"reason": Reason.RUDE, "page": _page(comment), "submission": _submission(_a_rude_comment), **STRANGER}
    with travel_to(days_ago(50)):
        report = report_thing(comment, "Hier werden Leute beschimpft, die sich Mühe geben.", **words)
    with travel_to(days_ago(48)):
        uphold_report(
            report, reason=Reason.RUDE, facts="Der Kommentar nennt die Mitglieder des Gemeinderats Dummköpfe.",
            text="Vielen Dank für den Hinweis.", by=person(MODERATOR),
        )  # fmt: skip
    with travel_to(days_ago(45)):
        objection = object_to(report.statement, "Das war doch nicht ernst gemeint.")
    with travel_to(days_ago(40)):
        reject_objection(
            objection, text="Andere konnten das nicht erkennen. Schreiben Sie gern noch einmal, was Sie stört.",
            by=person(MANAGER),
        )  # fmt: skip


def _an_idea_that_may_stay(person):
    """Reported as advertising, and not upheld."""
    idea = Idea.objects.get(title="Bürger-Photovoltaik auf Schuldächern")
    submission = _submission(_an_idea_that_may_stay)
    words = {"reason": Reason.ADVERTISING, "page": idea.get_absolute_url(), "submission": submission}
    with travel_to(days_ago(34)):
        report = report_thing(idea, "Das klingt nach Werbung für eine Firma.", by=person("heimatverein"), **words)
    with travel_to(days_ago(32)):
        reject_report(
            report, text="Die Idee nennt keine Firma und wirbt für nichts. Sie bleibt stehen.", by=person(MODERATOR)
        )


def _an_advertisement(person):
    """Hidden without a report; the objection of its author waits."""
    comment = _comment("Bänke ab 200 Euro")
    with travel_to(days_ago(30)):
        statement = hide_thing(
            comment, reason=Reason.ADVERTISING, facts="Der Kommentar bietet Waren mit Preisen an.", by=person(MODERATOR)
        )
    with travel_to(days_ago(4)):
        object_to(statement, "Ich wollte nur helfen. Den Preis kann ich weglassen.")


def _a_picture(person):
    """Reported by somebody with an account; the report waits."""
    idea = Idea.objects.get(title="Lückenschluss Radweg im Kahlgrund")
    picture = ready_files(idea.folder_id).first() or idea  # the idea itself where no file could be made ready
    page = idea.get_absolute_url() + (f"#file-{picture.pk}" if picture != idea else "")
    words = {"reason": Reason.PRIVATE, "page": page, "submission": _submission(_a_picture)}
    with travel_to(days_ago(3)):
        report_thing(
            picture, "Auf dem Bild ist unsere Wiese. Uns hat niemand gefragt.", by=person("ruhestand"), **words
        )


TALES = [_a_rude_comment, _an_idea_that_may_stay, _an_advertisement, _a_picture]


def _comment(words):
    return Comment.objects.select_related("case", "author").get(text__contains=words)


def _page(comment):
    return f"{comment.case.path}#comment-{comment.pk}"
