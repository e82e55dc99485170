"""Choosing what one hears of, by which way, and when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from participation.core.errors import Refusal
from participation.core.limits import within_limit
from participation.core.web import safe_next
from participation.events.models import Case

from ..forms import ChoicesForm
from ..mailboxes import forgive, refusal_of
from ..preferences import arrange, chosen_by, habits_of, has_muted, mute, muted_by, topics_for, unmute
from ..readers import may_read, readable

PAGE = ["GET", "HEAD", "POST"]
A_DAY = 24 * 3600
TRIES_A_DAY = 3


@never_cache
@login_required
@require_http_methods(PAGE)
def letter_choices(request):
    """What somebody hears of, by which way and when; what they hear nothing of; and what is owed to them anyway."""
    actor = request.user
    form = ChoicesForm(
        request.POST if request.method == "POST" else None,
        topics=topics_for(actor), chosen=chosen_by(actor), habits=habits_of(actor),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            arrange(actor, form.chosen, **form.habits)
        except Refusal as refusal:
            form.add_error("paused_until", str(refusal))
        else:
            messages.success(request, _("Your choice is saved. It holds from now on."))
            return redirect("letter_choices")
    context = {"form": form, "muted": _muted(actor), "paused_until": habits_of(actor)["paused_until"]}
    return render(request, "notifications/choices.html", context)


def _muted(actor):
    """The references of what somebody hears nothing of, each with its title where they may read it."""
    cases = [row.case for row in muted_by(actor)]
    things = readable(actor, cases)
    return [(case.reference, things[case.pk].title if case.pk in things else "") for case in cases]


@never_cache
@login_required
@require_http_methods(PAGE)
def mute_case(request, reference):
    """Hear nothing more of one case, or hear of it again; what one may not read can still be heard of again."""
    case = get_object_or_404(Case, reference=reference)
    is_muted, is_readable = has_muted(request.user, case), may_read(request.user, case)
    if not (is_muted or is_readable):
        raise Http404
    if request.method == "POST":
        _change(request, case, is_readable=is_readable)
        return redirect(safe_next(request, reverse("letter_choices")))
    things = readable(request.user, [case])
    context = {"case": case, "thing": things.get(case.pk), "is_muted": is_muted}
    return render(request, "notifications/mute.html", context)


def _change(request, case, *, is_readable):
    if request.POST.get("want") == "1":
        unmute(request.user, case)
        messages.success(request, _("You hear of %(reference)s again.") % {"reference": case.reference})
    elif is_readable:
        mute(request.user, case)
        messages.success(request, _("You hear nothing more of %(reference)s.") % {"reference": case.reference})


@login_required
@require_POST
def try_mailbox(request):
    """Write to one's mailbox again although it refused a letter; a few times a day."""
    actor = request.user
    if refusal_of(actor) is None:
        return redirect("my_page")
    if within_limit("mailbox", str(actor.pk), most=TRIES_A_DAY, seconds=A_DAY):
        forgive(actor.email.lower())
        messages.success(request, _("We write to you again. Should your mailbox refuse once more, we say so here."))
    else:
        messages.error(request, _("We tried several times today. Please check your address, or try again tomorrow."))
    return redirect("my_page")
