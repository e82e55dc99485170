"""All letters, for the office to look at: what each is for, how it reads, and a test in one's own mailbox."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from participation.actors.models import Actor
from participation.core.limits import within_limit
from participation.core.web import permission_required
from participation.events.kinds import Kind

from .. import letters as writing
from ..letterbook import BY_NAME
from ..outbox import post_test
from ..purposes import entry_of, section_of, sections
from ..samples import SAMPLES, context_of
from ..silent import SILENT

SEE = "participation.view_letters"
MOST_TESTS, AN_HOUR = 20, 3600

# The styles of a letter stand in its tags. Nothing in it may run, load or leave its frame.
FRAME = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": True,
}
# In the frame a link would open a page that wants no frame; in a new tab the sandbox lets none open.
NO_WAY_OUT = '<head><base target="_blank">'


@permission_required(SEE)
@require_safe
def letters(request):
    """Every letter, and what is told by none."""
    silent = [(Kind(kind).label, reason) for kind, reason in SILENT.items()]
    return render(request, "notifications/letters.html", {"sections": list(sections()), "silent": silent})


@permission_required(SEE)
@require_safe
def letter(request, name):
    """One letter as its recipients read it, with made-up contents."""
    language = _language(request)
    shown = _shown(name, language)
    context = {
        "name": name, "entry": entry_of(name), "facts": _facts(name), "shown": shown, "language": language,
        "languages": _languages(name, language),
    }  # fmt: skip
    return render(request, "notifications/letter.html", context)


@permission_required(SEE)
@require_safe
@never_cache
@xframe_options_sameorigin
@csp(FRAME)
def letter_html(request, name):
    """The HTML of a letter for the frame in its page."""
    html = _shown(name, _language(request)).html
    return HttpResponse(html.replace("<head>", NO_WAY_OUT, 1))


@permission_required(SEE)
@require_POST
def send_test(request, name):
    """Send the letter to the mailbox of whoever asks for it."""
    language = _language(request)
    _known(name)
    if not within_limit("test-letter", str(request.user.pk), most=MOST_TESTS, seconds=AN_HOUR):
        messages.error(request, _("That was very many tests within an hour. Please try again later."))
    else:
        post_test(name, to=request.user, language=language)
        words = _("The letter is on its way to %(address)s. Its subject begins with “Test”.")
        messages.success(request, words % {"address": request.user.email})
    return redirect(_address("office_letter", name, language))


def _shown(name, language):
    """The letter with made-up contents. Raises Http404 where there is none of this name."""
    _known(name)
    with override(language):
        return writing.render(BY_NAME[name], context_of(name), language)


def _known(name):
    if name not in SAMPLES:
        raise Http404


def _facts(name):
    entry = entry_of(name)
    yield {"label": _("Goes to"), "value": entry.who}
    yield {"label": _("Occasion"), "value": "\n".join(str(moment) for moment in entry.moments)}
    yield {"label": _("Kind of letter"), "value": section_of(name)}


def _language(request):
    """Which language was asked for, else that of the page."""
    wanted = request.GET.get("sprache") or request.POST.get("sprache")
    return wanted if wanted in Actor.Language.values else get_language()


def _languages(name, current):
    return [
        {"label": label, "url": _address("office_letter", name, value), "current": value == current}
        for value, label in Actor.Language.choices
    ]


def _address(page, name, language):
    return f"{reverse(page, args=[name])}?sprache={language}"
