"""Whatever is sent: no error page, nothing stored by a refusal, what was typed comes back escaped."""

import re
from html import escape
from urllib.parse import quote, urlsplit

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from participation.actors.models import Actor
from tests.factories import PASSWORD, as_
from tests.letters import deliver_all

from . import table
from .things import THINGS
from .values import filled
from .world import ROLES, snapshot, undone, writing

TEXTS = {
    "empty": "",
    "blanks": "   ",
    "too long": "x" * 100_000,
    "script and template": "<script>alert(1)</script>{{ settings.SECRET_KEY }}{% debug %}%(x)s{0}",
    "NUL": "a\x00b",
    "signs that go, signs that stay": "a\x07\x1b[31m\x7f\x85b\u202ecd\u2066\r\nBcc: x@evil.example 👩‍🌾🎉 שלום مرحبا",
    "huge number": "18446744073709551616",
    "no number": "nan",
    "wrong type": "x",
}
NEVER_STORED = re.compile(r"(?<!\\)\\(x0[0-8]|x1|x7f|x85|u202|u206|ud[89a-f])")
QUERIES = [
    "page=18446744073709551616&seite=18446744073709551616&version=99999999999999999999&ab=18446744073709551616-1",
    "seite=-1&q=%22%27&bis=1-x", "seite=x&page_size=x&municipality=x&gemeinde=x&feld=x&stand=x", "seite=%C2%B2",
    "seite=1&seite=2&gemeinde=a&gemeinde=b", "q=" + "x" * 3000,
    "q={0}&gemeinde={0}&feld={0}&municipality={0}&stand={0}".format("%3Cscript%3Ealert(1)%3C/script%3E"),
    "q=%00", "q=%FF", "=&&==&next=//evil.example&q=%ED%B2%80",
]  # fmt: skip
PATHS = [
    "/gemeinde/%FF/", "/gemeinde/%00/", "/partner/%C0%AE/", "/%FF%FE", "/akteure/18446744073709551616/", "/akteure/-1/",
    "/logo/..%2F..%2Fetc%2Fpasswd", "/logo/%00", "/barriere-melden/eingang/%FF/", "/farben-" + "0" * 3000 + ".css",
    "/geschaeftsstelle/texte/%FF/", "/konto/confirm-email/%FF/", "/konto/password/reset/key/%FF-x/",
    "/api/v1/partners/%00/", "/konto/password/reset/key/18446744073709551616-x/",
    "/meine/entwurf/18446744073709551616/verwerfen/",
    "/" + "x" * 8000, "/%F0%9F%8E%89/", "/\\evil.example/", "/%2F/evil.example/",
]  # fmt: skip
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "///evil.example", "https://evil.example", "http:evil.example",
    "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example", "%0d%0aLocation: https://evil.example",
]  # fmt: skip


def who(world, row):
    """A client for the last role that may do what ``row`` says, and that person."""
    role = [role for role in ROLES if row.answers[role] in {200, "done", "200 done"}][-1]
    person = world.people[role]
    return (as_(person) if person else Client()), person


def address_of(row, world, person):
    return reverse(row.url, kwargs=THINGS[row.object](world, world.other if row.whose == "other" else person))


def once_each(rows, name):
    """Those of ``rows`` that are the first with their ``name(row)``: who sends a form does not change what it takes."""
    return list({name(row): row for row in reversed(rows)}.values())[::-1]


FORMS = once_each(
    [row for row in table.rows() if row.data and not row.public and "done" in row.answers.values()],
    lambda row: (row.url, tuple(row.data)),
)
PAGES = once_each(
    [row for row in table.rows() if row.method == "GET" and not row.public and 200 in row.answers.values()],
    lambda row: (row.url, row.object.split()[0] if row.object else ""),
)


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_every_field_of_every_form(row, world):
    client, person = who(world, row)
    address, before, found = address_of(row, world, person), snapshot(), []

    for name in filled(row.data, world):
        for what, text in TEXTS.items():
            with undone(), writing() as written:
                answer = client.post(address, {**filled(row.data, world), name: text})
                after = snapshot() if written else before
                found += [f"{name}, {what}: {fault}" for fault in faults(answer, before, after)]

    assert found == []


def faults(answer, before, after):
    """What is wrong with an answer to a bad form."""
    if answer.status_code >= 500:
        yield "error page"
    elif answer.status_code != 302 and before != after:
        yield "refused, yet something was stored"
    if b"<script>alert(1)" in answer.content:
        yield "not escaped"
    new = [row for name, rows in after.items() for row in rows if row not in before[name]]
    if NEVER_STORED.search(" ".join(new)):
        yield "stored signs that no text has"


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_what_was_typed_is_shown_again_escaped(row, world):
    typed = '<b title="x">\'&'
    client, person = who(world, row)

    answer = client.post(address_of(row, world, person), dict.fromkeys(filled(row.data, world), typed))

    assert answer.status_code < 500
    page = answer.content.decode()
    assert typed not in page
    if answer.status_code == 200:
        assert page.count(escape(typed)) >= visible(answer)


