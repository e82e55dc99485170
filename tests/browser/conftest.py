"""A real browser in front of the real portal; every test fails on what a visitor's browser would complain about."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as portal_settings

from portal.assets import MissingPackages, build
from tests.factories import as_

HERE = Path(__file__).parent
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    """All tests of this folder need a browser, and rows that the server's threads see."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


def missing(reason):
    """Skip on a bare machine, fail in CI: there the browser is installed."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason} In CI that is a failure.")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's Chromium, from ``CHROMIUM`` or the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        missing("No Chromium was found: name it in CHROMIUM, or install Debian's package chromium.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS + sandbox}


@pytest.fixture(scope="session")
def styles():
    """Build the style sheets from the npm packages."""
    try:
        build(portal_settings.BASE_DIR / "node_modules", portal_settings.STATICFILES_DIRS[-1])
    except MissingPackages as reason:
        missing(str(reason))


@pytest.fixture
def site(browser_type_launch_args, styles, live_server, settings):
    """The portal's address; letters link to it."""
    settings.SITE_URL = live_server.url
    return live_server.url


class Watch:
    """Notes what a browser complains about."""

    def __init__(self, site):
        self.hosts = {urlsplit(site).netloc}
        self.complaints = []

    def over(self, context):
        """Watch all pages of ``context``."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda event: self.complaints.append(f"script: {event.error}"))
        return context

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in self.hosts:
            self.complaints.append(f"foreign host: {request.url}")

    def _response(self, response):
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.complaints.append(f"{response.status}: {response.url}")

    def _console(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")


@pytest.fixture
def open_browser(site, browser):
    """``open_browser(ada, **options)`` is a page in a fresh browser in which Ada is signed in."""
    watch, contexts = Watch(site), []

    def open_one(person=None, **options):
        options = {"locale": "de-DE", "reduced_motion": "reduce", "base_url": site, **options}
        context = watch.over(browser.new_context(**options))
        contexts.append(context)
        if person:
            cookie = as_(person).cookies[portal_settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": portal_settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(60_000)  # the first page of all loads while other workers make databases
        return context.new_page()

    open_one.complaints = watch.complaints
    open_one.hosts = watch.hosts  # for a test in which somebody asks for a foreign host
    yield open_one
    for context in contexts:
        context.close()
    assert watch.complaints == []
