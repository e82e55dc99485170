"""Plays the ideas of the demonstration: each step is an operation at its moment, done by the person who would do it."""

import tomllib
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

from ..actors.models import Actor
from ..attachments.operations import prepare_waiting
from ..core.clock import today, travel_to
from ..discussion.models import Comment
from ..ideas.models import Idea, IdeaVersion
from ..ideas.operations.answering import draft_answer, publish_answer
from ..ideas.operations.coauthors import accept_invitation, invite_coauthor
from ..ideas.operations.files import attach_file
from ..ideas.operations.merging import merge_idea
from ..ideas.operations.reviewing import decline_idea, publish_idea, return_idea, take_idea
from ..ideas.operations.taking_part import comment_on, support_idea
from ..ideas.operations.writing import resubmit_idea, start_draft, submit_idea, withdraw_idea
from ..moderation.operations import write_note
from ..promises.operations import extend, follow
from ..promises.queries import promise_of
from ..region.models import FieldOfAction, Municipality
from .demonstration import FIELDS, days_ago
from .demonstration_pictures import DRAWN

IDEAS = Path(__file__).parent / "ideas.toml"
MODERATOR, INTERN = "moderation", "praktikum"


def play(person):
    """Make the ideas that are not there yet. ``person(mailbox)`` is the account of the demonstration."""
    known = _titles()
    rows = tomllib.loads(IDEAS.read_text(encoding="utf-8"), parse_float=Decimal)["idea"]
    for row in sorted(rows, key=itemgetter("begun"), reverse=True):
        if row["title"] not in known:
            _tell(_begin(row, person(row["author"])), row.get("story", []), person)


def _titles():
    """Those that ideas have and those under which they were once handed in: a retitled idea is not made again."""
    return {title for model in (Idea, IdeaVersion) for title in model.objects.values_list("title", flat=True)}


def _begin(row, author):
    towns = row.get("towns", [])
    words = {"title": row["title"], "text": row["text"], "place": row.get("place", ""), "whole_alliance": not towns}
    words |= zip(("latitude", "longitude"), row.get("point", ()), strict=False)
    field = FieldOfAction.objects.get(name=FIELDS[row["field"]][0])
    with travel_to(days_ago(row["begun"])):
        idea = start_draft(by=author, municipalities=Municipality.objects.filter(name__in=towns), field=field, **words)
        _attach(idea, row.get("files", []), author)
        if not row.get("draft"):
            submit_idea(idea, by=author)
    return idea


def _attach(idea, files, author):
    """Files are prepared here and now: the demonstration is whole before a worker runs."""
    for name, kind, alt in files:
        attach_file(idea, DRAWN[name](), kind=kind, alt=alt, by=author)
    while files and prepare_waiting():
        pass


def _tell(idea, story, person):
    for ago, name, *words in story:
        with travel_to(days_ago(ago)):
            STEPS[name](idea, person, *words)
            idea.refresh_from_db()


def _take(idea, person, _word):
    take_idea(idea, by=person(MODERATOR))


def _publish(idea, person, word):
    publish_idea(idea, version=idea.version, text=word, by=person(MODERATOR))


def _return(idea, person, question):
    return_idea(idea, version=idea.version, question=question, by=person(MODERATOR))


def _resubmit(idea, person, corrected, text):
    words = {name: getattr(idea, name) for name in ("title", "field", "whole_alliance", "place")}
    resubmit_idea(
        idea, version=idea.version, corrected=corrected, by=idea.author, municipalities=idea.municipalities.all(),
        text=text, **words,
    )  # fmt: skip


def _decline(idea, person, reason, text):
    decline_idea(idea, version=idea.version, reason=reason, text=text, by=person(MODERATOR))


def _withdraw(idea, person, _word):
    withdraw_idea(idea, by=idea.author)


def _answer(idea, person, leads_to, body, text):
    decided_on = today() if body else None
    words = {"leads_to": leads_to, "body": body, "decided_on": decided_on}
    answer = draft_answer(idea, text, by=person(MODERATOR), **words)
    publish_answer(answer, version=answer.version, by=person(MODERATOR))


def _prepare(idea, person, text):
    draft_answer(idea, text, by=person(INTERN))


def _support(idea, person, who):
    support_idea(idea, by=person(who))


def _follow(idea, person, who):
    follow(idea.case, person(who))


def _comment(idea, person, who, text):
    comment_on(idea, text, by=person(who))


def _reply(idea, person, who, text):
    comment_on(idea, text, by=person(who), parent=_last_comment(idea))


def _office_comment(idea, person, text):
    comment_on(idea, text, by=person(MODERATOR), in_office=True)


def _last_comment(idea):
    return Comment.objects.filter(case=idea.case).order_by("-posted_at", "-pk").first()


def _note(idea, person, text):
    write_note(idea.case, text, by=person(INTERN))


def _extend(idea, person, days, reason):
    extend(promise_of(idea.case), days_ago(-days).date(), reason=reason, by=person(MODERATOR))


def _join(idea, person, who):
    invitation = invite_coauthor(idea, person(who).email, by=idea.author)
    accept_invitation(invitation, by=person(who))


def _merge(idea, person, title):
    merge_idea(idea, Idea.objects.get(title=title), version=idea.version, by=person(MODERATOR))


STEPS = {
    "take": _take, "publish": _publish, "return": _return, "resubmit": _resubmit, "decline": _decline,
    "withdraw": _withdraw, "answer": _answer, "prepare": _prepare, "support": _support, "follow": _follow,
    "comment": _comment, "reply": _reply, "office comment": _office_comment, "note": _note, "extend": _extend,
    "merge": _merge, "join": _join,
}  # fmt: skip


def people(domain):
    """``person(mailbox)`` → the account with this mailbox at ``domain``; each is asked for once."""
    known = {}

    def person(mailbox):
        if mailbox not in known:
            known[mailbox] = Actor.objects.get(email=f"{mailbox}@{domain}")
        return known[mailbox]

    return person
