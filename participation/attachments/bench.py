"""The workshop's process: what strangers sent is decoded in one of its own, with bounded memory and time.

It knows none of the portal's secrets, ends when its parent does, and says what
became of the file in one line of JSON.
"""

import contextlib
import ctypes
import json
import resource
import signal
import sys

MEMORY = 1536 * 1024 * 1024  # of addresses; the largest picture takes 320 MB, its reader and a copy as much each
SECONDS = 50
LARGEST = 64 * 1024 * 1024
PR_SET_PDEATHSIG = 1


def serve(remake):
    """Let ``remake(source, target)`` work on the files that the command line names, and say what it returns."""
    _bound()
    sys.stdout.write(json.dumps(remake(*sys.argv[1:])))


def _bound():
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, LARGEST)):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(what, (most, most))
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
