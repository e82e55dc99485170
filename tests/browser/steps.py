"""What people do on the pages, each act in one step."""

import re
from datetime import UTC, datetime

from participation.tasks import prepare_attachments
from tests.files import phone_picture

PAGE = re.compile(r"/ideen/2026-\d{4}/$")
SIGHT = "Der Platz vor dem Bahnhof, auf dem die Bank stehen soll"
COMMENT = "Das fehlt bei uns schon lange."


def text(page, address):
    """What somebody reads at ``address``, in a page of its own as out of a letter."""
    page.goto("about:blank")
    page.goto(address)
    return page.inner_text("main").replace("\N{NO-BREAK SPACE}", " ")


def way(page, reference):
    """The stations of a case, as its own page tells them."""
    page.goto(f"/vorgang/{reference}/")
    return page.locator("section[aria-labelledby=lines]").inner_text()


def want_news_at_once(page):
    """Choose to hear at once, not once a day, what becomes of the ideas that one supports or follows."""
    page.goto("/meine/benachrichtigungen/")
    page.check("[name=followed_email][value=at_once]")
    page.click("main form button.kern-btn--primary")
    page.wait_for_selector(".messages .message")


def write(page, title, words):
    """Begin an idea from the list of ideas."""
    page.goto("/ideen/")
    page.click("main a[href='/ideen/neu/']")
    page.fill("[name=title]", title)
    page.fill("[name=text]", words)
    page.select_option("[name=field]", label="Mobilität")
    page.check("[name=whole_alliance]")


def attach_phone_picture(page):
    """Attach a picture of 48 megapixels; the worker prepares it meanwhile."""
    page.set_input_files("[name=file]", {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": phone_picture()})
    page.fill("[name=file_alt]", SIGHT)
    page.click("button[value=attach]")
    page.wait_for_url("**/ideen/entwurf/*/#files")
    assert "Wir bereiten diese Datei auf" in page.inner_text("#files")
    prepare_attachments()
    page.reload()
    assert page.locator("#files img").evaluate("it => it.decode().then(() => it.naturalHeight)") == 2400


def hand_in(page, clock):
    """Submit what is written, after the few seconds that a person needs; returns the reference."""
    clock.shift(5)
    page.click("button[value=submit]:not(.sr)")
    page.wait_for_url(PAGE)
    return page.url.rstrip("/").rpartition("/")[2]


def correct(page, clock):
    """Answer the question on the page that the letter leads to."""
    assert page.url.endswith("/ueberarbeiten/")
    page.fill("[name=text]", "Abends fährt **kein** Bus. Die Bank soll vor dem Bahnhof stehen.")
    page.fill("[name=corrected]", "Der Ort steht jetzt dabei.")
    hand_in(page, clock)


def do(page, case, act, **fields):
    """One act of the office on the page of a case."""
    page.goto(case)
    folded = page.locator("details.act", has=page.locator("summary", has_text=act))
    folded.locator("summary").click()
    for name, value in fields.items():
        folded.locator(f"[name={name}]").fill(value)
    folded.locator("button.kern-btn--primary").click()
    page.wait_for_selector(".messages .message")


def merge(page, case, target):
    """Let the idea ``target`` stand for the one of this case."""
    page.goto(case)
    page.click("a[href$='/zusammenfuehren/']")
    page.check(f"[name=into][value='{target}']")
    page.fill("[name=text]", "Beide wünschen sich dasselbe.")
    page.click("form:has([name=into]) button.kern-btn--primary")
    page.wait_for_selector(".messages .message")


def answer(page, colleague, case, leads_to, body):
    """Draft an official answer; a colleague publishes it."""
    page.goto(case)
    page.click("a[href$='/antwort/']")
    page.fill("[name=text]", "Wir stellen Bänke auf.")
    page.select_option("[name=leads_to]", leads_to)
    if body:
        page.select_option("[name=body]", body)
        page.fill("[name=decided_on]", datetime.now(UTC).date().isoformat())
    page.click("main form button.kern-btn--primary")
    page.wait_for_selector(".messages .message")
    colleague.goto(case)
    colleague.click("form[action$='/veroeffentlichen/'] button")
    colleague.wait_for_selector(".messages .message")


def support(page, reference):
    """Stand behind an idea."""
    page.goto(f"/ideen/{reference}/")
    page.click("form[action$='/unterstuetzen/'] button")


def take_part(page, reference):
    """Support, follow and comment."""
    support(page, reference)
    page.click("form[action$='/folgen/'] button")
    page.fill("[name=text]", COMMENT)
    page.click("form[action$='/kommentieren/'] button.kern-btn--primary")
    page.wait_for_url("**#comment-*")


def report_comment(page, reference, clock, email):
    """Report the comment on an idea without an account; returns the reference of the report."""
    page.goto(f"/ideen/{reference}/")
    page.click("article.post a[href^='/melden/']")
    assert COMMENT in page.inner_text("main")
    page.select_option("[name=reason]", index=1)
    page.fill("[name=text]", "Das ist so nicht wahr.")
    page.fill("[name=name]", "Rosa")
    page.fill("[name=email]", email)
    page.check("[name=good_faith]")
    clock.shift(5)
    page.click("main form button.kern-btn--primary")
    page.wait_for_url("**/melden/eingang/*/")
    return page.inner_text("p.eyebrow .num")


def object_to(page, address):
    """Object on the page that the letter about the decision leads to; returns the reference of the objection."""
    page.goto(address)
    page.fill("[name=text]", "Das ist meine Meinung, und sie verletzt niemanden.")
    page.click("form:has([name=text]) button.kern-btn--primary")
    page.wait_for_selector(".messages .message")
    return page.inner_text("section[aria-labelledby=said] .num")
