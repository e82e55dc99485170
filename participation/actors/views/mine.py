"""One's own pages: profile, data, farewell."""

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ...core import drafts
from ...core.clock import today
from ...core.drafts import content_form, form_data
from ...core.errors import Refusal
from ...core.web import LANGUAGE_KEY, safe_next
from ..forms import EraseForm, ProfileForm
from ..models import Actor
from ..operations import accept_terms, edit_profile, erase_actor, export_data
from ..queries import farewell

PAGE = ["GET", "HEAD", "POST"]


@content_form
@login_required
@require_http_methods(PAGE)
def profile(request):
    """Look at and change what one says about oneself."""
    form = ProfileForm(form_data(request), instance=Actor.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        try:
            edit_profile(request.user, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if "language" in form.changed_data:
                request.session.pop(LANGUAGE_KEY, None)
            messages.success(request, _("Your profile is saved."))
            return redirect("my_page")
    return render(request, "actors/profile.html", {"form": form})


@never_cache
@login_required
@require_http_methods(PAGE)
def my_data(request):
    """Explain what is stored, and hand it out as a file."""
    if request.method != "POST":
        return render(request, "actors/my_data.html")
    response = JsonResponse(
        export_data(request.user, by=request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="allianzportal-{today():%Y-%m-%d}.json"'
    return response


@never_cache
@sensitive_post_parameters("password")
@login_required
@require_http_methods(PAGE)
def delete_account(request):
    """Show what goes and what stays; delete after the password and a tick."""
    form = EraseForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            erase_actor(request.user, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            logout(request, show_message=False)
            messages.success(request, _("Your account is deleted. Thank you for taking part."))
            return redirect("start")
    goes, stays = farewell(request.user)
    context = {"form": form, "goes": goes, "stays": stays, "partly": [title for title, _reasons in stays]}
    return render(request, "actors/delete_account.html", context)


@login_required
@require_POST
def terms(request):
    """Agree to the terms of use in force."""
    accept_terms(request.user, by=request.user)
    messages.success(request, _("Thank you. Your agreement is noted."))
    return redirect("my_page")


@login_required
@require_POST
def discard_draft(request, pk):
    """Throw away what was typed when a session had ended."""
    if drafts.discard(request.user, pk):
        messages.info(request, _("The unsent text is thrown away."))
    return redirect(safe_next(request, default="my_page"))
