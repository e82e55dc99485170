"""Pictures and documents made anew: small, upright, and without anything that was hidden in them."""

import io
import subprocess
import sys

import pikepdf
import pytest
from django.conf import settings
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageCms

from participation.attachments import bench, documents, pictures
from tests import files


@pytest.fixture
def remade(tmp_path):
    """``remade(pictures, content)``: what was told, and the bytes that were made."""

    def make(module, content):
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(content)
        told = module.remake(str(source), str(target))
        return told, target.read_bytes() if target.exists() else None

    return make


def seen(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_a_picture_of_48_megapixels_becomes_small_and_upright_and_forgets_the_place(remade):
    told, content = remade(pictures, files.phone_picture())

    image = seen(content)
    assert told == {"media_type": "image/jpeg", "width": 1800, "height": 2400}
    assert (image.format, image.size, len(image.getexif())) == ("JPEG", (1800, 2400), 0)
    top, bottom = image.getpixel((900, 300)), image.getpixel((900, 2100))
    assert (top[0] > 200 > top[2], bottom[2] > 200 > bottom[0]) == (True, True)
    assert b"geheim" not in content.lower()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(remade, orientation):
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 20, 10))
    exif = Image.Exif()
    exif[files.ORIENTATION] = orientation
    file = io.BytesIO()
    image.save(file, "PNG", exif=exif)

    _, content = remade(pictures, file.getvalue())

    red = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    turned = seen(content)
    assert turned.size == ((40, 20) if orientation < 5 else (20, 40))
    width, height = turned.size
    corners = {(x, y): turned.getpixel((4 + x * (width - 9), 4 + y * (height - 9))) for x in (0, 1) for y in (0, 1)}
    assert [corner for corner, colour in corners.items() if colour[1] < 128] == [red]


def test_a_small_picture_is_not_made_larger(remade):
    assert remade(pictures, files.picture((80, 60)))[0] == {"media_type": "image/jpeg", "width": 80, "height": 60}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_of_any_kind_is_taken(remade, mode):
    told, content = remade(pictures, files.picture(form="PNG", mode=mode, colour=0))

    assert told["width"] == 80
    assert seen(content).mode == ("RGBA" if mode in {"LA", "RGBA"} else "RGB")


def test_a_picture_for_printers_is_taken(remade):
    assert seen(remade(pictures, files.picture(mode="CMYK", colour=(9, 9, 9, 9)))[1]).mode == "RGB"


def test_a_page_inside_a_picture_is_gone(remade):
    _, content = remade(pictures, files.polyglot())

    assert b"script" not in content


def test_of_an_animation_the_first_frame_stays(remade):
    told, content = remade(pictures, files.animation())

    assert told == {"media_type": "image/jpeg", "width": 16, "height": 16}
    assert getattr(seen(content), "n_frames", 1) == 1


def test_a_profile_of_colours_is_applied_and_dropped(remade):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for given in (profile, b"no profile at all"):
        image = seen(remade(pictures, files.picture(icc_profile=given))[1])
        assert "icc_profile" not in image.info
        assert abs(image.getpixel((9, 9))[1] - files.GREEN[1]) < 6


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (files.truncated(), "broken"),
        (files.picture(form="PNG")[:-30], "broken"),
        (files.bomb(), "pixels"),
        (files.bomb(9_600), "pixels"),
        (files.SVG, "broken"),
        (b"", "broken"),
    ],
)
def test_what_cannot_be_made_anew_is_named(remade, content, problem):
    assert remade(pictures, content)[0] == {"problem": problem}


def script(pdf):
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert('geheim')"))


