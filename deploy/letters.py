"""Make pictures of every letter, as its recipient sees it: ``make letters`` writes them to build/letters/.

``python deploy/letters.py [NAME …]`` takes some only. In both languages, on a desk and on a phone, in the light and in
the dark, with made-up contents (``notifications.samples``); and one sheet of some for docs/screenshots.
Needs Chromium (``CHROMIUM``, or on the PATH) and the packages for tests.
"""

import sys

import screenshots as pages
import time_machine
from django.utils.translation import override
from PIL import Image

from notifications.letterbook import BY_NAME
from notifications.letters import render
from notifications.samples import SAMPLES, context_of

TARGET = pages.ROOT / "build/letters"
SHEET = pages.ROOT / "docs/screenshots/letters.png"
ON_THE_SHEET = ["idea_received", "idea_answered", "digest"]
MANNERS = {
    "desk": {"viewport": {"width": 700, "height": 900}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "desk-dark": {"viewport": {"width": 700, "height": 900}, "color_scheme": "dark"},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


def main(names):
    """Write text, HTML and pictures of the letters ``names``, or of all."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with time_machine.travel(pages.DAY, tick=True):
        pages.load()
        written = [_write(name, language) for name in names or SAMPLES for language in ("de", "en")]
    with pages.browser() as browser:
        for manner, options in MANNERS.items():
            context = browser.new_context(**options)
            for stem in written:
                _take(context.new_page(), stem, TARGET / f"{stem}-{manner}.png")
            context.close()
    if not names:
        _sheet()


def _write(name, language):
    """The letter as files; returns what their names begin with."""
    with override(language):
        shown = render(BY_NAME[name], context_of(name), language)
    stem = f"{name}-{language}"
    (TARGET / f"{stem}.txt").write_text(f"Subject: {shown.subject}\n\n{shown.text}", encoding="utf-8")
    (TARGET / f"{stem}.html").write_text(shown.html, encoding="utf-8")
    return stem


def _take(page, stem, target):
    page.goto((TARGET / f"{stem}.html").as_uri())
    page.screenshot(path=target, full_page=True)
    page.close()


def _sheet():
    """Some letters side by side, cut at the height of the shortest."""
    images = [Image.open(TARGET / f"{name}-de-desk.png").convert("RGB") for name in ON_THE_SHEET]
    height = min(image.height for image in images)
    sheet = Image.new("RGB", (sum(image.width for image in images), height))
    for number, image in enumerate(images):
        sheet.paste(image.crop((0, 0, image.width, height)), (number * image.width, 0))
    pages.in_few_colours(sheet.resize((sheet.width * 2 // 3, height * 2 // 3))).save(SHEET, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
