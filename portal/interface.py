"""The read interface for people: its description for programs, and a page about it."""

import json
from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from participation.core.web import absolute

from .openapi import description
from .throttles import AddressThrottle

METHOD = "get"  # there is nothing else
HEADINGS = {
    "ideas": _("Ideas"),
    "comments": _("Comments"),
    "outcomes": _("Outcomes"),
    "municipalities": _("Municipalities"),
    "fields-of-action": _("Fields of action"),
    "partners": _("Partners"),
    "legal-texts": _("Legal texts"),
}


@dataclass(frozen=True)
class Operation:
    """One address of the interface, as the page tells it."""

    name: str
    path: str
    summary: str
    text: str
    parameters: list
    example: str
    try_it: str


@require_safe
def schema(request):
    """The description of the interface, OpenAPI 3 as JSON."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def documentation(request):
    """How other programs read what is public here."""
    context = {
        "groups": _groups(description()),
        "per_minute": AddressThrottle().num_requests,
        "first": _command("page_size=20"),
        "later": _command("order=changed&changed_since=2026-11-03T10:00:00Z"),
        "method": METHOD.upper(),
    }
    return render(request, "api.html", context)


def _command(query):
    return f"curl '{absolute(reverse('api:idea-list'))}?{query}'"


def _groups(whole):
    """Heading and operations of each part, in the order of HEADINGS."""
    found = {tag: [] for tag in HEADINGS}
    for path, operations in whole["paths"].items():
        operation = operations[METHOD]
        found[operation["tags"][0]].append(_operation(path, operation))
    return [(HEADINGS[tag], operations) for tag, operations in found.items()]


def _operation(path, operation):
    content = operation["responses"]["200"]["content"]["application/json"]
    examples = [example["value"] for example in content["examples"].values()]
    first, _, rest = operation["description"].partition("\n\n")
    return Operation(
        name=operation["operationId"],
        path=path,
        summary=_shown(first),
        text=_shown(rest),
        parameters=[_parameter(it) for it in operation["parameters"] if it["in"] == "query"],
        example=json.dumps(examples[0], indent=2, ensure_ascii=False),
        try_it="" if "{" in path else path,
    )


def _parameter(entry):
    schema = entry["schema"]
    items = schema.get("items", schema)
    return {
        "name": entry["name"], "text": _shown(entry.get("description") or schema["description"]),
        "many": schema.get("type") == "array", "values": items.get("enum", []), "usual": schema.get("default", ""),
    }  # fmt: skip


def _shown(words):
    """``words`` of the description in one line; what stands between backticks is code."""
    pieces = " ".join(words.split()).split("`")
    return format_html_join("", "{}", ((format_html("<code>{}</code>", it) if at % 2 else it,)
                                       for at, it in enumerate(pieces)))  # fmt: skip
