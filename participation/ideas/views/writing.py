"""The author's pages: write, preview, submit, correct and withdraw an idea."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...core.clock import now
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.limits import within_limit
from ...core.markup import rendered
from ...core.web import searched
from ...promises.calendar import due_moment
from ...promises.queries import promise_of
from ...region.queries import alliance_of
from ..forms import CorrectionForm, IdeaForm
from ..models import Idea
from ..operations.writing import (
    change_draft,
    discard_idea_draft,
    resubmit_idea,
    start_draft,
    submit_idea,
    withdraw_idea,
)
from ..queries import has_published, last_review
from ..search import similar as similar_to
from ..states import LIFECYCLE, IdeaState
from .files import Sent, deal_with_files

PAGE = ["GET", "HEAD", "POST"]
SHORTEST = 3  # letters of a title that are worth a search
AN_HOUR = 3600
IDEAS_AN_HOUR, DRAFTS_AN_HOUR = 20, 60


@never_cache
@content_form
@login_required
@require_http_methods(PAGE)
def new(request):
    """Begin an idea: keep it as a draft, look at it, or hand it in at once."""
    return _writing(request, None)


@never_cache
@content_form
@login_required
@require_http_methods(PAGE)
def draft(request, pk):
    """Go on with a draft of one's own."""
    idea = get_object_or_404(Idea.objects.by(request.user).select_related("case"), pk=pk)
    if not idea.is_draft and request.method != "POST":
        raise Http404
    return _writing(request, idea)


def _writing(request, idea):
    """One page for an idea that is not yet handed in; ``idea`` is None before the first words are kept."""
    action = request.POST.get("action", "save") if request.method == "POST" else ""
    sent = _with_files(request, idea) if action else Sent(idea, form_data(request))
    form = IdeaForm(sent.data, idea=sent.idea, complete=action == "submit")
    sent.tell(form)
    answer = ANSWERS.get(action)
    if answer is None or (not form.is_valid() and action != "autosave"):
        return _page(request, form, sent.idea)
    return answer(request, form, sent.idea)


def _with_files(request, idea):
    return deal_with_files(request, idea, begin=lambda: _begun(request))


def _begun(request):
    """A draft of what was typed so far, for the file that came with it."""
    form = IdeaForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Please mend the other entries first, and then choose the file once more."))
    return _sent_before(request, form) or _kept(request, form, None, 0)


def _save(request, form, idea):
    known = None if idea else _sent_before(request, form)
    if known:
        return redirect(known)
    try:
        idea = _kept(request, form, idea, form.seen)
    except Refusal as refusal:
        return _refused(request, form, idea, refusal)
    messages.success(request, _("Your draft is saved. Only you can see it."))
    place = "" if request.POST.get("action") == "save" else "#files"
    return redirect(reverse("edit_draft", args=[idea.pk]) + place)


def _autosave(request, form, idea):
    """The same for the page's script: an answer of a few words."""
    if not form.is_valid():
        return JsonResponse({"said": _("Not saved: one entry needs another look.")}, status=422)
    try:
        idea = _kept(request, form, idea, form.seen)
    except Refusal as refusal:
        return JsonResponse({"said": str(refusal)}, status=409)
    said = _("Draft saved at %(time)s.") % {"time": time_format(localtime(idea.updated_at))}
    return JsonResponse({"version": idea.version, "url": reverse("edit_draft", args=[idea.pk]), "said": said})


def _submit(request, form, idea):
    before = None if idea else _sent_before(request, form)
    idea, seen = (before, before.version) if before else (idea, form.seen)
    if idea and not idea.is_draft and _says_the_same(idea, form):
        return redirect(idea)  # the second click of two
    if not within_limit("idea", str(request.user.pk), most=IDEAS_AN_HOUR, seconds=AN_HOUR):
        form.add_error(None, _("You sent many ideas within an hour. Please save this one and send it in an hour."))
        form.again(idea)
        return _page(request, form, idea, status=429)
    try:
        idea = _kept(request, form, idea, seen)
        submit_idea(idea, by=request.user)
    except Refusal as refusal:
        return _refused(request, form, idea, refusal)
    messages.success(request, _thanks(idea))
    return redirect(idea)


def _preview(request, form, idea):
    html = rendered(form.cleaned_data["text"], links=has_published(request.user))
    preview = mark_safe(html)  # noqa: S308 - cleaned by markup.rendered
    return _page(request, form, idea, preview=preview, previewed=True)


def _similar(request, form, idea):
    return _page(request, form, idea, looked=True)


ANSWERS = {
    "save": _save, "attach": _save, "autosave": _autosave, "submit": _submit, "preview": _preview, "similar": _similar,
}  # fmt: skip


def _kept(request, form, idea, seen):
    """The draft with what was typed: a new one, or the next version of ``idea``."""
    if idea:
        return change_draft(idea, version=seen, by=request.user, **form.words)
    if not within_limit("idea_draft", str(request.user.pk), most=DRAFTS_AN_HOUR, seconds=AN_HOUR):
        raise Refusal(_("You began many drafts within an hour. Please go on with one of them, or come back later."))
    return start_draft(by=request.user, **form.words)


def _sent_before(request, form):
    """What the first of two clicks made of the same words, or None for the first click."""
    if form.submission is None or cache.add(f"idea:{form.submission}", 1, timeout=AN_HOUR):
        return None
    words = {name: form.cleaned_data[name] for name in ("title", "text")}
    rows = Idea.objects.by(request.user).filter(created_at__gte=now() - timedelta(seconds=AN_HOUR), **words)
    return rows.select_related("case").order_by("-pk").first()


