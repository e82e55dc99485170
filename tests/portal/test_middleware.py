"""What no page can mean is refused at the door; the language is the one somebody chose."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/?q=%00", "/akteure/?gemeinde=a%00b", "/akteure/%00/", "/konto/login/?next=%00"])
def test_nul_in_an_address_is_refused(sam, path):
    assert sam.get(path).status_code == 400


def test_nul_in_a_cookie_is_refused():
    client = Client()
    client.cookies["sessionid"] = "abcdefgh\x00"

    assert client.get("/").status_code == 400


def test_broken_utf8_in_a_path_is_no_fault(sam):
    assert sam.get("/akteure/%ff%fe/").status_code in {400, 404}
    assert sam.get("/akteure/?gemeinde=%ff").status_code == 200


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16"])
def test_bodies_in_other_encodings_are_refused(sam, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n+2AA-\r\n--x--\r\n'

    response = sam.post("/konto/login/", body, content_type=f"multipart/form-data; boundary=x; charset={charset}")

    assert response.status_code in {400, 200}
    assert b"\xed\xa0\x80" not in response.content


class TestLanguage:
    def test_german_comes_first(self, sam):
        assert sam.get("/konto/login/").headers["Content-Language"] == "de"

    def test_the_browser_is_asked(self, sam):
        assert sam.get("/konto/login/", HTTP_ACCEPT_LANGUAGE="en-GB,fr").headers["Content-Language"] == "en"

    def test_the_account_knows_better(self, as_, ada):
        type(ada).objects.filter(pk=ada.pk).update(language="en")

        assert as_(ada).get("/meine/", HTTP_ACCEPT_LANGUAGE="de").headers["Content-Language"] == "en"

    def test_a_choice_is_the_last_word_until_it_is_nonsense(self, sam):
        session = sam.session
        session["language"] = "en"
        session.save()
        assert sam.get("/konto/login/").headers["Content-Language"] == "en"

        session["language"] = "xx\x00"
        session.save()
        assert sam.get("/konto/login/").headers["Content-Language"] == "de"

    def test_only_two_cookies_are_set(self, sam, ada):
        from tests.factories import PASSWORD

        response = sam.post("/konto/login/", {"login": ada.email, "password": PASSWORD}, follow=True)

        assert response.status_code == 200
        assert set(sam.cookies) <= {"sessionid", "csrftoken"}
