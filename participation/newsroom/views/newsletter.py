"""The newsletter for everybody: ask for it, confirm, end it, read old issues."""

from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ...core.errors import Outdated, Refusal
from ...core.keyset import page_by_key
from ...core.limits import within_limit
from ...core.web import client_address
from ..newsletter_forms import SubscribeForm, sign_up
from ..newsletter_models import Subscription
from ..newsletter_queries import CONFIRM, END, items_of, sent_issues
from ..operations.subscribing import ask_for_newsletter, confirm_newsletter, end_newsletter
from ..wordings import CONFIRMING

ASKED_AN_HOUR = 10
PAGE = 20
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def newsletter(request):
    """What it is, how to get it, and all issues so far."""
    if request.method != "POST":
        return _page(request)
    form = _form(request)
    if not form.is_valid():
        form.again()
        return _page(request, form)
    if not within_limit("newsletter", client_address(request), most=ASKED_AN_HOUR, seconds=3600):
        form.add_error(None, _("Many asked from your connection within an hour. Please try again in an hour."))
        return _page(request, form, status=429)
    ask_for_newsletter(form.cleaned_data["email"], language=_language())
    return redirect("newsletter_asked")


def ask_again(request):
    """Show the form with what was typed, after the token that guards it was lost; nothing was stored."""
    form = _form(request)
    form.again()
    form.add_error(None, _("This page was open for a long time, or cookies are switched off. Please send it again."))
    return _page(request, form, status=403)


newsletter.ask_again = ask_again


@require_safe
def asked(request):
    """The same answer for every address, whether or not it gets the newsletter already."""
    return render(request, "newsroom/asked.html")


@never_cache
@form_page
def confirm(request, token):
    """The end of the double opt-in. A mere visit, such as that of a mail scanner, confirms nothing."""
    row = _subscription(CONFIRM, token)
    refusal = None
    if request.method == "POST" and row:
        try:
            confirm_newsletter(row, language=_language())
        except Outdated:  # the other one of two clicks
            row.refresh_from_db()
        except Refusal as problem:
            refusal = problem
    context = {
        "is_confirmed": row is not None and row.is_confirmed,
        "is_open": row is not None and row.is_open,
        "refusal": refusal,
        "wording": CONFIRMING,
    }
    return render(request, "newsroom/confirm.html", context, status=409 if refusal else 200)


@never_cache
@csrf_exempt  # a mail program presses the button for its owner, without cookie and token (RFC 8058)
@form_page
def end(request, token):
    """End a subscription by a signed address, in one step. A mere visit only asks."""
    row = _subscription(END, token)
    if request.method == "POST" and row:
        try:
            end_newsletter(row, language=_language())
        except Outdated:  # the other one of two clicks
            row.refresh_from_db()
    context = {
        "is_ended": row is None or row.is_ended,
        "is_refused": row is not None and row.is_refused,
        "is_wanted": row is not None and row.is_confirmed,
    }
    return render(request, "newsroom/end.html", context)


@require_safe
def issue(request, number):
    """An issue in the archive, with what can still be read of it."""
    row = get_object_or_404(sent_issues(), number=number)
    crumbs = [{"label": _("Newsletter"), "url": reverse("newsletter")}]
    return render(request, "newsroom/issue.html", {"issue": row, "items": items_of(row), "crumbs": crumbs})


def _subscription(signer, token):
    """The subscription that a signed address names, None where it is gone; Http404 for an address we did not make."""
    try:
        pk = signer.unsign(token)
    except BadSignature:
        raise Http404 from None
    return Subscription.objects.filter(pk=pk).first()


def _form(request):
    return SubscribeForm(request.POST, auto_id="newsletter_%s")


def _page(request, form=None, *, status=200):
    page = page_by_key(sent_issues(), request, field="number", size=PAGE)
    return render(request, "newsroom/newsletter.html", {"page": page, **sign_up(form)}, status=status)


def _language():
    return get_language()[:2]
