"""The tasks of the outbox, by name, and waking its sender (how: ``participation.core.wake``)."""

from participation.core.wake import wake

FAN_OUT_EVENT = "notifications.fan_out_event"
SEND_BATCH = "notifications.send_batch"


def wake_sender():
    """Say that letters are due."""
    return wake(SEND_BATCH)
