"""A mailbox in a folder: one ``.eml`` file a letter, for machines without a mail server."""

import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Puts letters into ``EMAIL_FILE_PATH``; file names sort by time and name the letter."""

    def send_messages(self, email_messages):
        """Write each letter; nobody ever sees half a file. Returns how many were written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for email in email_messages:
            _put(folder, email.message())
        return len(email_messages)


def _put(folder, message):
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".", suffix=".draft")
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes(linesep="\r\n"))
    Path(draft).replace(folder / _name(message["Message-ID"]))


def _name(message_id):
    mark = re.sub(r"\W", "", message_id.partition("@")[0], flags=re.ASCII)[:16]
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{mark}.eml"