def everything_hidden(pdf):
    """A document that does and carries what it should not, and two links and a bookmark that are fine."""
    pdf.docinfo["/Author"] = "Geheimer Mensch"
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Geheimer Mensch"]
    pdf.attachments["geheim.exe"] = b"geheim"
    page = pdf.pages[0]
    root = pdf.Root
    root.OpenAction = script(pdf)
    root.AA = Dictionary(WC=script(pdf))
    root.Names["/JavaScript"] = Dictionary(Names=Array(["x", script(pdf)]))
    field = pdf.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Tx, AA=Dictionary(K=script(pdf))))
    root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(b"<geheim/>"))
    root.PieceInfo = Dictionary(Geheim=Dictionary(Private="geheim"))
    page.AA = Dictionary(O=script(pdf))
    web = Dictionary(S=Name.URI, URI="https://allianz.example/", Next=script(pdf))
    page.Annots = Array(
        [
            pdf.make_indirect(note)
            for note in (
                Dictionary(Subtype=Name.Link, A=web),
                Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="javascript:geheim()")),
                Dictionary(Subtype=Name.Link, A=script(pdf)),
                Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="geheim.exe")),
                Dictionary(Subtype=Name.FileAttachment, FS=Dictionary(EF=Dictionary(F=pdf.make_stream(b"geheim")))),
                Dictionary(Subtype=Name.RichMedia),
            )
        ]
        + [field]
    )
    camera = files.phone_picture((80, 60))
    image = Stream(pdf, camera)
    image.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=80, Height=60, ColorSpace=Name.DeviceRGB, BitsPerComponent=8
    )
    image.write(camera, filter=Name.DCTDecode)
    page.Resources = Dictionary(XObject=Dictionary(Im=pdf.make_indirect(image)))
    with pdf.open_outline() as outline:
        outline.root += [pikepdf.OutlineItem("Eins", 0), pikepdf.OutlineItem("Zwei", 0)]


def test_a_document_loses_what_is_hidden_in_it_and_keeps_what_is_seen(remade):
    told, content = remade(documents, files.document(everything_hidden, compress_streams=False))

    assert told == {"media_type": "application/pdf"}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        parts = [part.unparse() + (part.read_raw_bytes() if isinstance(part, Stream) else b"") for part in pdf.objects]
        text = b"".join(parts)
        page = pdf.pages[0]
        links = [note.A.URI for note in page.Annots if "/A" in note]
        with pdf.open_outline() as outline:
            bookmarks = [item.title for item in outline.root]
        image = seen(page.Resources.XObject.Im.read_raw_bytes())
    assert (links, bookmarks, image.size) == (["https://allianz.example/"], ["Eins", "Zwei"], (80, 60))
    assert [word for word in (b"geheim", b"javascript", b"author", b"creator") if word in text.lower()] == []
    assert [key for key in (b"/JS", b"/AA", b"/OpenAction", b"/EF", b"/XFA", b"/Launch", b"/Info") if key in text] == []


@pytest.mark.parametrize("word", ["", "geheim"])
def test_a_locked_document_is_refused(remade, word):
    locked = files.document(encryption=pikepdf.Encryption(owner="wer", user=word))

    assert remade(documents, locked) == ({"problem": "locked"}, None)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7" + b"\0" * 999, files.document()[:60]])
def test_a_broken_document_is_refused(remade, content):
    assert remade(documents, content) == ({"problem": "broken"}, None)


def test_the_bench_bounds_memory():
    greedy = f"from participation.attachments import bench; bench.serve(lambda: len(bytearray({bench.MEMORY})))"

    done = subprocess.run([sys.executable, "-c", greedy], cwd=settings.BASE_DIR, capture_output=True, check=False)

    assert done.returncode == 1
    assert b"MemoryError" in done.stderr


def test_what_does_not_fit_into_memory_is_named(remade, monkeypatch):
    def full(*args):
        raise MemoryError

    monkeypatch.setattr(pictures, "_upright_and_small", full)
    monkeypatch.setattr(documents, "_clean", full)

    assert remade(pictures, files.picture())[0] == {"problem": "too_hard"}
    assert remade(documents, files.document())[0] == {"problem": "too_hard"}