def visible(answer):
    """In how many fields of the page's form something is typed that may be shown again; a page of buttons has none."""
    form = answer.context.get("form")
    if form is None:
        return 0
    fields = [field.field for field in form.visible_fields() if form.data.get(field.html_name)]
    hidden = (forms.PasswordInput, forms.CheckboxInput, forms.Select, forms.RadioSelect, forms.FileInput)
    return sum(not isinstance(field.widget, hidden) for field in fields)


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_two_thousand_fields_are_refused(row, world):
    client, person = who(world, row)
    client.handler.enforce_csrf_checks = True  # as in life: the token is looked for among the fields
    client.cookies["csrftoken"] = "x" * 32
    address, data = address_of(row, world, person), {f"field{number}": "x" for number in range(2000)}
    before = snapshot()

    answer = client.post(address, {**filled(row.data, world), **data})

    assert answer.status_code == 400
    assert snapshot() == before


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_what_cannot_be_read_is_refused(row, world):
    client, person = who(world, row)
    address = address_of(row, world, person)
    before = snapshot()
    bodies = [
        (b"text=%ED%B2%80&name=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"text=x", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"text=x", "multipart/form-data"),
        (b"--x\r\nContent-Disposition: form-data; name=\"a\r\n", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"\x00" * 100, "text/plain"),
    ]  # fmt: skip

    answers = [client.generic("POST", address, body, kind).status_code for body, kind in bodies]

    assert [status for status in answers if status >= 500] == []
    if 302 not in answers:
        assert snapshot() == before


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_every_page_with_nonsense_behind_the_question_mark(row, world):
    client, person = who(world, row)
    address = address_of(row, world, person)

    answers = {query: client.get(f"{address}?{query}") for query in QUERIES}

    assert {query: answer.status_code for query, answer in answers.items() if answer.status_code >= 500} == {}
    assert [query for query, answer in answers.items() if b"<script>alert(1)" in b"".join(answer)] == []
    assert answers["q=%00"].status_code == 400


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_an_address_that_no_page_has(path, world, sam):
    clients = sam, as_(world.people["manager"])
    answers = [client.get(path).status_code for client in clients]

    assert max(answers) < 500


@pytest.mark.parametrize("name", ["set_language", "account_login", "account_signup", "account_logout"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_to_a_foreign_host(name, target, world, sam):
    row = next(row for row in table.rows() if row.url == name and row.method == "POST")
    data = {**filled(row.data, world), "next": target}

    answers = [
        sam.post(reverse(name), data),
        sam.post(f"{reverse(name)}?next={quote(target)}", filled(row.data, world)),
        sam.get(f"{reverse(name)}?next={quote(target)}"),
        as_(world.people["actor"]).post(reverse(name), data),
        as_(world.people["actor"]).get(f"{reverse(name)}?next={quote(target)}"),
    ]

    assert [answer.headers["Location"] for answer in answers if leads_away(answer)] == []


def leads_away(answer):
    """Whether a browser that follows ``answer`` leaves the portal; browsers read a backslash as a slash."""
    target = answer.headers.get("Location", "").strip().replace("\\", "/").replace("\t", "")
    return bool(urlsplit(target).netloc or urlsplit(target).scheme)


class TestForgedHeaders:
    """What a client says about itself decides nothing."""

    def test_another_host_is_refused(self, world, sam):
        assert sam.get("/", headers={"host": "evil.example"}).status_code == 400

    def test_links_in_letters_come_from_the_settings(self, world, sam, settings):
        sam.post(
            "/konto/password/reset/",
            {"email": world.other.email},
            headers={"host": "localhost:1234", "x-forwarded-host": "evil.example"},
        )

        (letter,) = deliver_all()
        assert re.findall(r"https?://[^/\s]+", letter.body)
        assert set(re.findall(r"https?://[^/\s]+", letter.body)) == {settings.SITE_URL}

    def test_a_forged_forwarded_address_opens_no_second_account_of_tries(self, world, sam):
        answers = [
            sam.post(
                "/konto/login/",
                {"login": f"x{number}@post.example", "password": PASSWORD},
                headers={"x-forwarded-for": f"10.0.0.{number}"},
            ).status_code
            for number in range(35)
        ]

        assert 429 in answers

    def test_behind_a_proxy_the_address_it_saw_counts(self, world, sam, settings):
        settings.TRUSTED_PROXY_COUNT = 1
        tries = [f"10.9.9.9, 192.0.2.{number}" for number in range(35)]

        answers = [
            sam.post(
                "/konto/login/",
                {"login": f"x{number}@post.example", "password": PASSWORD},
                headers={"x-forwarded-for": forwarded},
            ).status_code
            for number, forwarded in enumerate(tries)
        ]

        assert 429 not in answers


def test_a_double_click_registers_once(world, sam):
    row = next(row for row in FORMS if row.url == "account_signup")
    data = filled(row.data, world)

    answers = [sam.post("/konto/signup/", data).headers["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert Actor.objects.filter(email=data["email"]).count() == 1
