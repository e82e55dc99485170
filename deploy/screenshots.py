"""Make the pictures in docs/: ``make screenshots`` loads the demonstration on a fixed day and photographs it.

Needs Chromium (``CHROMIUM``, or on the PATH) and the packages for tests.
"""

import os
import shutil
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from zoneinfo import ZoneInfo

import django
import time_machine
from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = tempfile.TemporaryDirectory(prefix="allianz-pictures-")  # goes with the program
ROOT = Path(__file__).resolve().parent.parent

# A database of its own; no broker, for nobody needs one to look at pages.
os.environ.update(
    DJANGO_SETTINGS_MODULE="portal.settings", DATA_DIR=FOLDER.name, SITE_URL="http://127.0.0.1:8000",
    DATABASE_URL=f"sqlite:///{FOLDER.name}/portal.sqlite3", REDIS_URL=f"unix://{FOLDER.name}/nobody.sock",
    LOG_LEVEL="CRITICAL", DEBUG="0", DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright's loop runs in this thread
)  # fmt: skip
sys.path.insert(0, str(ROOT))
django.setup()

# ruff: noqa: E402  (the environment and Django come first)
from django.conf import settings
from django.core.management import call_command

from participation.actors.models import Actor
from participation.ideas.models import Idea
from portal.wsgi import application
from tests.factories import as_

DAY = datetime(2026, 10, 6, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Tuesday without holidays near it
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
LONGEST = 1700  # pixels of a page that a picture shows
MOST_BYTES = 250_000


@dataclass(frozen=True)
class Picture:
    """One page; ``who`` is the mailbox of who looks at it, ``path`` may name an idea by its {title}."""

    name: str
    path: str
    who: str = ""


PICTURES = [
    Picture("start", "/"),
    Picture("ideas", "/ideen/"),
    Picture("idea", "/ideen/{Mitfahrbänke zwischen den Ortsteilen}/"),
    Picture("writing", "/ideen/neu/", "ada"),
    Picture("my-page", "/meine/", "ada"),
    Picture("trail", "/vorgang/{Mitfahrbänke zwischen den Ortsteilen}/"),
    Picture("desk", "/geschaeftsstelle/", "moderation"),
    Picture("queue", "/geschaeftsstelle/ideen/", "moderation"),
    Picture("case", "/geschaeftsstelle/ideen/{Rufbus am Abend}/", "moderation"),
    Picture("group", "/arbeitsgruppen/mobilitaet-ohne-eigenes-auto/"),
    Picture("report", "/melden/?seite=/ideen/{Mitfahrbänke zwischen den Ortsteilen}/"),
]
ALSO = {"start", "idea", "group", "queue"}  # on a phone and in the dark, too
MANNERS = [
    ("", lambda picture: True, {"viewport": DESK, "color_scheme": "light"}),
    ("-phone", lambda picture: picture.name in ALSO, {"viewport": PHONE, "color_scheme": "light"}),
    ("-dark", lambda picture: picture.name in ALSO, {"viewport": DESK, "color_scheme": "dark"}),
]


def main():
    """Load the demonstration, take each picture."""
    with time_machine.travel(DAY, tick=True):
        load()
        with _served() as site, browser() as chromium:
            for words, wanted, options in MANNERS:
                for picture in filter(wanted, PICTURES):
                    target = ROOT / f"docs/screenshots/{picture.name}{words}.png"
                    _take(chromium, site, picture, target, options, whole=options["viewport"] == DESK)
            _take(chromium, site, PICTURES[0], ROOT / "docs/start.png", MANNERS[0][2], whole=False)


def load():
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=StringIO())


class _Server(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words):
        """Say nothing."""


@contextmanager
def _served():
    """The address of the portal inside the block."""
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextmanager
def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        raise SystemExit("No Chromium was found: name it in CHROMIUM, or install Debian's package chromium.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--font-render-hinting=none", *sandbox])
        yield chromium
        chromium.close()


def _take(chromium, site, picture, target, options, *, whole):
    """Look at the page as who the picture says, and keep what is seen (the ``whole`` page) in few colours."""
    context = chromium.new_context(locale="de-DE", reduced_motion="reduce", base_url=site, **options)
    page = context.new_page()
    if picture.who:
        _sign_in(context, site, picture.who)
    page.goto(_address(picture.path), wait_until="networkidle")
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": options["viewport"]["width"], "height": min(height, LONGEST)}
    shown = page.screenshot(full_page=True, clip=clip) if whole else page.screenshot()
    context.close()
    target.parent.mkdir(exist_ok=True)
    in_few_colours(Image.open(BytesIO(shown)).convert("RGB")).save(target, optimize=True)
    size = target.stat().st_size
    print(target.relative_to(ROOT), f"{size / 1000:.0f} kB", "" if size < MOST_BYTES else "is too large", flush=True)


def in_few_colours(image):
    """The picture in 256 colours; each is the one that was missed most by those before it."""
    found = {colour: count for count, colour in image.getcolors(image.width * image.height)}
    nearest = dict.fromkeys(found, (float("inf"), 0))  # colour → how far the nearest kept one is, and its place
    kept = []
    while len(kept) < 256 and any(far for far, _ in nearest.values()):
        kept.append(max(found, key=lambda colour: nearest[colour][0] * found[colour]))
        for colour, known in nearest.items():
            nearest[colour] = min(known, (_distance(colour, kept[-1]), len(kept) - 1))
    few = Image.new("P", image.size)
    few.putpalette([part for colour in kept for part in colour])
    few.putdata([nearest[colour][1] for colour in image.getdata()])
    return few


def _distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _sign_in(context, site, mailbox):
    """As if the account had just signed in: its password is another one each time."""
    cookie = as_(Actor.objects.get(email=f"{mailbox}@allianz.example")).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


def _address(path):
    """``path`` with the reference of the idea whose title stands in braces."""
    before, brace, rest = path.partition("{")
    if not brace:
        return path
    title, _, after = rest.partition("}")
    return before + Idea.objects.get(title=title).reference + after


if __name__ == "__main__":
    main()
