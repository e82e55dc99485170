"""Pictures, small and clean: ``python -m participation.attachments.pictures SOURCE TARGET``.

Knows Pillow and nothing of the portal.
"""

import contextlib
import io
import warnings

from PIL import Image, ImageCms

from .bench import serve

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 80_000_000
SIDE = 2400
COLOURS = ("RGB", "RGBA")


def remake(source, target):
    """Write the picture ``source`` (its first frame) to ``target``: upright, at most SIDE a side, only its pixels.

    Returns what ``Attachment`` stores of it, or the problem by its name.
    """
    try:
        picture, width, height = _read(source)
    except (_TooManyPixels, Image.DecompressionBombError):
        return {"problem": "pixels"}
    except MemoryError:
        return {"problem": "too_hard"}
    except Exception:  # Pillow's readers answer broken files with whatever they stumble over
        return {"problem": "broken"}
    return {"media_type": _write(picture, target), "width": width, "height": height}


class _TooManyPixels(Exception):  # noqa: N818  (told to people as what happened)
    """More than MOST_PIXELS."""


def _read(source):
    with warnings.catch_warnings(action="ignore"), Image.open(source, formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _TooManyPixels
        picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at an eighth to a half of its size
        picture.load()
        return _upright_and_small(picture)


def _upright_and_small(picture):
    """Pixels only: nothing that a camera or a program wrote beside them comes along."""
    profile = picture.info.get("icc_profile") if picture.mode in COLOURS else None
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    turned = _turn(picture)
    if picture.mode != mode:
        picture = picture.convert(mode)
    picture.thumbnail((SIDE, SIDE), reducing_gap=2.0)
    picture = _in_srgb(turned(picture), profile)
    clean = Image.new(mode, picture.size)
    clean.paste(picture)
    return clean, *clean.size


def _turn(picture):
    """How the camera was held: a function that turns a copy of ``picture`` upright."""
    try:
        orientation = picture.getexif().get(0x0112)
    except Exception:  # as above; a picture with a broken note on its side is still a picture
        orientation = None
    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)  # fmt: skip
    return (lambda small: small.transpose(method)) if method is not None else (lambda small: small)


def _in_srgb(picture, profile):
    """The colours as browsers expect them, where the camera wrote others."""
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        if profile:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=picture.mode)
    return picture


def _write(picture, target):
    if picture.mode == "RGBA":
        picture.save(target, format="WEBP", quality=85)
        return "image/webp"
    picture.save(target, format="JPEG", quality=85, optimize=True, progressive=True)
    return "image/jpeg"


if __name__ == "__main__":
    serve(remake)
