"""A test that measures times has the machine for itself, and is not overtaken for ever."""

import threading

from tests.alone import turn


class Guest(threading.Thread):
    """Enters the room, and leaves when told to."""

    def __init__(self, folder, alone):
        super().__init__(daemon=True)
        self.folder, self.alone = folder, alone
        self.inside, self.leave = threading.Event(), threading.Event()
        self.start()

    def run(self):
        """One turn."""
        with turn(self.folder, self.alone):
            self.inside.set()
            self.leave.wait(10)

    def enters(self, patience=5):
        """Is it inside before our patience ends?"""
        return self.inside.wait(patience)

    def goes(self):
        """Leave the room."""
        self.leave.set()
        self.join(5)


def test_all_others_share_the_machine(tmp_path):
    guests = [Guest(tmp_path, alone=False) for _ in range(3)]

    assert all(guest.enters() for guest in guests)

    for guest in guests:
        guest.goes()


def test_who_wants_to_be_alone_waits_and_is_next(tmp_path):
    first = Guest(tmp_path, alone=False)
    assert first.enters()
    measuring = Guest(tmp_path, alone=True)
    assert not measuring.enters(0.2)
    late = Guest(tmp_path, alone=False)
    assert not late.enters(0.2)

    first.goes()
    assert measuring.enters()
    assert not late.enters(0.2)

    measuring.goes()
    assert late.enters()
    late.goes()
