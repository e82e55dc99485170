"""Every component of the portal on one page, with its empty, wrong, late and internal states."""

import datetime
from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from participation.core.authority import may
from participation.events.rehearsal import Copy


@dataclass(frozen=True)
class Link:
    """An entry of a breadcrumb, of tabs or of the day in numbers."""

    label: str
    url: str = "#"
    current: bool = False
    count: int | None = None
    number: int = 0
    tone: str = ""


@dataclass(frozen=True)
class Station:
    """A station on the way of something."""

    label: str
    note: str
    state: str = ""
    url: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Tile:
    """A municipality on the tile map."""

    name: str
    column: int
    row: int
    note: str = ""
    step: int = 0
    url: str = "#"


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    cells: list = field(default_factory=list)
    late: bool = False


@dataclass(frozen=True)
class Fact:
    """A fact by its name."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Drawing:
    """A picture with what can be seen in it."""

    width: int
    height: int
    alt: str


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("What should change? A short sentence is enough.")
    )
    text = forms.CharField(label=gettext_lazy("Description"), widget=forms.Textarea(attrs={"rows": 4}))
    topic = forms.ChoiceField(
        label=gettext_lazy("Field of action"),
        choices=[("", gettext_lazy("Please choose")), ("unsure", gettext_lazy("I do not know"))],
    )
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Municipalities"),
        choices=[(name, name) for name in ("Adorf", "Bedorf", "Cedorf", "Dedorf")],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Several are possible."),
    )
    pace = forms.ChoiceField(
        label=gettext_lazy("How often we write to you"),
        choices=[("now", gettext_lazy("at once")), ("daily", gettext_lazy("once a day"))],
        widget=forms.RadioSelect,
        required=False,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=gettext_lazy("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    size = forms.IntegerField(label=gettext_lazy("Number of people"), required=False, min_value=1)
    colour = forms.CharField(
        label=gettext_lazy("Accent colour"), required=False, widget=forms.TextInput(attrs={"type": "color"})
    )
    picture = forms.FileField(label=gettext_lazy("Picture"), required=False, help_text=gettext_lazy("At most 10 MB."))
    agreed = forms.BooleanField(
        label=gettext_lazy("I have read the terms of use and agree to them."),
        help_text=gettext_lazy("You can withdraw this at any time."),
    )

    website = forms.CharField(
        label=gettext_lazy("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self):
        """One error that belongs to no field."""
        raise forms.ValidationError(_("Somebody else was faster. Please look again."))


@require_safe
def gallery(request):
    """Show the components: to everybody in a demonstration, else to the office."""
    if not (settings.DEMO or may(request.user, "participation.enter_office")):
        raise Http404
    return render(request, "gallery.html", samples())


def samples():
    """Return invented data for every component and state."""
    today = timezone.localdate()
    return {
        "crumbs": [Link(_("The alliance")), Link(_("Municipalities"))],
        "tabs": [Link(_("Open"), current=True, count=3), Link(_("Answered"), count=12), Link(_("All"))],
        "counts": [
            Link(_("overdue"), number=1, tone="late"),
            Link(_("due today"), number=3, tone="due"),
            Link(_("new since yesterday"), number=7),
            Link(_("answered this week"), number=12),
        ],
        "soon": today + datetime.timedelta(days=9),
        "missed": today - datetime.timedelta(days=2),
        "letter": Copy(_("We have a question about your idea"), _("Hello Alex Beispiel,\n\nwhere exactly?"), ""),
        "drawing": Drawing(1600, 1000, _("Hills with a sun (drawing)")),
        "stations": _stations(),
        "journey": _journey(),
        "tiles": _tiles(),
        "facts": [
            Fact(_("Address"), "Marktplatz 1\n12345 Adorf"),
            Fact(_("Website"), "www.adorf.example", "https://www.adorf.example"),
            Fact(_("Inhabitants"), ""),
        ],
        "columns": [_("Answer by"), _("Case"), _("Kind")],
        "rows": [
            Row([_("2 days overdue"), Link("B-0007 Adorf"), _("Barrier")], late=True),
            Row([_("today"), Link("B-0009 Bedorf"), _("Barrier")]),
        ],
        "page": Paginator(range(200), 10).page(7),
        "form": SampleForm(prefix="empty"),
        "wrong_form": SampleForm({"wrong-title": ""}, prefix="wrong"),
        "long_word": "Nachbarschaftshilfekoordinationsstelle",
    }


def _stations():
    return [
        Station(_("Received"), _("yesterday"), "done"),
        Station(_("With the office"), _("since this morning"), "here"),
        Station(_("Answered"), _("within ten working days")),
    ]


def _journey():
    return [
        Station(_("Submitted"), _("wait for the first answer"), url="#", number=9),
        Station(_("Under review"), _("lie with the office"), url="#", number=14),
        Station(_("Done"), _("since the beginning"), url="#", number=38),
    ]


def _tiles():
    return [
        Tile("Adorf", 2, 1, "11", 1),
        Tile("Bedorf", 3, 1, "13", 1),
        Tile("Cedorf", 1, 2, "38", 3),
        Tile("Schöndorfhausen", 2, 2, "14", 2),
        Tile("Edorf", 3, 2, "27", 3),
        Tile("Fedorf", 4, 2, "8"),
        Tile("Gedorf", 5, 2, "5"),
        Tile("Hadorf", 2, 3, "7"),
    ]
