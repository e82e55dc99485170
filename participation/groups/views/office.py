"""The office accompanies: all groups at a glance, one group with all that can be decided, and its mandate."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.web import page_of, permission_required
from ...events.trail import trail_of
from ...promises.queries import promise_of
from ..forms import FoundForm, MandateForm, ProlongForm, ReasonForm
from ..models import Group
from ..operations.founding import change_mandate
from ..queries import groups_for_office, members_of, membership_of, prolongations_of
from ..stations import stations

VIEW = "participation.view_all_groups"
PAGE = 25
form_page = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(VIEW)
@require_safe
def groups(request):
    """All groups: proposals with their promise on top, then the longest silent ones."""
    page = page_of(groups_for_office(), request, size=PAGE)
    return render(request, "groups/office_list.html", {"page": page})


@permission_required(VIEW)
@require_safe
def group(request, slug):
    """One group: its mandate, its way, and what the office can decide."""
    return group_page(request, group_at(slug))


def group_at(slug):
    """The group with this address, or Http404."""
    return get_object_or_404(Group.objects.select_related("case", "field", "proposer"), slug=slug)


def group_page(request, group, *, status=200, **forms):
    """The office's page of ``group``; ``forms`` hold what was typed."""
    decides = may(request.user, "participation.found_group", group)
    own = membership_of(request.user, group)
    context = {
        "group": group,
        "places": list(group.municipalities.order_by("name")),
        "stations": stations(group, trail_of(group.case)),
        "promise": promise_of(group.case),
        "people": members_of(group),
        "prolongations": list(prolongations_of(group)),
        "decides": decides,
        "coordinates": bool(own and own.role == "coordinator"),
        "founding": FoundForm(group=group, auto_id="founding_%s") if group.is_proposed else None,
        "declining": ReasonForm(initial={"version": group.version}, auto_id="declining_%s"),
        "prolonging": ProlongForm(auto_id="prolonging_%s"),
        "crumbs": office_crumbs(),
        **forms,
    }
    return render(request, "groups/office_group.html", context, status=status)


def office_crumbs(group=None):
    """Where pages of the office about groups stand."""
    crumbs = [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": _("Working groups"), "url": reverse("office_groups")},
    ]
    return crumbs + ([{"label": group.title, "url": reverse("office_group", args=[group.slug])}] if group else [])


@content_form
@permission_required("participation.change_mandate")
@form_page
def mandate(request, slug):
    """Change the mandate of a group."""
    row = group_at(slug)
    form = MandateForm(form_data(request), group=row)
    if request.method != "POST" or not form.is_valid():
        return _mandate_page(request, row, form)
    times = None if row.is_proposed else form.times
    words = {name: value for name, value in form.words.items() if name not in form.TIMES}
    try:
        change_mandate(row, version=form.seen, by=request.user, times=times, **words)
    except Outdated as refusal:
        row = group_at(slug)
        form.start_again_from(row)
        form.add_error(None, str(refusal))
        return _mandate_page(request, row, form, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _mandate_page(request, row, form, status=409)
    messages.success(request, _("The mandate is changed."))
    return redirect("office_group", slug)


def _mandate_page(request, group, form, *, status=200):
    context = {"group": group, "form": form, "crumbs": office_crumbs(group)}
    return render(request, "groups/mandate.html", context, status=status)
