"""Words to the author: text blocks inserted into them, and the letter they make, before anything is sent."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..models import TextBlock
from ..placeholders import GAP
from .page import crumbs

INSERT, PREVIEW, AGAIN = "insert", "preview", "again"


def is_unsent(request, form):
    """Whether the person only wants to go on writing: a text block, or back from the letter."""
    return bool(getattr(form, "writes", False)) and (INSERT in request.POST or AGAIN in request.POST)


def wants_letter(request, form):
    """Whether the person wants to read the letter first."""
    return bool(getattr(form, "writes", False)) and PREVIEW in request.POST


def written_on(request, form):
    """The form to go on with, and a message about the text block that stands in it now."""
    if AGAIN in request.POST:
        return form.unsent()[0]
    block = _chosen(request.POST.get("block", ""), form.name)
    if block is None:
        messages.info(request, _("Please choose a text block first. What you typed is still here."))
        return form.unsent()[0]
    form, gaps = form.unsent(block)
    messages.info(request, _("The text block stands below your words. Please read it over; nothing is sent yet."))
    if gaps:
        words = {"gap": GAP, "what": ", ".join(gaps)}
        messages.warning(request, _("Please fill in “%(gap)s” yourself: nothing is known for %(what)s here.") % words)
    return form


def letter_page(request, form, letters, *, address, submit, idea):
    """The letters as the author would get them; from here one goes on, or back to writing."""
    context = {
        "form": form, "letters": letters, "address": address, "submit": submit, "idea": idea, "crumbs": crumbs(idea),
        "author": idea.author,
    }  # fmt: skip
    return render(request, "moderation/letter.html", context)


def _chosen(number, purpose):
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return TextBlock.objects.filter(pk=number, purpose=purpose).first() if is_number else None
