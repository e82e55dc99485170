"""The office's pages for the legal texts: a new wording is a new version."""

from difflib import SequenceMatcher

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.web import permission_required
from ..forms import TextForm
from ..legal import as_html, markers, missing
from ..models import LegalText
from ..operations import publish_text
from ..queries import alliance_of, latest_texts, legal_text

EDIT = "participation.edit_region"
AROUND = 1  # unchanged lines shown beside a changed one


@permission_required(EDIT)
@require_safe
def office_texts(request):
    """Each legal text with its version in force and what its profile data still lack."""
    alliance, in_force = alliance_of(request), {it.kind: it for it in latest_texts()}
    rows = [
        {"kind": kind, "label": label, "text": text, "missing": missing(text.text, alliance) if text else []}
        for kind, label in LegalText.Kind.choices
        for text in [in_force.get(kind)]
    ]
    return render(request, "region/office_texts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@content_form
@permission_required(EDIT)
def edit_text(request, kind):
    """Write, preview and publish the next version of a legal text."""
    if kind not in LegalText.Kind.values:
        raise Http404
    latest = legal_text(kind)
    form = TextForm(form_data(request), latest=latest)
    valid = request.method == "POST" and form.is_valid()
    if valid and "preview" not in request.POST and _published(request, kind, form):
        return redirect("office_texts")
    context = {"form": form, "kind": kind, "title": LegalText.Kind(kind).label, "latest": latest, "markers": markers()}
    if valid:
        context |= _preview(form.cleaned_data, latest, alliance_of(request))
    return render(request, "region/edit_text.html", context)


def _published(request, kind, form):
    words = form.cleaned_data
    try:
        text = publish_text(kind, words["text"], text_en=words["text_en"], seen=form.seen, by=request.user)
    except Outdated:
        form.start_again_from(legal_text(kind))
        form.add_error(None, _("Somebody else published a version meanwhile. Publish again to put yours in its place."))
        return False
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Version %(number)s is in force.") % {"number": text.version})
    return True


def _preview(words, latest, alliance):
    return {
        "preview": mark_safe(as_html(words["text"], alliance, "de")),  # noqa: S308 - cleaned by markup.rendered
        "preview_en": mark_safe(as_html(words["text_en"], alliance, "en")),  # noqa: S308 - cleaned by markup.rendered
        "difference": difference(latest.text if latest else "", words["text"]),
        "missing": missing(words["text"], alliance),
    }


def difference(old, new):
    """What changed between two texts, line by line, as (``same``, ``gone``, ``added`` or ``rest``, line)."""
    before, after = old.splitlines(), new.splitlines()
    lines = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += _shortened(before[start:end])
        else:
            lines += [("gone", line) for line in before[start:end] if line]
            lines += [("added", line) for line in after[new_start:new_end] if line]
    return lines if any(kind in {"gone", "added"} for kind, _line in lines) else []


def _shortened(lines):
    lines = [line for line in lines if line]
    if len(lines) <= 2 * AROUND:
        return [("same", line) for line in lines]
    return [("same", lines[0]), ("rest", "…"), ("same", lines[-1])]
