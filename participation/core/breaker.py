"""A breaker that cache and queue share: after a failure nobody tries Redis for ten seconds.

A frozen Redis costs each caller its time-out; with the breaker it costs one
caller one time-out, and ``sweep`` does the rest a minute later.
"""

import time

REST = 10.0

_closed_again_at = 0.0


def is_open():
    """Whether Redis should be left alone for now."""
    return time.monotonic() < _closed_again_at


def trip():
    """Say that Redis did not answer."""
    global _closed_again_at  # noqa: PLW0603  (one breaker a process, on purpose)
    _closed_again_at = time.monotonic() + REST


def reset():
    """Forget a failure (for tests)."""
    global _closed_again_at  # noqa: PLW0603
    _closed_again_at = 0.0
