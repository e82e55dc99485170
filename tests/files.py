"""Files as strangers send them: real ones, made here, good and bad."""

import io
import struct
import zlib

import factory
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from participation.attachments.models import Attachment, Folder
from participation.attachments.operations import add_file, new_folder, prepare_waiting, store
from participation.attachments.states import FileState
from participation.core.clock import now
from participation.ideas.models import Idea

GREEN = (40, 160, 60)
GPS, ORIENTATION = 0x8825, 0x0112


def sent(content, name="bild.jpg"):
    """``content`` as an upload called ``name``."""
    return SimpleUploadedFile(name, content)


def picture(size=(80, 60), form="JPEG", mode="RGB", colour=GREEN, **options):
    """The bytes of a plain picture."""
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, form, **options)
    return file.getvalue()


def phone_picture(size=(8000, 6000)):
    """48 megapixels, held sideways: red left half, blue right half, with the place where it was taken."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Telefonbau Geheim"
    exif.get_ifd(GPS)[2] = (50.0, 4.0, 12.0)
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, comment=b"geheim", quality=70)
    return file.getvalue()


def bomb(side=20_000):
    """A PNG of some 40 kB that would be decoded to ``side`` × ``side`` pixels."""
    rows = zlib.compress((b"\0" + b"\0" * (side // 8)) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def truncated():
    """A JPEG whose second half did not arrive."""
    whole = picture((600, 400), colour=(1, 2, 3), quality=95)
    return whole[: len(whole) // 2]


def polyglot():
    """A JPEG that is also a page with a program, in a comment and at its end."""
    page = b"<html><script>alert('polyglott')</script></html>"
    return picture(comment=page) + page


def animation(frames=5000):
    """A GIF of so many frames."""
    file = io.BytesIO()
    Image.new("P", (16, 16)).save(file, "GIF")
    single = file.getvalue()
    start = single.index(b"\x2c\0\0\0\0")
    return single[:start] + single[start:-1] * frames + b";"


def heic():
    """How a HEIC file begins."""
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def document(dress=lambda pdf: None, **saved):
    """The bytes of a PDF of one page, after ``dress`` put something in."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        dress(pdf)
        file = io.BytesIO()
        pdf.save(file, **saved)
    return file.getvalue()


def attached(idea, content=None, name="Bank.jpg", kind="picture", alt="Eine Bank", ready=True):
    """An attachment of ``idea`` in whatever state that is; prepared, unless ``ready=False``."""
    upload = sent(content or picture(), name)
    if idea.folder is None:
        idea.folder = new_folder()
        Idea.objects.filter(pk=idea.pk).update(folder=idea.folder)
    row = add_file(
        idea.folder, store(upload), kind=kind, name=name, size=upload.size, owner=idea.author, alt=alt
    )  # fmt: skip
    if ready:
        prepare_waiting()
        row.refresh_from_db()
    return row


class FolderFactory(DjangoModelFactory):
    """A folder without files."""

    class Meta:
        model = Folder

    changed_at = factory.LazyFunction(now)


class AttachmentFactory(DjangoModelFactory):
    """A picture that can be handed out; the file itself lies nowhere."""

    class Meta:
        model = Attachment

    folder = factory.SubFactory(FolderFactory)
    key = factory.Sequence("{:032x}".format)
    digest = factory.Sequence("{:064x}".format)
    kind = Attachment.Kind.PICTURE
    name = "Bank.jpg"
    alt = "Eine Bank am Ortsrand"
    position = 1
    state = FileState.READY
    media_type = "image/jpeg"
    size = 1000
    width = 80
    height = 60
    added_at = factory.LazyFunction(now)
