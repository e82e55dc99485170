"""Members of a group: everybody in it sees them; its coordination takes in, invites, gives roles and lets go."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.limits import within_limit
from ..forms import DescribeForm, InviteForm, ReasonForm, RoleForm
from ..models import Membership
from ..operations.belonging import give_role, remove_member
from ..operations.founding import describe_group
from ..operations.inviting import invite_member, take_invitation_back
from ..operations.joining import accept_request, refuse_request
from ..queries import groups_for, invitations_to, members_of, membership_of, requests_to
from .public import frame

INVITATIONS_A_DAY, A_DAY = 30, 24 * 3600
page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@content_form
@login_required
@page
def members(request, slug):
    """Who belongs to the group; the coordination invites, and sees requests and invitations."""
    group = entered(request, slug)
    may_invite = may(request.user, "participation.invite_member", group)
    if request.method == "POST" and not may_invite:
        raise Http404
    form = InviteForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        return _invite(request, group, form)
    return _members_page(request, group, form)


def entered(request, slug):
    """A group into whose room this person may go; else Http404."""
    group = get_object_or_404(groups_for(request.user).public(), slug=slug)
    if not may(request.user, "participation.enter_group", group):
        raise Http404
    return group


def _invite(request, group, form):
    if not within_limit("member", str(request.user.pk), most=INVITATIONS_A_DAY, seconds=A_DAY):
        form.add_error(None, _("You invited many people today. Please go on tomorrow."))
        return _members_page(request, group, form, status=429)
    try:
        invite_member(group, form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user)
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        return _members_page(request, group, form, status=409)
    messages.success(request, _("Your invitation is on its way. We tell you as soon as it is answered."))
    return redirect("group_members", group.slug)


def _members_page(request, group, form, *, status=200):
    own = membership_of(request.user, group)
    manages = may(request.user, "participation.describe_group", group)
    context = {
        "group": group,
        "own": own,
        "people": members_of(group),
        "manages": manages,
        "may_invite": may(request.user, "participation.invite_member", group),
        "requests": list(requests_to(group)) if manages else [],
        "invitations": list(invitations_to(group)) if manages else [],
        "form": form,
        **frame(request, group, own),
    }
    return render(request, "groups/members.html", context, status=status)


@never_cache
@login_required
@page
def member(request, slug, pk):
    """One person in the group, or one who wants to be: what its coordination can do."""
    group = entered(request, slug)
    row = _managed(request, group, pk)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _member_page(request, group, row)
    return act(request, group, row)


def _managed(request, group, pk):
    """A membership that this person may decide about; else Http404."""
    if not may(request.user, "participation.describe_group", group):
        raise Http404
    rows = Membership.objects.filter(group=group, state__in=["requested", "invited", "member"])
    row = get_object_or_404(rows.select_related("actor__municipality"), pk=pk)
    row.group = group
    return row


def _accept(request, group, row):
    return _done(request, group, row, lambda: accept_request(row, by=request.user), _("Taken in. We tell the person."))


def _refuse(request, group, row):
    words = _("Refused. The person reads your reason.")
    return _with_reason(request, group, row, "refusing", refuse_request, words)


def _role(request, group, row):
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _member_page(request, group, row, role=form)
    chosen = form.cleaned_data["role"]
    return _done(
        request, group, row, lambda: give_role(row, chosen, by=request.user), _("The role is given."), role=form
    )


def _remove(request, group, row):
    words = _("The person no longer belongs to the group and reads your reason.")
    return _with_reason(request, group, row, "removing", remove_member, words)


def _with_reason(request, group, row, name, operation, words):
    form = ReasonForm(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return _member_page(request, group, row, **{name: form})
    because = form.cleaned_data["reason"]
    return _done(request, group, row, lambda: operation(row, because=because, by=request.user), words, **{name: form})


def _take_back(request, group, row):
    return _done(
        request, group, row, lambda: take_invitation_back(row, by=request.user),
        _("The invitation is taken back, and we have forgotten the address."),
    )  # fmt: skip


ACTS = {"accept": _accept, "refuse": _refuse, "role": _role, "remove": _remove, "take_back": _take_back}


def _done(request, group, row, act, words, **forms):
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        fresh = Membership.objects.select_related("actor__municipality").get(pk=row.pk)
        fresh.group = group
        return _member_page(request, group, fresh, status=409, **forms)
    messages.success(request, words)
    return redirect("group_members", group.slug)


def _member_page(request, group, row, *, status=200, **forms):
    own = membership_of(request.user, group)
    context = {
        "group": group,
        "row": row,
        "may_answer": row.is_requested and may(request.user, "participation.answer_request", row),
        "may_remove": row.is_member and may(request.user, "participation.remove_member", row),
        "may_give_role": row.is_member and may(request.user, "participation.give_role", row),
        "refusing": ReasonForm(auto_id="refusing_%s"),
        "removing": ReasonForm(auto_id="removing_%s"),
        "role": RoleForm(initial={"role": row.role}),
        **forms,
        **frame(request, group, own),
    }
    context["crumbs"] = [
        *context["crumbs"],
        {"label": group.title, "url": group.get_absolute_url()},
        {"label": _("Members"), "url": reverse("group_members", args=[group.slug])},
    ]
    return render(request, "groups/member.html", context, status=status)


@never_cache
@content_form
@login_required
@page
def describe(request, slug):
    """Say who may join and whom the group looks for."""
    group = entered(request, slug)
    if not may(request.user, "participation.describe_group", group):
        raise Http404
    initial = {"way_in": group.way_in, "looking_for": group.looking_for, "version": group.version}
    form = DescribeForm(form_data(request), initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _describe_page(request, group, form)
    words = {name: form.cleaned_data[name] for name in ("way_in", "looking_for")}
    try:
        describe_group(group, version=form.seen, by=request.user, **words)
    except Outdated as refusal:
        group.refresh_from_db()
        if words != {name: getattr(group, name) for name in words}:  # else a double click
            form.data = {**form.data.dict(), "version": group.version}
            form.add_error(None, str(refusal))
            return _describe_page(request, group, form, status=409)
    messages.success(request, _("Saved."))
    return redirect("group_members", group.slug)


def _describe_page(request, group, form, *, status=200):
    crumbs = [
        {"label": _("Working groups"), "url": reverse("groups")},
        {"label": group.title, "url": group.get_absolute_url()},
        {"label": _("Members"), "url": reverse("group_members", args=[group.slug])},
    ]
    return render(request, "groups/describe.html", {"group": group, "form": form, "crumbs": crumbs}, status=status)
