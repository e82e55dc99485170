"""Logs without personal data: of a failure its kind and its way through the code, never its words.

A database names the whole row in its complaint, an e-mail address among it.
"""

import copy
import logging
import traceback


class Discreet(logging.Formatter):
    """Writes lines in which exceptions say no more than where they happened."""

    def format(self, record):
        """The line; Celery's own ones quote the exception once more."""
        if isinstance(record.args, dict) and "exc" in record.args:
            record = copy.copy(record)
            record.args = {**record.args, "exc": "see below"}
        return super().format(record)

    def formatException(self, ei):  # noqa: N802  (logging's name)
        """Kind and way of the exception and of those it came from."""
        return _way(ei[1])


def _way(error):
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{_way(cause)}\nand then\n" if cause else ""
    return f"{before}{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"
