"""My page: what waits for me, who I am here, and the keys to my account."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actors.queries import (
    OFFICE,
    appointments_of,
    has_second_factor,
    second_factor_missing,
    terms_pending,
)
from participation.core.drafts import drafts_of


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the person: what, why, and the way there (``post``: by a button that sends)."""

    title: str
    text: str
    url: str
    label: str
    post: bool = False


@login_required
@require_safe
def my_page(request):
    """Show what waits, the profile in short, posts, safety and data."""
    actor = request.user
    posts = list(appointments_of(actor))
    waiting = list(_waiting(actor, posts))
    interests = list(actor.interests.order_by("position", "name"))
    context = {
        "waiting": waiting,
        "posts": posts,
        "invite": not (waiting or posts or interests or actor.skills or actor.offers),
        "interests": interests,
        "has_second_factor": has_second_factor(actor),
        "sessions": UserSession.objects.filter(user=actor).count(),
    }
    return render(request, "my_page.html", context)


def _waiting(actor, posts):
    if terms_pending(actor):
        yield Waiting(
            _("Terms of use"), _("There is a new version. Please read it and say whether you agree."),
            reverse("accept_terms"), _("I agree"), post=True,
        )  # fmt: skip
    if any(row.post in OFFICE for row in posts) and second_factor_missing(actor):
        yield Waiting(
            _("Second factor"), _("Your post in the office rests until a second factor protects your account."),
            reverse("mfa_index"), _("Set up"),
        )  # fmt: skip
    for draft in drafts_of(actor):
        if _leads_somewhere(draft.path):
            yield Waiting(
                _("Unsent text"), _("Your session had ended when you sent a form. What you wrote is still here."),
                draft.path, _("Go on writing"),
            )  # fmt: skip


def _leads_somewhere(path):
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
