"""The office's pages on which the alliance manager edits the region."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.web import permission_required
from .. import operations
from ..forms import AllianceForm, FieldForm, LogoForm, MunicipalityForm, PartnerForm
from ..models import FieldOfAction, Municipality, Partner
from ..queries import alliance_of, fields_for_office, municipalities, partners_for_office, the_alliance

EDIT = "participation.edit_region"
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@content_form
@permission_required(EDIT)
def edit_alliance(request):
    """The profile of the alliance."""
    form = AllianceForm(form_data(request), instance=the_alliance())
    saved = partial(operations.change_alliance, by=request.user)
    return _answer(
        request, form, saved, to="edit_alliance", said=_("The profile is saved."), present=the_alliance,
        template="region/edit_alliance.html",
    )  # fmt: skip


@page
@permission_required(EDIT)
def edit_logo(request):
    """Upload or take away the logo."""
    form = LogoForm(request.POST or None, request.FILES or None)
    if "remove" in request.POST:
        return _done(request, partial(operations.remove_logo, by=request.user), _("The logo is gone."), "edit_alliance")
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_logo(form.cleaned_data["logo"], alt=form.cleaned_data["alt"], by=request.user)
        except Refusal as refusal:
            form.add_error("logo", str(refusal))
        else:
            messages.success(request, _("The logo is shown now."))
            return redirect("edit_alliance")
    return render(request, "region/edit_logo.html", {"form": form})


@permission_required(EDIT)
@require_safe
def office_municipalities(request):
    """The member municipalities, and the places that are still empty."""
    rows = list(municipalities())
    empty = max((alliance_of(request).expected_municipalities or 0) - len(rows), 0)
    return render(request, "region/office_municipalities.html", {"municipalities": rows, "empty_places": range(empty)})


@page
@content_form
@permission_required(EDIT)
def add_municipality(request):
    """Enter a municipality."""
    form = MunicipalityForm(form_data(request), instance=Municipality())
    saved = partial(operations.add_municipality, by=request.user)
    said = _("The municipality is entered.")
    return _answer(request, form, saved, to="office_municipalities", said=said, title=_("Add a municipality"))


@page
@content_form
@permission_required(EDIT)
def edit_municipality(request, pk):
    """Change a municipality."""
    row = get_object_or_404(Municipality, pk=pk)
    form = MunicipalityForm(form_data(request), instance=row)
    saved = partial(operations.change_municipality, row, by=request.user)
    return _answer(
        request, form, saved, to="office_municipalities", said=_("The municipality is saved."), title=row.name,
        present=partial(_again, row), remove_url=reverse("remove_municipality", args=[pk]),
    )  # fmt: skip


@page
@permission_required(EDIT)
def remove_municipality(request, pk):
    """Ask, then take a municipality out."""
    row = get_object_or_404(Municipality, pk=pk)
    consequence = _(
        "Its page disappears. People who chose it as their home keep their accounts, without a home municipality."
    )
    return _confirm(request, row, operations.remove_municipality, to="office_municipalities", consequence=consequence)


@page
@permission_required(EDIT)
def office_fields(request):
    """The fields of action in their order; a POST moves one up or down."""
    if request.method == "POST":
        field = get_object_or_404(FieldOfAction, pk=_number(request.POST.get("field", "")))
        moved = partial(operations.move_field, field, up=request.POST.get("to") == "up", by=request.user)
        return _done(request, moved, _("The order is saved."), "office_fields")
    return render(request, "region/office_fields.html", {"fields": list(fields_for_office())})


@page
@content_form
@permission_required(EDIT)
def add_field(request):
    """Enter a field of action."""
    form = FieldForm(form_data(request), instance=FieldOfAction())
    saved = partial(operations.add_field, by=request.user)
    return _answer(
        request, form, saved, to="office_fields", said=_("The field is entered."), title=_("Add a field of action")
    )


@page
@content_form
@permission_required(EDIT)
def edit_field(request, pk):
    """Change or retire a field of action."""
    row = get_object_or_404(FieldOfAction, pk=pk)
    form = FieldForm(form_data(request), instance=row)
    saved = partial(operations.change_field, row, by=request.user)
    return _answer(
        request, form, saved, to="office_fields", said=_("The field is saved."), title=row.name,
        present=partial(_again, row),
    )  # fmt: skip


@permission_required(EDIT)
@require_safe
def office_partners(request):
    """The partner organisations, the hidden ones among them."""
    return render(request, "region/office_partners.html", {"partners": list(partners_for_office())})


@page
@content_form
@permission_required(EDIT)
def add_partner(request):
    """Enter a partner organisation."""
    form = PartnerForm(form_data(request), instance=Partner())
    saved = partial(operations.add_partner, by=request.user)
    return _answer(
        request, form, saved, to="office_partners", said=_("The partner is entered."), title=_("Add a partner")
    )


@page
@content_form
@permission_required(EDIT)
def edit_partner(request, pk):
    """Change a partner organisation."""
    row = get_object_or_404(Partner, pk=pk)
    form = PartnerForm(form_data(request), instance=row)
    saved = partial(operations.change_partner, row, by=request.user)
    return _answer(
        request, form, saved, to="office_partners", said=_("The partner is saved."), title=row.name,
        present=partial(_again, row), remove_url=reverse("remove_partner", args=[pk]),
    )  # fmt: skip


@page
@permission_required(EDIT)
def remove_partner(request, pk):
    """Ask, then take a partner organisation out."""
    row = get_object_or_404(Partner, pk=pk)
    consequence = _("Its page disappears. If it should only rest, take away the tick at “shown” instead.")
    return _confirm(request, row, operations.remove_partner, to="office_partners", consequence=consequence)


def _answer(request, form, saved, *, to, said, present=None, template="region/edit.html", **context):
    """Show ``form``; once it is sent and right, call ``saved`` with what it says and go ``to`` the list.

    ``present`` fetches the row as it stands when somebody else was faster.
    """
    if request.method == "POST" and form.is_valid():
        try:
            saved(**form.changes) if present is None else saved(seen=form.seen, **form.changes)
        except Outdated:
            _start_again(form, present)
        except operations.UnreadableAccent as refusal:
            form.add_error("accent", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(to)
    return render(request, template, {"form": form, "list_url": reverse(to), **context})


def _start_again(form, present):
    row = present()
    if row:
        form.start_again_from(row)
    form.add_error(
        None, _("Somebody else changed this meanwhile. What you typed is still here; save again to put it in place.")
    )


def _again(row):
    return type(row).objects.filter(pk=row.pk).first()


def _confirm(request, row, removed, *, to, consequence):
    if request.method == "POST":
        said = _("“%(name)s” is removed.") % {"name": row.name}
        return _done(request, partial(removed, row, by=request.user), said, to)
    return render(request, "region/remove.html", {"row": row, "consequence": consequence, "list_url": reverse(to)})


def _done(request, operation, said, to):
    try:
        operation()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(to)


def _number(text):
    """A key that was sent, or 0, which no row has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
