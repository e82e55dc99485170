"""A visitor without a browser: ``python3 tests/service/visitor.py http://127.0.0.1:8000 ada@actor.example`` registers.

Standard library only, so that it runs on a bare machine as well.
"""

import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

HASTE = 3.5  # seconds: the portal notices who sends a form faster


class Visitor:
    """Keeps cookies, opens pages and sends forms, at one address."""

    def __init__(self, site):
        self.site = site
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def open(self, path, fields=None, timeout=20):
        """The page at ``path`` as (address after redirects, text); raises OSError."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(f"{self.site}{path}", data)
        request.add_header("Accept-Language", "de")
        request.add_header("Origin", self.site)
        with self.opener.open(request, timeout=timeout) as answer:
            return answer.url, answer.read().decode()

    def register(self, address):
        """Register like a person, who needs a moment; the answer is the address of the next page."""
        form = self.signup_form()
        time.sleep(HASTE)  # real processes: their clock cannot be frozen from here
        return self.send_signup(form, address)

    def signup_form(self):
        """The hidden fields of the form for new actors."""
        return HiddenFields(self.open("/konto/signup/")[1]).found

    def send_signup(self, form, address):
        """Send the form; the answer is the address of the next page."""
        typed = {
            "email": address, "password1": "drei kleine Woerter", "display_name": "Ada Actor",
            "of_age": "on", "terms": "on",
        }  # fmt: skip
        return self.open("/konto/signup/", form | typed)[0]


class HiddenFields(HTMLParser):
    """The hidden fields of the forms of a page, by name."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note a hidden field."""
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden" and values.get("name"):
            self.found[values["name"]] = values.get("value") or ""


if __name__ == "__main__":
    try:
        print(Visitor(sys.argv[1]).register(sys.argv[2]))  # noqa: T201
    except urllib.error.HTTPError as error:
        sys.exit(f"{error}: {error.read().decode()[:500]}")