def _says_the_same(idea, form):
    return (idea.title, idea.text) == (form.cleaned_data["title"], form.cleaned_data["text"])


def _refused(request, form, idea, refusal):
    """The page again with what was typed; where another click has handed in the same words, the idea itself."""
    if idea:
        idea = Idea.objects.by(request.user).select_related("case").get(pk=idea.pk)
        if not idea.is_draft and _says_the_same(idea, form):
            return redirect(idea)
    if idea and idea.is_draft and isinstance(refusal, Outdated):
        refusal = _(
            "This draft was changed in another window meanwhile. Send it again to put these words in its place."
        )
    form.again(idea)
    form.add_error(None, str(refusal))
    return _page(request, form, idea, status=409)


def _page(request, form, idea, *, status=200, looked=False, **more):
    title = (form["title"].value() or "")[:120]
    alliance = alliance_of(request)
    due = due_moment(now(), alliance.answer_days, alliance)
    context = {
        "form": form, "idea": idea, "due": due, "stations": _stations(due), "looked": looked,
        "ideas": _similar_ideas(title) if looked or idea else [], "crumbs": _crumbs(), **more,
    }  # fmt: skip
    return render(request, "ideas/submit.html", context, status=status)


@login_required
@require_safe
def similar(request):
    """Public ideas like the title that is being typed; a fragment for the page's script."""
    title = searched(request, "titel", most=120)
    return render(request, "ideas/_similar.html", {"ideas": _similar_ideas(title), "looked": _is_worth_a_search(title)})


@login_required
@require_http_methods(PAGE)
def discard(request, pk):
    """Ask before a draft is thrown away, and do it."""
    idea = get_object_or_404(Idea.objects.by(request.user).filter(state=IdeaState.DRAFT), pk=pk)
    if request.method != "POST":
        return render(request, "ideas/discard.html", {"idea": idea})
    try:
        discard_idea_draft(idea, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect("my_page")


@never_cache
@content_form
@login_required
@require_http_methods(PAGE)
def correct(request, reference):
    """Send an idea again that came back with a question or was declined."""
    idea = _own(request, reference)
    may_send = idea.is_returned or idea.may_appeal
    if request.method != "POST" and not may_send:
        raise Http404
    action = request.POST.get("action", "attach" if "remove" in request.POST else "submit")
    sent = _with_files(request, idea) if request.method == "POST" else Sent(idea, form_data(request))
    form = CorrectionForm(sent.data, idea=idea, complete=request.method == "POST")
    sent.tell(form, alone=action == "attach")
    if request.method != "POST" or not form.is_valid() or action == "attach":
        return _correction_page(request, form, idea)
    if action == "preview":
        html = rendered(form.cleaned_data["text"], links=has_published(request.user))
        preview = mark_safe(html)  # noqa: S308 - cleaned by markup.rendered
        return _correction_page(request, form, idea, preview=preview, previewed=True)
    return _resubmit(request, form, idea)


def _resubmit(request, form, idea):
    if idea.is_in_review and _says_the_same(idea, form):
        return redirect(idea)  # the second click of two
    corrected = form.cleaned_data["corrected"]
    try:
        resubmit_idea(idea, version=form.seen, corrected=corrected, by=request.user, **form.words)
    except Refusal as refusal:
        idea = _own(request, idea.reference)
        form.again(idea)
        form.add_error(None, str(refusal))
        return _correction_page(request, form, idea, status=409)
    messages.success(request, _thanks(idea))
    return redirect(idea)


def _correction_page(request, form, idea, *, status=200, **more):
    alliance = alliance_of(request)
    due = due_moment(now(), -(-alliance.answer_days // 2), alliance)
    crumbs = [*_crumbs(), {"label": idea.title, "url": idea.get_absolute_url()}]
    context = {"form": form, "idea": idea, "review": last_review(idea), "due": due, "crumbs": crumbs, **more}
    return render(request, "ideas/correct.html", context, status=status)


@login_required
@require_http_methods(PAGE)
def withdraw(request, reference):
    """Ask before an idea is taken back, and do it."""
    idea = _own(request, reference)
    if request.method != "POST":
        if not LIFECYCLE.may_follow(idea.state, IdeaState.WITHDRAWN):
            raise Http404
        return render(request, "ideas/withdraw.html", {"idea": idea})
    try:
        withdraw_idea(idea, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your idea is withdrawn."))
    return redirect(idea)


def _own(request, reference):
    rows = Idea.objects.by(request.user).select_related("case", "field")
    return get_object_or_404(rows, case__reference=reference)


def _similar_ideas(title):
    return list(similar_to(title)) if _is_worth_a_search(title) else []


def _is_worth_a_search(title):
    return len(title.strip()) >= SHORTEST


def _thanks(idea):
    day = date_format(localtime(promise_of(idea.case).due_at), "DATE_FORMAT")
    return _("Thank you. Your idea has the number %(reference)s. The office answers by %(day)s.") % {
        "reference": idea.reference,
        "day": day,
    }


def _crumbs():
    return [{"label": _("Ideas"), "url": reverse("ideas")}]


def _stations(due):
    """What happens to an idea, for ``components/way.html``."""
    by = _("By %(day)s") % {"day": date_format(localtime(due), "DATE_FORMAT")}
    return [
        {"label": _("Today"), "note": _("You hand it in; only you and the office see it."), "state": "here"},
        {"label": by, "note": _("The office answers: it publishes it, asks you something, or says why not.")},
        {"label": _("After that"), "note": _("Everybody can read, support and discuss it.")},
        {"label": _("Perhaps"), "note": _("A working group works it out, and the steering group decides.")},
    ]
