"""Official answers: drafted, changed, published, thrown away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.text import clean_line
from ...core.web import permission_required
from ...ideas.models import Answer
from ...ideas.operations.answering import change_answer, discard_answer, publish_answer
from ...ideas.states import AnswerState
from ..block_queries import blocks_for
from ..forms import AnswerForm, SeenAnswerForm
from ..operations import prepare_answer
from ..previews import letters_of_answer
from .page import DRAFT, SEE, TAKE, crumbs, idea_at, refused
from .writing import is_unsent, letter_page, wants_letter, written_on

act_page = require_http_methods(["GET", "HEAD", "POST"])


@content_form
@permission_required(SEE)
@act_page
def draft(request, reference):
    """Prepare an answer to a public idea."""
    idea, data = idea_at(reference), form_data(request)
    if not may(request.user, DRAFT, idea):
        raise Http404
    if data is None and not idea.is_public:
        return redirect("office_idea", reference)
    form = AnswerForm(data, idea=idea)
    if is_unsent(request, form):
        return _answer_page(request, written_on(request, form))
    if request.method == "POST" and form.is_valid():
        return _prepare(request, idea, form)
    return _answer_page(request, form)


@content_form
@permission_required(SEE)
@act_page
def edit(request, pk):
    """Change a drafted answer."""
    answer = _answer(pk)
    idea = answer.idea if answer else _idea_named(request)
    if not may(request.user, DRAFT, idea):
        raise Http404
    if answer is None:
        return _gone(request, idea)
    if request.method != "POST" and answer.state != AnswerState.DRAFT:
        return redirect("office_idea", idea.reference)
    form = AnswerForm(form_data(request), idea=idea, answer=answer)
    if is_unsent(request, form):
        return _answer_page(request, written_on(request, form))
    if request.method == "POST" and form.is_valid():
        return _change(request, answer, form)
    return _answer_page(request, form)


@permission_required(SEE)
@act_page
def publish(request, pk):
    """Show the answer to everybody, and let the idea go where it leads."""
    answer = _answer(pk)
    reference = (answer.idea if answer else _idea_named(request)).reference
    if request.method == "POST":
        try:
            _publish(answer, request.POST, by=request.user)
        except Refusal as refusal:
            if not _has_published(_answer(pk), request.user):  # else a double click
                return refused(request, reference, refusal)
        messages.success(request, _("The answer is public now. The author and everybody who follows are told."))
    return redirect("office_idea", reference)


@permission_required(SEE)
@act_page
def discard(request, pk):
    """Throw a drafted answer away."""
    answer = _answer(pk)
    reference = (answer.idea if answer else _idea_named(request)).reference
    if request.method == "POST":
        try:
            _discard(answer, request.POST, by=request.user)
        except Refusal as refusal:
            return refused(request, reference, refusal)
        messages.success(request, _("The draft is gone."))
    return redirect("office_idea", reference)


def _answer(pk):
    return Answer.objects.select_related("idea__case").filter(pk=pk).first()


def _idea_named(request):
    """The idea that the form of a vanished draft names, or 404."""
    return idea_at(clean_line(request.POST.get("reference", "")))


def _prepare(request, idea, form):
    try:
        if wants_letter(request, form):
            return _letter(request, form)
        prepare_answer(idea, form.cleaned_data["text"], by=request.user, **form.words)
    except Refusal as refusal:
        form.idea = idea_at(idea.reference)
        return _answer_page(request, form, refusal)
    messages.success(request, _("The answer is drafted. Only the office sees it until it is published."))
    return redirect("office_idea", idea.reference)


def _change(request, answer, form):
    words = {"text": form.cleaned_data["text"], **form.words}
    try:
        if wants_letter(request, form):
            return _letter(request, form, answer=answer, version=form.cleaned_data["version"])
        change_answer(answer, by=request.user, version=form.cleaned_data["version"], **words)
    except Refusal as refusal:
        present = _answer(answer.pk)
        if present is None or present.state != AnswerState.DRAFT:
            return _gone(request, idea_at(answer.idea.reference), present)
        if wants_letter(request, form) or not _says(present, words, request.user):  # else a double click
            form.answer = present
            form.look_again()
            return _answer_page(request, form, refusal, present=present)
    messages.success(request, _("The draft is saved."))
    return redirect("office_idea", answer.idea.reference)


def _letter(request, form, **draft):
    """What the author would read once the answer is published; ``draft`` is what is changed, if anything."""
    reference = form.idea.reference
    letters = letters_of_answer(form.idea, form.cleaned_data["text"], by=request.user, **form.words, **draft)
    words = {"address": request.path, "submit": _("Save the draft"), "idea": idea_at(reference)}
    return letter_page(request, form, letters, **words)


def _says(answer, words, by):
    """Whether ``by`` drafted ``answer`` with exactly these words."""
    return answer.drafted_by_id == by.pk and all(getattr(answer, name) == value for name, value in words.items())


def _publish(answer, data, *, by):
    if answer is None:
        raise Outdated
    publish_answer(answer, version=_version_seen(data), by=by)


def _has_published(answer, by):
    return answer is not None and answer.state == AnswerState.PUBLISHED and answer.published_by_id == by.pk


def _discard(answer, data, *, by):
    if answer is None:  # gone already, as was wished
        return
    if answer.version != _version_seen(data):
        raise Outdated
    discard_answer(answer, by=by)


def _version_seen(data):
    form = SeenAnswerForm(data)
    if not form.is_valid():
        raise Outdated
    return form.cleaned_data["version"]


def _gone(request, idea, present=None):
    """The form for a new answer, with the words for a draft that was published or thrown away meanwhile."""
    words = _("This draft was published or thrown away meanwhile. Your text is still here: saving makes a new draft.")
    address = reverse("draft_answer", args=[idea.reference])
    return _answer_page(request, AnswerForm(request.POST, idea=idea), words, address=address, present=present)


def _answer_page(request, form, refusal=None, **more):
    if refusal:
        messages.error(request, str(refusal))
    idea = form.idea
    form.blocks = blocks_for([form.name], idea)[form.name]
    prepares = not may(request.user, TAKE, idea)
    context = {"form": form, "idea": idea, "crumbs": crumbs(idea), "prepares": prepares, **more}
    return render(request, "moderation/answer.html", context, status=409 if refusal else 200)
