"""Where the pictures of a map come from: which address TILE_URL may be, and what browsers may load because of it."""

import re
from urllib.parse import urlsplit

NEEDED = {"{z}", "{x}", "{y}"}
RETINA = "{r}"  # “@2x” on fine screens, else nothing
HOST = re.compile(r"(?:[a-z0-9.-]+|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def origin_of(template):
    """Return scheme, host and port of ``template``, or nothing where it is no address of tiles.

    It goes into the content security policy: so no placeholder stands in the host,
    and http:// is for this machine only.
    """
    parts = _parts(template)
    if parts is None or not _is_safe(parts) or not _is_template(parts):
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()


def host_of(template):
    """The host as people read it."""
    parts = _parts(template)
    return (parts and parts.hostname) or ""


def _parts(template):
    try:
        parts = urlsplit(template)
        parts.port  # noqa: B018 - reading it refuses what is no port
    except ValueError:
        return None
    return parts


def _is_safe(parts):
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    return bool(secure and HOST.fullmatch(parts.netloc))


def _is_template(parts):
    rest = parts.path + "?" + parts.query
    placeholders = re.findall(r"\{[^{}]*\}", rest)
    known = set(placeholders) - {RETINA} == NEEDED
    left = re.sub(r"\{[^{}]*\}", "", rest)
    return known and not parts.fragment and not re.search(r"[{}\s]", left)
