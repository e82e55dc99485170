"""The list of text blocks, and how the office changes it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.web import permission_required
from ..block_forms import TextBlockForm
from ..block_queries import by_purpose
from ..forms import SeenAnswerForm
from ..models import TextBlock
from ..operations import EDIT_BLOCKS, add_text_block, change_text_block, remove_text_block
from .page import SEE

FIELDS = {"UnknownPlaceholder": "text", "TitleTaken": "title", "DoesNotBelong": "purpose"}
page = require_http_methods(["GET", "HEAD", "POST"])


@permission_required(SEE)
@require_safe
def blocks(request):
    """All text blocks, by what they are for."""
    context = {"groups": by_purpose(), "may_edit": may(request.user, EDIT_BLOCKS)}
    return render(request, "moderation/blocks.html", context)


@page
@content_form
@permission_required(EDIT_BLOCKS)
def add(request):
    """Write a new one."""
    form = TextBlockForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        saved = partial(add_text_block, by=request.user, **form.words)
        return _save(request, form, saved) or _block_page(request, form, status=409)
    return _block_page(request, form)


@page
@content_form
@permission_required(EDIT_BLOCKS)
def edit(request, pk):
    """Change one; when somebody else was faster, what was typed stays."""
    block = _block(pk)
    if block is None:
        return _gone(request)
    form = TextBlockForm(form_data(request), block=block)
    if request.method == "POST" and form.is_valid():
        return _change(request, form, block)
    return _block_page(request, form, block)


@page
@permission_required(EDIT_BLOCKS)
def remove(request, pk):
    """Ask, then take it out."""
    block = _block(pk)
    if request.method != "POST":
        block = get_object_or_404(TextBlock, pk=pk)
        return render(request, "moderation/remove_block.html", {"row": block})
    try:
        if block:  # else gone already, as was wished
            remove_text_block(block, version=_version_seen(request.POST), by=request.user)
    except Refusal:
        messages.error(
            request, _("Somebody changed this text block meanwhile. Please look at it before you remove it.")
        )
        return redirect("edit_block", pk)
    messages.success(request, _("The text block is removed. What was written with it stays."))
    return redirect("office_blocks")


def _block(pk):
    return TextBlock.objects.filter(pk=pk).first()


def _change(request, form, block):
    version = form.cleaned_data["version"] or 0  # which no row has
    saved = partial(change_text_block, block, version=version, by=request.user, **form.words)
    answer = _save(request, form, saved)
    if answer:
        return answer
    present = _block(block.pk)
    return _block_page(request, form, present, status=409) if present else _gone(request)


def _save(request, form, saved):
    """The way back to the list once ``saved()`` is done; None where it was refused, with the reason in ``form``."""
    try:
        saved()
    except Outdated:
        present = _block(request.resolver_match.kwargs["pk"])
        if present:
            form.start_again_from(present)
        words = _("Somebody else changed this meanwhile. What you typed is still here; save again to put it in place.")
        form.add_error(None, words)
    except Refusal as refusal:
        form.add_error(FIELDS.get(type(refusal).__name__), str(refusal))
    else:
        messages.success(request, _("The text block is saved."))
        return redirect("office_blocks")
    return None


def _gone(request):
    """What was typed for a text block that was removed meanwhile, as a new one."""
    if request.method != "POST":
        raise Http404
    messages.error(
        request, _("This text block was removed meanwhile. Your text is still here: saving makes a new one.")
    )
    return _block_page(request, TextBlockForm(request.POST), address=reverse("add_block"), status=409)


def _version_seen(data):
    form = SeenAnswerForm(data)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _block_page(request, form, block=None, *, status=200, **more):
    return render(request, "moderation/block.html", {"form": form, "row": block, **more}, status=status)
