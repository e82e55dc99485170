"""An invitation to a group, at a signed address."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...core.errors import Refusal
from ..models import Membership
from ..operations.inviting import accept_invitation, decline_invitation
from ..queries import INVITATION


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """An invitation, for whoever has its address; only the invited person answers."""
    row = _invitation(token)
    if request.method != "POST":
        if request.user.is_authenticated and row.is_member and row.actor_id == request.user.pk:
            return redirect(row.group)
        return _invitation_page(request, row)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    step = {"accept": _accept, "decline": _decline}.get(request.POST.get("answer"))
    return step(request, row, token) if step else redirect("member_invitation", token)


def _accept(request, row, token):
    try:
        accept_invitation(row, by=request.user, shown=request.POST.get("shown") == "yes")
    except Refusal as refusal:
        row = _invitation(token)
        if not (row.is_member and row.actor_id == request.user.pk):  # else a double click
            return _refused(request, row, refusal)
    messages.success(request, _("Welcome. You belong to this group now."))
    return redirect(row.group)


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
    rows = Membership.objects.select_related("group__case", "group__field", "invited_by")
    return get_object_or_404(rows, pk=pk)


def _invitation_page(request, row, *, status=200):
    is_open = row.can_be_accepted and row.group.is_joinable
    context = {
        "row": row,
        "group": row.group,
        "is_open": is_open,
        "may_answer": is_open and row.is_for(request.user),
    }
    return render(request, "groups/invitation.html", context, status=status)
