"""What a file is, by its content: looked at, never decoded. What the portal does not take is told with a way out."""

import re
import warnings

from django.utils.translation import gettext_lazy as _
from PIL import Image

from ..core.errors import Refusal
from .models import Attachment, Problem
from .pictures import FORMATS, MOST_PIXELS

MOST_BYTES = 25 * 1024 * 1024
HEAD = 1024

HEIC = re.compile(rb"^.{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1|avif|avis)", re.DOTALL)
SVG = re.compile(rb"^\s*(<\?xml.*)?(<!--.*-->\s*)?(<!DOCTYPE\s+svg.*)?<svg[\s>]", re.DOTALL | re.IGNORECASE)
OFFICE = re.compile(rb"^(PK\x03\x04|\xd0\xcf\x11\xe0|{\\rtf)")
PDF = b"%PDF-"
PICTURES = re.compile(rb"^(\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF.{4}WEBP)", re.DOTALL)


class NotTaken(Refusal):
    """The file is none of those that the portal takes."""

    message = _(
        "The portal takes pictures (JPEG, PNG, WebP, GIF) and PDF documents. Please save your file as one of these."
    )


class Empty(NotTaken):
    """There is nothing in it."""

    message = _("This file is empty. Please choose it again.")


class TooLarge(NotTaken):
    """More than 25 MB."""

    message = _("This file is larger than 25 MB. Please save it smaller and choose it again.")


class Heic(NotTaken):
    """A format of telephones that browsers do not show."""

    message = _(
        "Most browsers cannot show this picture (HEIC or AVIF). On the iPhone: Settings, Camera, Formats, "
        "“Most Compatible”; or send the picture to yourself as a JPEG and choose that one."
    )


class Drawing(NotTaken):
    """SVG may hold programs."""

    message = _("Drawings in SVG may hold programs. Please save it as PNG or PDF and choose it again.")


class OfficeFile(NotTaken):
    """A text or a table that is still meant to be edited, or an archive."""

    message = _(
        "Please save texts, tables and slides as PDF, take single files out of a ZIP, and choose the file again."
    )


class Broken(NotTaken):
    """It begins like a picture and cannot be read."""

    message = Problem.BROKEN.label


class TooManyPixels(NotTaken):
    """More than 80 megapixels."""

    message = Problem.TOO_MANY_PIXELS.label


TOLD_APART = ((HEIC, Heic), (SVG, Drawing), (OFFICE, OfficeFile))


def kind_of(upload):
    """The kind of ``upload`` (a binary file with ``size``); raises NotTaken with what to do instead."""
    if not upload.size:
        raise Empty
    if upload.size > MOST_BYTES:
        raise TooLarge
    upload.seek(0)
    head = upload.read(HEAD)
    if head.startswith(PDF):
        return Attachment.Kind.PDF
    if PICTURES.match(head):
        _look_at_picture(upload)
        return Attachment.Kind.PICTURE
    raise next((refusal for signs, refusal in TOLD_APART if signs.match(head)), NotTaken)


def _look_at_picture(upload):
    """Read no more than the head of a picture, so that the size is known before anything is decoded."""
    upload.seek(0)
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            width, height = Image.open(upload, formats=FORMATS).size
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels from bomb
    # Pillow's readers answer broken files with whatever they stumble over.
    except Exception as problem:
        raise Broken from problem
    if width * height > MOST_PIXELS:
        raise TooManyPixels
