"""The page of a case, with the acts on it; what could not be done comes back to it, with what was typed."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ...attachments.queries import ready_files
from ...core.authority import may
from ...core.errors import NotAllowed
from ...core.memo import once
from ...ideas.coauthor_queries import byline, coauthors_of, wrote
from ...ideas.queries import mergers_of
from ...ideas.states import AnswerState
from ...promises.queries import extensions_of
from ..block_queries import blocks_for
from ..merge_queries import is_mergeable
from ..queries import answers_to, decided, history_of, ideas_in_office, notes_of, time_left, with_promise, with_words
from .acts import ACTS, DECIDE, offered

SEE = "participation.view_all_ideas"
TAKE = "participation.take_idea"
MERGE = "participation.merge_idea"
DRAFT = "participation.draft_answer"
PUBLISH = "participation.publish_answer"
DRAFT_KEY = pgettext_lazy("key for: draft an answer", "A")


def idea_at(reference, *, reader=None):
    """The submitted idea with this reference and its promise, or 404; with what is asked of ``reader`` at once."""
    rows = with_words(ideas_in_office())
    if reader:
        rows = rows.annotate(same=Exists(mergers_of(reader).filter(target=OuterRef("pk"))))
    idea = with_promise(get_object_or_404(rows, case__reference=reference))
    if reader and idea.published_at:
        once(("proposed the same", reader.pk, idea.pk), lambda: idea.same)
    return idea


def refused(request, reference, refusal, form=None):
    """The page as it stands now, with what was typed; for who may not do this at all it does not exist."""
    if isinstance(refusal, NotAllowed):
        raise Http404
    messages.error(request, str(refusal))
    idea = idea_at(reference)
    if form:
        form.idea = idea
        form.look_again()
    return case_page(request, idea, filled=form, status=409)


def case_page(request, idea, *, filled=None, status=200):
    """Everything about ``idea``; the form ``filled`` keeps what was typed into it."""
    own = wrote(request.user, idea)
    reviews = decided(idea)  # before the acts: whether they are allowed follows from them
    acts = [] if own else _acts(request.user, idea, filled)
    may_draft = not own and idea.is_public and may(request.user, DRAFT, idea)
    context = {
        "idea": idea,
        "coauthors": _coauthors(idea, request.user),
        "files": list(ready_files(idea.folder_id)),
        "left": time_left(idea.promise),
        "extensions": list(extensions_of(idea.promise)) if idea.promise else [],
        "reviews": reviews,
        "history": history_of(idea.case),
        "acts": _by_place(acts),
        "may_draft": may_draft,
        "may_merge": not own and is_mergeable(idea) and may(request.user, MERGE, idea),
        "draft_key": DRAFT_KEY,
        "keys": _keys(acts, may_draft=may_draft),
        "unsent": filled.typed if filled and filled not in [act["form"] for act in acts] else [],
        "crumbs": crumbs(),
        **_standing(request.user, idea, acts),
        **_internal(request.user, idea, own=own, may_draft=may_draft),
    }  # fmt: skip
    return render(request, "moderation/case.html", context, status=status)


def _coauthors(idea, reader):
    """Who stands beside the author, as people read it; empty without."""
    first, *others = coauthors_of(idea) or [None]
    return byline(first.actor, others, reader=reader) if first else ""


def crumbs(idea=None):
    """Where the pages of the office stand."""
    items = [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": _("Ideas"), "url": reverse("office_ideas")},
    ]
    if idea:
        items.append({"label": idea.reference, "url": reverse("office_idea", args=[idea.reference])})
    return items


def _acts(actor, idea, filled):
    """The acts on the page, each with its form and address; nobody takes what they have."""
    holds_it = idea.moderator_id == actor.pk
    rows = [act for act in offered(actor, idea) if not (holds_it and act.name == "take")]
    blocks = blocks_for([act.name for act in rows], idea)
    return [_shown(act, idea, filled, blocks.get(act.name, ())) for act in rows]


def _shown(act, idea, filled, blocks):
    is_filled = filled is not None and filled.name == act.name
    form = filled if is_filled else act.form(idea=idea)
    form.blocks = blocks
    return {"act": act, "form": form, "url": reverse(act.url, args=[idea.reference]), "is_open": is_filled}


def _by_place(acts):
    places = {}
    for act in acts:
        places.setdefault(act["act"].place, []).append(act)
    return places


def _standing(actor, idea, acts):
    """How ``actor`` stands to the case: it is their ``own``, they hold it, prepare it, or judged it before."""
    own = wrote(actor, idea)
    decides = not own and may(actor, TAKE, idea)
    waits = any(act.place == DECIDE and act.possible(idea) for act in ACTS.values())
    return {
        "own": own,
        "holds_it": idea.moderator_id == actor.pk,
        "prepares": not own and not decides,
        "judged_before": decides and waits and not any(act["act"].place == DECIDE for act in acts),
    }


def _internal(actor, idea, *, own, may_draft):
    """Answers, and what only the office sees of them: never the author, whatever their post."""
    answers = list(answers_to(idea)) if idea.published_at else []
    drafts = [answer for answer in answers if answer.state == AnswerState.DRAFT and not own]
    return {
        "answers": [answer for answer in answers if answer.state == AnswerState.PUBLISHED],
        "drafts": _judged(actor, drafts) if may_draft else drafts,
        "notes": [] if own else list(notes_of(idea.case)),
    }


def _judged(actor, drafts):
    """``drafts``, each with ``may_publish``; asked once for one's own words and once for those of others."""
    verdicts = {}
    for draft in drafts:
        is_mine = draft.drafted_by_id == actor.pk
        if is_mine not in verdicts:
            verdicts[is_mine] = may(actor, PUBLISH, draft)
        draft.may_publish = verdicts[is_mine]
    return drafts


def _keys(acts, *, may_draft):
    """What the keys of the page do, for the list on it."""
    rows = [{"key": act["act"].key, "what": act["act"].title} for act in acts]
    if may_draft:
        rows.append({"key": DRAFT_KEY, "what": _("Draft an answer")})
    return rows
