"""What every door shares: who calls, who may enter, and addresses and numbers that can be trusted."""

from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from .authority import hindrance
from .errors import NeedsSecondFactor
from .text import clean_line

PAGE = "seite"
LANGUAGE_KEY = "language"  # where the session remembers a chosen language


def absolute(path):
    """``path`` as a full address below SITE_URL; the request's Host header is never asked."""
    return settings.SITE_URL + path


def client_address(request):
    """The caller's IP address for limits and throttles.

    Each proxy appends the address it saw to ``X-Forwarded-For``; only the last
    TRUSTED_PROXY_COUNT entries were written by our own proxies, so the client is
    the first of those. What a client forges stands further left and is ignored;
    with fewer entries than proxies somebody came round them, and nothing is believed.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    count = settings.TRUSTED_PROXY_COUNT
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if count else []
    if len(hops) < count or not count:
        return remote
    try:
        return str(ip_address(hops[-count].strip().partition("%")[0]))
    except ValueError:
        return remote


def permission_required(permission):
    """A decorator for views behind ``permission``.

    Strangers go to the sign-in page and come back; to people without the right
    the page does not exist (404); who lacks only the second factor is led there.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            refusal = hindrance(request.user, permission)
            if isinstance(refusal, NeedsSecondFactor):
                messages.warning(request, str(refusal))
                return redirect("mfa_index")
            if refusal:
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def asked_after_sign_in(view):
    """A decorator for pages that some see without an account and others with one: a stranger to whom the page does not
    exist is led to the sign-in page and comes back, so that links in letters work.
    """

    @wraps(view)
    def asking(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return asking


def safe_next(request, default="/"):
    """The local address where somebody wants to go on (``next``), else ``default``; never a foreign host."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if is_local(address) else default


def is_local(address):
    """Whether ``address`` is a path of this portal, and not a foreign host in disguise (``//evil``, ``/\\evil``)."""
    plain = address.startswith("/") and address == clean_line(address)
    return plain and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def page_number(request, *, parameter=PAGE, most=100_000):
    """The page asked for by ``?seite=``, from 1 to ``most``; nonsense counts as 1."""
    value = request.GET.get(parameter, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        return 1
    return min(max(int(value), 1), most)


def page_of(rows, request, *, size=20, parameter=PAGE):
    """The page of ``rows`` that was asked for; beyond the end the last one. Give ordered rows."""
    return Paginator(rows, size).get_page(page_number(request, parameter=parameter))


def searched(request, parameter="q", most=100):
    """The search words typed, cleaned and at most ``most`` characters."""
    return clean_line(request.GET.get(parameter, "")[: 4 * most])[:most]
