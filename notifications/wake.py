"""The tasks of the outbox, by name, and waking its sender (how: ``participation.core.wake``)."""

from participation.core.wake import wake

FAN_OUT_EVENT = "notifications.fan_out_event"
SEND_BATCH = "notifications.send_batch"
SEND_URGENT = "notifications.send_urgent"  # its queue has a worker of its own (CELERY_TASK_ROUTES)


def wake_sender():
    """Say that letters are due, to a sender of all letters and to the one that is kept free for the most urgent."""
    wake(SEND_URGENT)
    return wake(SEND_BATCH)
