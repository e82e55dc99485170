"""Co-authors: the author invites, the invited person answers at a signed address, and reads along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...attachments.queries import ready_files
from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.limits import within_limit
from ..coauthor_forms import InviteForm
from ..coauthor_models import CoAuthor
from ..coauthor_queries import INVITATION, byline, coauthors_of, coauthors_path, open_invitations, reading_path
from ..models import Idea
from ..operations.coauthors import (
    MOST,
    accept_invitation,
    decline_invitation,
    invite_coauthor,
    leave_idea,
    take_invitation_back,
)
from ..states import IdeaState

PAGE = ["GET", "HEAD", "POST"]
INVITATIONS_A_DAY, A_DAY = 20, 24 * 3600


@never_cache
@content_form
@login_required
@require_http_methods(PAGE)
def coauthors(request, reference):
    """Who wrote an idea with its author; the author invites, a co-author may leave."""
    return _together(request, case__reference=reference)


@never_cache
@content_form
@login_required
@require_http_methods(PAGE)
def draft_coauthors(request, pk):
    """The same while it is a draft; what was typed there is not lost when it was handed in meanwhile."""
    return _together(request, pk=pk)


def _together(request, **which):
    mine = Q(author_id=request.user.pk) | Q(pk__in=CoAuthor.objects.of(request.user).values("idea_id"))
    idea = get_object_or_404(Idea.objects.filter(mine).select_related("case", "author"), **which)
    if request.method == "POST" and "leave" in request.POST:
        return _leave(request, idea)
    if request.method == "POST" and idea.author_id != request.user.pk:
        raise Http404
    if request.method == "POST" and "take_back" in request.POST:
        return _take_back(request, idea)
    form = InviteForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        return _invite(request, idea, form)
    return _page(request, idea, form)


def _invite(request, idea, form):
    if not within_limit("invitation", str(request.user.pk), most=INVITATIONS_A_DAY, seconds=A_DAY):
        form.add_error(None, _("You invited many people today. Please go on tomorrow."))
        return _page(request, idea, form, status=429)
    try:
        invite_coauthor(idea, form.cleaned_data["email"], by=request.user)
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        return _page(request, idea, form, status=409)
    messages.success(request, _("Your invitation is on its way. We tell you as soon as it is answered."))
    return redirect(coauthors_path(idea))


def _take_back(request, idea):
    row = get_object_or_404(CoAuthor.objects.filter(idea=idea), pk=_number(request.POST["take_back"]))
    try:
        take_invitation_back(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is taken back, and we have forgotten the address."))
    return redirect(coauthors_path(idea))


def _leave(request, idea):
    row = get_object_or_404(CoAuthor.objects.of(request.user), idea=idea)
    try:
        leave_idea(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are no longer a co-author of this idea."))
    return redirect("my_page")


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0


def _page(request, idea, form, *, status=200):
    is_author = idea.author_id == request.user.pk
    accepted, waiting = coauthors_of(idea), list(open_invitations(idea)) if is_author else []
    present = [row for row in accepted if row.actor_id]
    is_closed = idea.is_ended or idea.is_hidden
    context = {
        "idea": idea,
        "form": form,
        "is_author": is_author,
        "accepted": accepted,
        "waiting": waiting,
        "is_closed": is_closed,
        "may_invite": is_author and not is_closed and len(present) + len(waiting) < MOST,
        "most": MOST,
        "crumbs": [
            {"label": _("Ideas"), "url": reverse("ideas")},
            {"label": str(idea), "url": idea.get_absolute_url() if is_author else reading_path(idea)},
        ],
    }
    return render(request, "ideas/coauthors.html", context, status=status)


@never_cache
@require_http_methods(PAGE)
def invitation(request, token):
    """An invitation, for whoever has its address; only the invited person reads the text and answers."""
    row = _invitation(token)
    if request.method != "POST":
        if request.user.is_authenticated and row.is_accepted and row.actor_id == request.user.pk:
            return redirect(reading_path(row.idea))
        return _invitation_page(request, row)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    step = {"accept": _accept, "decline": _decline}.get(request.POST.get("answer"))
    return step(request, row, token) if step else redirect("coauthor_invitation", token)


def _accept(request, row, token):
    try:
        accept_invitation(row, by=request.user)
    except Refusal as refusal:
        row = _invitation(token)
        if not (row.is_accepted and row.actor_id == request.user.pk):  # else a double click
            return _refused(request, row, refusal)
    messages.success(request, _("Thank you. You are a co-author of this idea now."))
    return redirect(reading_path(row.idea))


def _decline(request, row, token):
    try:
        decline_invitation(row, by=request.user)
    except Refusal as refusal:
        return _refused(request, _invitation(token), refusal)
    messages.success(request, _("You have declined the invitation, and we have forgotten the address."))
    return redirect("my_page")


def _refused(request, row, refusal):
    messages.error(request, str(refusal))
    return _invitation_page(request, row, status=409)


def _invitation(token):
    try:
        pk = INVITATION.unsign(token)
    except BadSignature:
        raise Http404 from None
    return get_object_or_404(CoAuthor.objects.select_related("idea__case", "idea__field", "invited_by"), pk=pk)


def _invitation_page(request, row, *, status=200):
    idea = row.idea
    is_open = row.is_open and not (idea.is_ended or idea.is_hidden)
    is_invited = is_open and row.is_for(request.user)
    context = {
        "row": row,
        "idea": idea,
        "is_open": is_open,
        "is_author": request.user.is_authenticated and idea.author_id == request.user.pk,
        "may_answer": is_invited and may(request.user, "participation.answer_invitation", row),
    }
    return render(request, "ideas/invitation.html", context, status=status)


@never_cache
@login_required
@require_safe
def read_draft(request, pk):
    """A draft, for its co-authors; its author goes on writing, and what was handed in has a page of its own."""
    idea = get_object_or_404(Idea.objects.visible_to(request.user).select_related("case", "field", "author"), pk=pk)
    if idea.state != IdeaState.DRAFT or idea.author_id == request.user.pk:
        return redirect(idea)
    context = {
        "idea": idea,
        "byline": byline(idea.author, coauthors_of(idea), reader=request.user),
        "places": list(idea.municipalities.order_by("name")),
        "files": list(ready_files(idea.folder_id)),
        "crumbs": [{"label": _("Ideas"), "url": reverse("ideas")}],
    }
    return render(request, "ideas/read_draft.html", context)
