"""The description of the read interface (OpenAPI 3), completed by what all its answers share."""

from functools import cache

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

PROBLEM = {
    "type": "object",
    "description": "Why there is no answer, in a sentence.",
    "required": ["detail"],
    "properties": {
        "detail": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter that means nothing here, if it is one."},
    },
}
PROBLEMS = {
    "400": ("A parameter, or its value, does not exist here.", {
        "detail": "Please look at the parameter “page_size”: please give a number from 1 to 100.",
        "parameter": "page_size",
    }),
    "404": ("There is nothing at this address, or nothing that everybody may read.", {
        "detail": "There is nothing at this address, or nothing that everybody may read.",
    }),
    "406": ("There is JSON only.", {"detail": "Could not satisfy the request Accept header."}),
    "429": ("Too many questions from this address; Retry-After says when to go on.", {
        "detail": "Too many questions at once. Please go on in 12 seconds.",
    }),
}  # fmt: skip
SEEN = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The ETag of an answer you have; if nothing changed, 304 comes without a body.",
    "example": 'W/"4e1243bd22c66e76c2ba9eddc1f91394"',
}  # fmt: skip
ETAG = {"description": "Names this state of the answer.", "schema": {"type": "string"}}
KEPT = {"description": "How long it may be kept.", "schema": {"type": "string", "example": "public, max-age=60"}}
RETRY = {"description": "Seconds until the next question.", "schema": {"type": "integer", "minimum": 0}}


@cache
def description():
    """The whole description, in English; made once a process."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


def complete(result, generator, request, public):
    """Add to each operation the answers and headers that all share (a hook of drf-spectacular)."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for operation in operations.values():
            operation.setdefault("parameters", []).append(SEEN)
            _add_answers(operation["responses"], is_one="{" in path)
    return result


def _add_answers(responses, *, is_one):
    responses["200"]["headers"] = {"ETag": ETAG, "Cache-Control": KEPT}
    responses["304"] = {"description": "Nothing changed since the answer with this ETag.", "headers": {"ETag": ETAG}}
    for status, (words, example) in PROBLEMS.items():
        if status != "404" or is_one:
            responses[status] = _problem(words, example)
    responses["429"]["headers"] = {"Retry-After": RETRY}


def _problem(words, example):
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": words, "content": {"application/json": content}}
