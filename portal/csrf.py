"""What happens to a form whose token is gone: its text is kept where we know whose it is."""

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render

from participation.core.drafts import FIELD, actor_of, keep


def csrf_failure(request, reason=""):
    """Keep the text of a content form and offer it again; everything else gets the page that explains."""
    if ask_again := _public_form(request):
        return ask_again(request)
    if _may_keep(request) and keep(request):
        user = request.user
        return redirect(request.path) if user.is_authenticated else redirect_to_login(request.path)
    return render(request, "403_csrf.html", status=403)


def _public_form(request):
    """How a form that needs no account shows what was typed once more; None for other pages."""
    match = request.resolver_match
    return getattr(match.func, "ask_again", None) if match and request.method == "POST" else None


def _may_keep(request):
    """Whether this is a content form, shown to whoever is signed in here, or to somebody whose session ended."""
    match = request.resolver_match
    if request.method != "POST" or not match or not getattr(match.func, "is_content_form", False):
        return False
    return not request.user.is_authenticated or actor_of(request.POST.get(FIELD, "")) == request.user
