"""Where the files lie: a folder of their own, outside of all that is served, under random names."""

import hashlib
import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from ..core.text import clean_line

LONGEST = 100
ENDINGS = {"image/jpeg": ".jpg", "image/webp": ".webp", "application/pdf": ".pdf"}
AWKWARD = re.compile(r'[<>:"|?*%#\x00-\x1f]')


def incoming(key):
    """The file as it was sent; nobody is given it."""
    return _folder("incoming") / key


def ready(key):
    """The file as it is handed out."""
    return _folder("ready") / key


def keep(upload):
    """Write ``upload`` down as it was sent; returns its random key and its digest."""
    key, digest = secrets.token_hex(16), hashlib.sha256()
    upload.seek(0)
    with incoming(key).open("xb") as file:
        for chunk in iter(lambda: upload.read(65536), b""):
            digest.update(chunk)
            file.write(chunk)
    return key, digest.hexdigest()


def discard(*keys):
    """Remove files; those that are gone already are fine."""
    for key in keys:
        incoming(key).unlink(missing_ok=True)
        ready(key).unlink(missing_ok=True)


def keys_older_than(seconds):
    """The keys of the files that lie here for longer than ``seconds``."""
    moment = time.time() - seconds
    files = [file for name in ("incoming", "ready") for file in _folder(name).iterdir()]
    return {file.name for file in files if file.stat().st_mtime < moment}


def shown_name(sent):
    """The name of a file as people and other computers may see it: no folders, no control characters, not too long."""
    plain = AWKWARD.sub("", clean_line(sent.replace("\\", "/").rpartition("/")[2])).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = plain, ""
    return f"{stem.strip(' .')[:LONGEST] or 'file'}{'.' if ending else ''}{ending}"


def name_of(name, media_type):
    """``name`` with the ending that the content has now."""
    ending = ENDINGS[media_type]
    stem = re.sub(r"\.(jpe?g|jfif|png|webp|gif|pdf)$", "", name, flags=re.IGNORECASE)
    return f"{stem}{ending}"


def _folder(name):
    folder = Path(settings.ATTACHMENTS_ROOT) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
