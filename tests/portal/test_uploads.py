"""The first door of uploads."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
BOUNDARY = "xx"


def sent(client, size=None):
    """A tiny form with a file; it announces ``size`` bytes, or as many as it has."""
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="logo"; filename="x.png"\r\n\r\nx\r\n--{BOUNDARY}--\r\n'
    )
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.generic("POST", reverse("edit_logo"), body, kind, CONTENT_LENGTH=str(size or len(body)))


def test_ten_gigabytes_are_refused_before_they_are_read(as_, mia):
    answer = sent(as_(mia), 10 * 1024**3)

    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_small_upload_passes(as_, mia):
    assert sent(as_(mia)).status_code == 200


@pytest.mark.parametrize("size", ["-1", "x", "1e9", "18446744073709551616"])
def test_a_nonsensical_size_is_no_trouble(as_, mia, size):
    assert sent(as_(mia), size).status_code in {200, 400}
