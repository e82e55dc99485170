"""Writing down what went wrong: where it happened, without what it was about."""

import logging
import traceback

log = logging.getLogger("notifications")


def note(what, error):
    """Log ``what`` with the kind of ``error`` and its way through the code; its words may hold personal data."""
    way = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, way)
