"""Logos: read by content, stored small and clean."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from participation.region import pictures


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content)


def drawn(form="PNG", size=(40, 20), **words):
    target = BytesIO()
    Image.new("RGB", size, "#1f5c3d").save(target, form, **words)
    return target.getvalue()


def files():
    return sorted(path.name for path in pictures.logo_folder().glob("*"))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_pictures_of_usual_kinds_become_a_png(form):
    name = pictures.store_logo(upload(drawn(form), "egal.txt"))

    with Image.open(pictures.logo_folder() / name) as stored:
        assert (stored.format, stored.size) == ("PNG", (40, 20))


def test_a_large_picture_becomes_small_and_keeps_its_shape():
    name = pictures.store_logo(upload(drawn(size=(2000, 1000))))

    with Image.open(pictures.logo_folder() / name) as stored:
        assert stored.size == (512, 256)


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Zuhause bei Ada"

    name = pictures.store_logo(upload(drawn("JPEG", exif=exif)))

    content = (pictures.logo_folder() / name).read_bytes()
    stored = Image.open(BytesIO(content))
    assert stored.size == (20, 40)
    assert not stored.getexif()
    assert b"Zuhause" not in content


def test_names_are_random():
    assert pictures.store_logo(upload(drawn())) != pictures.store_logo(upload(drawn()))


def bomb(width, height):
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"MZ\x90\x00",
        b"\x89PNG\r\n\x1a\nabgeschnitten",
        drawn()[:60],
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    with pytest.raises(pictures.NotAPicture):
        pictures.store_logo(upload(content, "logo.png"))

    assert files() == []


@pytest.mark.parametrize("size", [(10_000, 10_000), (100_000, 100_000), (41_000_000, 1)])
def test_a_bomb_is_refused_before_it_goes_off(size):
    with pytest.raises((pictures.TooLarge, pictures.NotAPicture)):
        pictures.store_logo(upload(bomb(*size)))

    assert files() == []


def test_more_than_forty_megapixels_are_refused_however_few_bytes_they_take():
    target = BytesIO()
    Image.new("1", (8000, 5001)).save(target, "PNG")

    with pytest.raises(pictures.TooLarge):
        pictures.store_logo(upload(target.getvalue()))

    assert files() == []


def test_more_than_two_megabytes_are_refused():
    with pytest.raises(pictures.TooLarge):
        pictures.store_logo(upload(drawn() + b"\0" * 2 * 1024 * 1024))


def test_discarding_never_leaves_the_folder(tmp_path):
    precious = tmp_path / "precious.txt"
    precious.write_text("x")

    pictures.discard_logo("../precious.txt")
    pictures.discard_logo("")
    pictures.discard_logo("schon-weg.png")

    assert precious.exists()
