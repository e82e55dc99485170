"""Tests marked ``alone`` judge how long something took: while one runs, the run's other processes wait."""

import fcntl
from contextlib import contextmanager


@contextmanager
def turn(folder, alone):
    """Keep the machine for oneself, or share it with all who do not need it ``alone``.

    Who waits for the room holds the gate, so that a test that wants to be alone is not overtaken for ever.
    """
    with (folder / "gate.lock").open("w") as gate, (folder / "room.lock").open("w") as room:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(gate, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(room, fcntl.LOCK_UN)  # also for children that have inherited it
