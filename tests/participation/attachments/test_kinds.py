"""What a file is, by its content; whoever sends something else is told what to do."""

import pytest

from participation.attachments import kinds
from participation.attachments.models import Attachment
from participation.attachments.shelf import name_of, shown_name
from tests import files
from tests.files import sent

PICTURES = {
    "JPEG": files.picture(), "PNG": files.picture(form="PNG"), "WebP": files.picture(form="WEBP"),
    "GIF": files.picture(form="GIF"), "transparent": files.picture(form="PNG", mode="RGBA", colour=(1, 2, 3, 4)),
    "polyglot": files.polyglot(), "animation of 5,000 frames": files.animation(), "half a JPEG": files.truncated(),
}  # fmt: skip
REFUSED = {
    "bomb": (files.bomb(), kinds.TooManyPixels),
    "81 megapixels": (files.picture((9000, 9000), "PNG", "1", 0), kinds.TooManyPixels),
    "HEIC": (files.heic(), kinds.Heic),
    "AVIF": (files.heic().replace(b"heic", b"avif"), kinds.Heic),
    "SVG": (files.SVG, kinds.Drawing),
    "SVG without a head": (b"\n <svg onload='x'>", kinds.Drawing),
    "SVG after a comment": (b"<!-- x --><svg>", kinds.Drawing),
    "Word": (b"PK\x03\x04word", kinds.OfficeFile),
    "old Word": (b"\xd0\xcf\x11\xe0word", kinds.OfficeFile),
    "nothing": (b"", kinds.Empty),
    "words": (b"Guten Tag", kinds.NotTaken),
    "a page": (b"<html><script>alert(1)</script>", kinds.NotTaken),
    "a program": (b"MZ\x90\0", kinds.NotTaken),
    "a page before a PDF": (b"<script>alert(1)</script>%PDF-1.7", kinds.NotTaken),
    "the head of a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", kinds.Broken),
    "the head of a PNG": (b"\x89PNG\r\n\x1a\n", kinds.Broken),
    "too many bytes": (files.picture() + b"\0" * kinds.MOST_BYTES, kinds.TooLarge),
}


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES.keys())
def test_pictures_are_known_whatever_their_name(content):
    assert kinds.kind_of(sent(content, "text.txt")) == Attachment.Kind.PICTURE


def test_a_document_is_known_whatever_its_name():
    assert kinds.kind_of(sent(files.document(), "bild.jpg")) == Attachment.Kind.PDF


@pytest.mark.parametrize(("content", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_everything_else_is_refused_with_what_to_do(content, refusal):
    with pytest.raises(kinds.NotTaken) as refused:
        kinds.kind_of(sent(content))

    assert refused.type is refusal
    assert "itte" in str(refused.value) or "speichern Sie" in str(refused.value)


def test_eighty_megapixels_and_25_megabytes_are_taken():
    content = files.picture((10_000, 8_000), "PNG", "1", 0)

    assert kinds.kind_of(sent(content + b"\0" * (kinds.MOST_BYTES - len(content)))) == Attachment.Kind.PICTURE


def test_the_bomb_is_small():
    assert len(files.bomb()) < 60_000


@pytest.mark.parametrize(
    ("sent_name", "shown"),
    [
        ("Bank am Bach.jpg", "Bank am Bach.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\bild.png", "bild.png"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\nb\r.pdf", "a b.pdf"),
        ("bild\x00.jpg", "bild.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ('x"<b>?.pdf', "xb.pdf"),
        ("x" * 300 + ".jpeg", "x" * 100 + ".jpeg"),
        ("x" * 300, "x" * 100),
        ("v1." + "y" * 90, "v1." + "y" * 90),
        ("Straße 🌳.png", "Straße 🌳.png"),
    ],
)
def test_a_file_name_loses_what_it_should_not_have(sent_name, shown):
    assert shown_name(sent_name) == shown


@pytest.mark.parametrize(
    ("name", "media_type", "handed_out"),
    [
        ("Bank.JPG", "image/jpeg", "Bank.jpg"),
        ("Bank.png", "image/jpeg", "Bank.jpg"),
        ("Bank", "image/webp", "Bank.webp"),
        ("Plan v1.2", "application/pdf", "Plan v1.2.pdf"),
        ("page.html", "image/jpeg", "page.html.jpg"),
    ],
)
def test_a_name_ends_as_its_content_says(name, media_type, handed_out):
    assert name_of(name, media_type) == handed_out
