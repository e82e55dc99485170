"""What the office decides about a group: to found it or not, to prolong it, to coordinate it for a while."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...core.errors import Refusal
from ...core.web import permission_required
from ..forms import FoundForm, ProlongForm, ReasonForm
from ..operations.belonging import step_in
from ..operations.founding import decline_group, found_group
from ..operations.living import prolong_group
from .office import group_at, group_page

DECIDE = "participation.found_group"
act = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(DECIDE)
@act
def found(request, slug):
    """Found the group."""
    return _decide(
        request, group_at(slug), "founding",
        lambda group, data: FoundForm(data, group=group, auto_id="founding_%s"),
        lambda group, form: found_group(group, by=request.user, **form.words),
        lambda group, form: group.is_public and group.decided_by_id == request.user.pk,
        _("The group is founded. Everybody can read about it, and whoever proposed it is told."),
    )  # fmt: skip


@permission_required(DECIDE)
@act
def decline(request, slug):
    """Do not found it, and say why."""
    return _decide(
        request, group_at(slug), "declining",
        lambda group, data: ReasonForm(data, auto_id="declining_%s"),
        lambda group, form: decline_group(
            group, version=form.seen, because=form.cleaned_data["reason"], by=request.user
        ),
        lambda group, form: group.is_declined and group.decided_by_id == request.user.pk,
        _("The group is not founded. Whoever proposed it reads your reason."),
    )  # fmt: skip


@permission_required("participation.prolong_group")
@act
def prolong(request, slug):
    """Let it go on."""
    return _decide(
        request, group_at(slug), "prolonging",
        lambda group, data: ProlongForm(data, auto_id="prolonging_%s"),
        lambda group, form: prolong_group(group, by=request.user, **form.cleaned_data),
        lambda group, form: group.is_active and group.ends_on == form.cleaned_data["ends_on"],
        _("The group goes on. Its members are told."),
    )  # fmt: skip


@permission_required("participation.found_group")
@act
def take_over(request, slug):
    """Coordinate it until it has found somebody."""
    group = group_at(slug)
    if request.method == "POST":
        try:
            step_in(group, by=request.user)
        except Refusal as refusal:
            return _refused(request, group_at(slug), refusal)
        messages.success(request, _("You coordinate this group until somebody else does. Its members are told."))
    return redirect("office_group", slug)


def _decide(request, group, name, form_of, step, is_done, words):
    """Take the form ``name`` of the group's page; where a double click was slower (``is_done``), all is well too."""
    if request.method != "POST":
        return redirect("office_group", group.slug)
    form = form_of(group, request.POST)
    if not form.is_valid():
        return group_page(request, group, **{name: form})
    try:
        step(group, form)
    except Refusal as refusal:
        group = group_at(group.slug)
        if not is_done(group, form):
            return _refused(request, group, refusal, **{name: form})
    messages.success(request, words)
    return redirect("office_group", group.slug)


def _refused(request, group, refusal, **forms):
    """The page as it stands now, with what was typed."""
    messages.error(request, str(refusal))
    if not group.is_proposed:
        forms.pop("founding", None)
    return group_page(request, group, status=409, **forms)
