"""Logos: read by content, made small, written anew without anything a camera or a program hid in them."""

import secrets
import warnings
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from ..core.errors import Refusal

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 512
CONTENT_TYPE = "image/png"


class NotAPicture(Refusal):
    """The file is none of the kinds of pictures that we read."""

    message = _("This file is not a picture the portal can read. Please choose a PNG, JPEG or WebP file.")


class TooLarge(Refusal):
    """The file or the picture in it is larger than a logo needs to be."""

    message = _("This picture is too large. Please choose one of at most 2 MB and 40 megapixels.")


def logo_folder():
    """Where logos lie."""
    return Path(settings.MEDIA_ROOT) / "logo"


def store_logo(upload):
    """Write ``upload`` (a binary file with ``size``) as a PNG of at most 512 pixels a side; returns its random name.

    Raises NotAPicture or TooLarge.
    """
    picture = _opened(upload)
    name = f"{secrets.token_hex(12)}.png"
    folder = logo_folder()
    folder.mkdir(parents=True, exist_ok=True)
    picture.save(folder / name, format="PNG", optimize=True)
    return name


def discard_logo(name):
    """Remove a stored logo; one that is gone already is fine."""
    if name:
        (logo_folder() / Path(name).name).unlink(missing_ok=True)


def _opened(upload):
    if upload.size > MOST_BYTES:
        raise TooLarge
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            return _small(Image.open(upload, formats=FORMATS))
    except Image.DecompressionBombError as bomb:
        raise TooLarge from bomb
    except Refusal:
        raise
    # Pillow's readers answer broken files with whatever they stumble over.
    except Exception as problem:
        raise NotAPicture from problem


def _small(image):
    """The picture turned upright, at most SIDE pixels a side, as pixels only: no EXIF, no profile, no text."""
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge
    image.draft("RGB", (SIDE, SIDE))
    image = ImageOps.exif_transpose(image)
    image.thumbnail((SIDE, SIDE))
    pixels = image.convert("RGBA")
    clean = Image.new("RGBA", pixels.size)
    clean.paste(pixels)
    return clean
