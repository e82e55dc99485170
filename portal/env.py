"""Typed readers for the environment: nonsense is refused with a sentence, secrets may come from files.

Each reader takes the variable's name; where the variable is missing or empty
it returns ``default``. ``NAME_FILE`` may name a file that holds the value (the
way container secrets arrive); having both is refused, since one would win
silently. All raise ``ImproperlyConfigured``.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def text(name, default=""):
    """The variable as text, without surrounding blanks."""
    value, path = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and path:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if path:
        value = _from_file(name, path)
    return value or default


def flag(name, default=False):
    """The variable as yes or no: 1, true, yes, on or 0, false, no, off."""
    value = text(name).lower()
    if value and value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")
    return value in YES if value else default


def choice(name, default, choices):
    """The variable as one of ``choices``, in capitals."""
    value = text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not “{value}”.")
    return value


def number(name, default, *, least=0, most=2**31):
    """The variable as a whole number from ``least`` to ``most``."""
    value = text(name, str(default))
    try:
        result = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from None
    if not least <= result <= most:
        raise ImproperlyConfigured(f"{name} must lie between {least} and {most}, not be {result}.")
    return result


def folder(name, default):
    """The variable as an absolute path of a folder."""
    return Path(text(name, str(default))).expanduser().resolve()


def web_address(name, default=""):
    """The variable as ``scheme://host[:port]`` without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query
    if value and wrong:
        raise ImproperlyConfigured(f"{name} must look like https://portal.example, not “{value}”.")
    return value


def secret(name, path):
    """The variable, else what ``path`` holds, else a new random value stored there (0600).

    With ``path`` None a missing variable stays empty, and Django refuses to start.
    """
    value = text(name)
    if value or path is None:
        return value
    if not path.exists():
        _store_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


DATABASES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}


def database(name, default):
    """The variable as Django's database dictionary.

    ``sqlite:////absolute/path`` or ``postgres://user:password@host:port/name``.
    """
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in DATABASES:
        raise ImproperlyConfigured(f"{name} must begin with sqlite:// or postgres://.")
    if parts.scheme == "sqlite":
        return {"ENGINE": DATABASES["sqlite"], "NAME": unquote(parts.path[1:])}
    return {
        "ENGINE": DATABASES[parts.scheme],
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": text("DATABASE_PASSWORD") or unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": "5", **dict(parse_qsl(parts.query))},
    }


def broker(name, note):
    """The variable as the address of a Redis server, else the embedded one that ``note`` tells of, else localhost.

    ``redis://``, ``rediss://`` or ``unix:///path/of/socket``.
    """
    value = text(name)
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must begin with redis://, rediss:// or unix://.")
    if not value and note.exists():
        return f"unix://{quote(note.read_text(encoding='utf-8').strip())}"
    return value or "redis://127.0.0.1:6379/0"


MAILERS = {
    "file": "notifications.mailbox.FolderBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
}


def mailer(name, default):
    """The variable as Django's ``EMAIL_*`` settings.

    ``smtp://`` plain, ``smtp+tls://`` STARTTLS, ``smtps://`` TLS from the start,
    ``file:///folder`` one ``.eml`` file a letter.
    """
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in MAILERS:
        raise ImproperlyConfigured(f"{name} must begin with smtp://, smtp+tls://, smtps:// or file://.")
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": MAILERS["file"], "EMAIL_FILE_PATH": unquote(parts.path)}
    return {
        "EMAIL_BACKEND": MAILERS[parts.scheme],
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": text("EMAIL_PASSWORD") or unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def _from_file(name, path):
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None


def _store_once(path, value):
    """Write ``value`` to ``path`` unless another process was faster; nobody sees a half-written file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()
