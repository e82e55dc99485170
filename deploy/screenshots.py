"""Make the pictures in docs/: ``make screenshots`` starts the demonstration in a folder of its own and photographs it.

Needs Chromium (``CHROMIUM``, or on the PATH) and the packages for tests.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {"start": "/"}
SIZE = {"width": 1280, "height": 860}
PATIENCE = 120


def main():
    """Start the portal, take each picture, stop the portal."""
    with tempfile.TemporaryDirectory(prefix="allianz-pictures-") as folder:
        site, portal = _start(Path(folder))
        try:
            _wait_for(site, portal)
            _photograph(site)
        finally:
            portal.send_signal(signal.SIGINT)
            portal.wait(timeout=60)


def _start(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "var"), "PORT": str(port)}
    command = [sys.executable, "manage.py", "up"]
    portal = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return f"http://127.0.0.1:{port}", portal


def _wait_for(site, portal):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and portal.poll() is None:
        try:
            with urllib.request.urlopen(f"{site}/health/ready", timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)  # another process: there is nothing to wait on but its door
    raise SystemExit("The portal did not start.")


def _photograph(site):
    names = ("chromium", "chromium-browser", "google-chrome")
    browser_path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not browser_path:
        raise SystemExit("No Chromium was found: name it in CHROMIUM, or install Debian's package chromium.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=sandbox)
        page = browser.new_page(viewport=SIZE, locale="de-DE", color_scheme="light")
        for name, path in PICTURES.items():
            page.goto(site + path, wait_until="networkidle")
            picture = ROOT / "docs" / f"{name}.png"
            page.screenshot(path=picture)
            print(picture.relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
