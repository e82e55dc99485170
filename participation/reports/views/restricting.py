"""The office hides something without a report, or blocks an account."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...actors.models import Actor
from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.web import is_local, permission_required
from ..forms import BlockForm, HideForm
from ..operations.restricting import block_actor, hide_thing
from ..queries import thing_at, words_of

act_page = require_http_methods(["GET", "HEAD", "POST"])


@content_form
@permission_required("participation.view_reports")
@act_page
def hide(request):
    """Take an idea, a comment, a picture or a profile out of sight, with a statement of reasons."""
    page = request.GET.get("seite", "")[:300]
    thing = thing_at(page, request.user) if is_local(page) else None
    form = HideForm(form_data(request), initial={"page": page if thing else "", "version": _version_of(thing)})
    if request.method != "POST" or not form.is_valid():
        return _hide_page(request, form)
    thing = thing_at(form.cleaned_data["page"], request.user)
    if thing is None:
        form.add_error("page", _("We find no idea, comment, picture or profile there that everybody can read."))
        return _hide_page(request, form)
    return _hide(request, form, thing)


def _hide(request, form, thing):
    words = {name: value for name, value in form.words.items() if name != "page"}
    try:
        statement = hide_thing(thing, by=request.user, **words)
    except Outdated as refusal:
        form.data = {**form.data.dict(), "version": _version_of(thing) or ""}
        return _refused(request, form, refusal)
    except Refusal as refusal:
        return _refused(request, form, refusal)
    messages.success(request, _("It is hidden now. Its author is told why and how to object."))
    return redirect(statement.path)


def _refused(request, form, refusal):
    messages.error(request, str(refusal))
    return _hide_page(request, form, status=409)


def _version_of(thing):
    return getattr(thing, "version", None)


def _hide_page(request, form, *, status=200):
    thing = thing_at(str(form["page"].value() or "")[:300], request.user)
    context = {"form": form, "words": words_of(thing) if thing else "", "crumbs": _crumbs()}
    return render(request, "reports/hide.html", context, status=status)


@content_form
@permission_required("participation.view_reports")
@act_page
def block(request, pk):
    """Keep somebody out, with a statement of reasons."""
    actor = get_object_or_404(Actor.objects.present(), pk=pk)
    if not may(request.user, "participation.block_actor", actor):
        raise Http404
    form = BlockForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            block_actor(actor, by=request.user, **form.words)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return _block_page(request, form, actor, status=409)
        messages.success(request, _("The account is blocked. The person is told why and how to object."))
        return redirect("office_actors")
    return _block_page(request, form, actor)


def _block_page(request, form, actor, *, status=200):
    context = {"form": form, "actor": actor, "crumbs": _crumbs()}
    return render(request, "reports/block.html", context, status=status)


def _crumbs():
    return [
        {"label": _("Office"), "url": reverse("desk")},
        {"label": _("Reports"), "url": reverse("office_reports")},
    ]
