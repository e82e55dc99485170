"""What every part of the read interface shares: lists page by page, addresses, moments, refusals in a sentence."""

from contextlib import suppress
from datetime import UTC
from urllib.parse import urlencode

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.views import exception_handler
from rest_framework.viewsets import ReadOnlyModelViewSet

from .order import LONGEST, Order
from .parameters import BadParameter, CheckedFilters, check
from .web import absolute

CURSOR, SIZE, ORDER = "cursor", "page_size", "order"
USUAL, MOST = 50, 100


def in_words(error, context):
    """DRF's answer to ``error``, with our own sentence where its own would speak of the code."""
    if isinstance(error, Http404):
        error = NotFound(_("There is nothing at this address, or nothing that everybody may read."))
    if isinstance(error, Throttled):
        error.detail = _("Too many questions at once. Please go on in %(seconds)s seconds.") % {
            "seconds": int(error.wait or 1) + 1
        }
    return exception_handler(error, context)


class Checked:
    """A view that refuses parameters it does not know."""

    def initial(self, request, *args, **kwargs):
        """DRF's limits first, then the parameters of a question."""
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            check(request.query_params, self.parameters())

    def parameters(self):
        """Name → whether it may be given more than once."""
        return {}


class Keyset(BasePagination):
    """Pages of 50 rows, or of 1 to 100 (``?page_size=``), each beginning after a row (``?cursor=``)."""

    def paginate_queryset(self, queryset, request, view=None):
        """The rows of the page that was asked for."""
        self.request, size = request, _size(request)
        order, place = _order(request, view.orders), None
        if (mark := request.query_params.get(CURSOR)) is not None:
            order, place = _place(mark, view.orders)
        rows = order.sort(queryset if place is None else order.after(queryset, place))
        found = list(rows[: size + 1])
        self.next = order.mark(found[size - 1]) if len(found) > size else ""
        return found[:size]

    def get_paginated_response(self, data):
        """The page and the address of the next one."""
        return Response({"next": self._address() if self.next else None, "results": data})

    def _address(self):
        asked = [(name, value) for name, values in self.request.query_params.lists() for value in values]
        kept = [(name, value) for name, value in asked if name != CURSOR]
        return absolute(f"{self.request.path}?{urlencode([*kept, (CURSOR, self.next)])}")

    def get_paginated_response_schema(self, schema):
        """A page, as OpenAPI describes it."""
        address = {
            "type": "string", "format": "uri", "nullable": True,
            "description": "Address of the next page; null on the last one.",
            "example": None,
        }  # fmt: skip
        return {
            "type": "object", "required": ["next", "results"], "properties": {"next": address, "results": schema},
        }  # fmt: skip

    def get_schema_operation_parameters(self, view):
        """``cursor``, ``page_size`` and, where there is a choice, ``order``."""
        found = [
            _parameter(CURSOR, "Where the page begins: take it from `next`, it means nothing by itself.",
                       {"type": "string", "format": f"{view.basename}-cursor", "maxLength": LONGEST}),
            _parameter(SIZE, "Rows of a page.",
                       {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL, "example": USUAL}),
        ]  # fmt: skip
        if len(view.orders) > 1:
            names = [order.name for order in view.orders]
            words = "In which order rows come. A cursor keeps the order that it came from."
            found.append(_parameter(ORDER, words, {"type": "string", "enum": names, "default": names[0]}))
        return found


def _parameter(name, description, schema):
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _order(request, orders):
    known = {order.name: order for order in orders}
    asked = request.query_params.get(ORDER, orders[0].name)
    if asked not in known:
        raise BadParameter(ORDER, _("there is no such order. There are: %(names)s.") % {"names": ", ".join(known)})
    return known[asked]


def _size(request):
    asked = request.query_params.get(SIZE, str(USUAL))
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 3 and 1 <= int(asked) <= MOST):
        raise BadParameter(SIZE, _("please give a number from 1 to 100."))
    return int(asked)


def _place(mark, orders):
    """The order that ``mark`` came from, and its place there."""
    for order in orders:
        with suppress(ValueError):
            return order, order.place(mark)
    raise BadParameter(CURSOR, _("please take it from “next” of an answer, or start at the first page."))


class Reading(Checked, ReadOnlyModelViewSet):
    """A list and its rows, for everybody to read.

    ``orders``: in which orders the list can be read, the usual one first; ``filterset_class``: a Question, if it can be
    filtered; ``completed``: what the serializer needs beside the rows, in a flat number of queries.
    """

    orders = (Order("added", ("pk",)),)
    pagination_class = Keyset
    filter_backends = [CheckedFilters]
    filterset_class = None

    def parameters(self):
        """Those of the list; a single row takes none."""
        if self.action != "list":
            return {}
        names = [CURSOR, SIZE, *([ORDER] if len(self.orders) > 1 else [])]
        return {**dict.fromkeys(names, False), **(self.filterset_class.names() if self.filterset_class else {})}

    def completed(self, rows):
        """``rows``, each with what belongs to it."""
        return rows

    def paginate_queryset(self, queryset):
        """The page, complete."""
        return self.completed(super().paginate_queryset(queryset))

    def get_object(self):
        """The row, complete."""
        return self.completed([super().get_object()])[0]


class Moment(serializers.DateTimeField):
    """A moment in UTC: its ``Z`` needs no care in an address, as a ``+`` would."""

    def __init__(self, **words):
        super().__init__(**{"default_timezone": UTC, "read_only": True, **words})


class Row(serializers.ModelSerializer):
    """A row, all of it only to read, with its moments in UTC."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {models.DateTimeField: Moment}

    def get_fields(self):
        """The fields; without the words of the form in which people write them."""
        fields = super().get_fields()
        for field in fields.values():
            field.read_only, field.required = True, False
            if field.source is None:
                field.label = None
        return fields


def told(tag, many, one, example):
    """A decorator: the words and the example with which the description tells of a ``Reading``."""
    examples = [OpenApiExample("Example", value=example)]
    return extend_schema_view(
        list=extend_schema(tags=[tag], description=many, examples=examples),
        retrieve=extend_schema(tags=[tag], description=one, examples=examples),
    )


@extend_schema_field(OpenApiTypes.URI)
class PageAddress(serializers.Field):
    """The full address of a row's page in the portal, below SITE_URL."""

    def __init__(self, **words):
        super().__init__(**{"source": "*", "read_only": True, **words})

    def to_representation(self, row):
        """The address."""
        return absolute(row.get_absolute_url())
