"""Logs without personal data: of a failure its kind and its way through the code, never its words.

A database names the whole row in its complaint, an e-mail address among it.
Nor is an address of the portal written down that works as a key.
"""

import copy
import logging
import traceback

from django.urls import Resolver404, resolve

SECRETS = {"key", "token", "uidb36"}  # what addresses from letters carry


class Discreet(logging.Formatter):
    """Writes lines in which exceptions say no more than where they happened, and addresses open nothing."""

    def format(self, record):
        """The line; Celery's own ones quote the exception once more."""
        if isinstance(record.args, dict) and "exc" in record.args:
            record = copy.copy(record)
            record.args = {**record.args, "exc": "see below"}
        if hasattr(record, "request") and isinstance(record.args, tuple):
            record = copy.copy(record)
            record.args = tuple(_harmless(one, record.request) for one in record.args)
        return super().format(record)

    def formatException(self, ei):  # noqa: N802  (logging's name)
        """Kind and way of the exception and of those it came from."""
        return _way(ei[1])


def _harmless(word, request):
    """``word`` without what works as a key in the address of ``request``."""
    if not isinstance(word, str):
        return word
    try:
        found = (getattr(request, "resolver_match", None) or resolve(request.path_info)).kwargs
    except (Resolver404, AttributeError):
        return word
    for name in SECRETS & found.keys():
        word = word.replace(str(found[name]), "…")
    return word


def _way(error):
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{_way(cause)}\nand then\n" if cause else ""
    return f"{before}{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"
