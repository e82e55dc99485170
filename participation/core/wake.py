"""Waking a worker, at the price of a blink and never of a failure.

What is to do stands in rows; a message that was not sent costs a minute, until
the beat finds the row. So there is one try, bounded by the transport's
time-outs (0.2 s), and after a failure nobody tries for ten seconds
(``core.breaker``, which the cache shares).
"""

import logging

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from . import breaker

log = logging.getLogger(__name__)


def wake(task, **ids):
    """Ask a worker for ``task``; return whether the queue took the message."""
    if breaker.is_open():
        return False
    try:
        current_app.send_task(task, kwargs=ids, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        breaker.trip()
        log.warning("queue away: %s", type(error).__name__)
        return False
    return True
