"""The office's pages about people: who can do what, who holds which post."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.web import page_of, permission_required
from ..forms import AppointForm, SearchForm
from ..models import Appointment
from ..operations import appoint, end_appointment
from ..queries import actors_for_office, appointments
from .register import filtered


@permission_required("participation.view_actors")
@require_safe
def office_actors(request):
    """All confirmed actors, with a search in what they can do."""
    form, chosen, unknown = filtered(SearchForm, request)
    words, municipality = chosen.get("q", ""), chosen.get("gemeinde")
    page = page_of(actors_for_office(words=words, municipality=municipality), request)
    query = urlencode({"q": words, "gemeinde": municipality.slug if municipality else ""})
    context = {"form": form, "page": page, "chosen": bool(words or municipality), "unknown": unknown, "query": query}
    return render(request, "actors/office_actors.html", context)


@content_form
@permission_required("participation.appoint")
@require_http_methods(["GET", "HEAD", "POST"])
def office_posts(request):
    """Who holds which post, held it or will hold it; and the form to appoint somebody."""
    form = AppointForm(form_data(request))
    if request.method == "POST" and form.is_valid() and _appoint(request, form):
        return redirect("office_posts")
    past = page_of(appointments("past"), request)
    running, coming = list(appointments("running")), list(appointments("coming"))
    context = {"form": form, "running": running, "coming": coming, "past": past}
    return render(request, "actors/office_posts.html", context)


def _appoint(request, form):
    words = {name: form.cleaned_data[name] for name in ("since", "until", "municipality")}
    try:
        appointment = appoint(form.actor, form.cleaned_data["post"], by=request.user, **words)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _("%(name)s is now appointed: %(post)s.") % {"name": form.actor, "post": appointment.get_post_display()},
    )
    return True


@permission_required("participation.appoint")
def end(request, pk):
    """End an appointment today; a mere visit leads back to the list."""
    appointment = get_object_or_404(Appointment, pk=pk)
    if request.method == "POST":
        try:
            end_appointment(appointment, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The post ends today."))
    return redirect("office_posts")
