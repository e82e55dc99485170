"""Drawn pictures and a sheet for the ideas of the demonstration: hills in the colours of the house, no photographs."""

from io import BytesIO
from math import sin

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (1600, 1000)
FINER = 2  # drawn larger and scaled down: smooth edges
SKY, SUN = ("#cfe3e0", "#f6efdc"), "#e9b44c"
HILLS = ("#9dbfae", "#6f9f86", "#3f7a5e", "#1f5c40")
WOOD, STONE, LEAVES = "#8a5a34", "#ece7db", ("#4f8a5b", "#6aa05f", "#3b7550")
ROOF, SHADE, BOOKS = "#9c4a34", "#3b4a44", ("#a23b2c", "#1f5c40", "#c98a2b", "#3a5a8c", "#7a4a6d")
LINES = "0 0 0 RG 2 w 60 240 m 180 330 l 300 300 l 420 420 l 540 400 l S 60 180 m 540 180 l S"


def bench():
    """A bench at the edge of the village."""
    picture, draw = _hills()
    for x in (620, 960):
        _box(draw, x, 640, 26, 150, STONE)
    for y in (560, 596):
        _box(draw, 560, y, 490, 24, WOOD)
    _box(draw, 560, 650, 490, 28, WOOD)
    _box(draw, 1130, 380, 16, 410, STONE)
    _box(draw, 1080, 350, 150, 90, SUN)
    return _sent(picture, "Mitfahrbank.jpg")


def path():
    """A way through the valley."""
    picture, draw = _hills()
    draw.polygon(_fine([(700, 1000), (1000, 1000), (840, 760), (900, 640), (870, 640), (780, 760)]), fill=STONE)
    return _sent(picture, "Radweg.jpg")


def orchard():
    """Fruit trees in three rows."""
    picture, draw = _hills()
    for row, (y, size) in enumerate(((600, 60), (690, 85), (820, 120))):
        for x in range(90 + row * 70, SIZE[0], size * 3):
            _box(draw, x - size // 10, y, size // 5, size, WOOD)
            draw.ellipse(_fine([(x - size, y - size * 1.3), (x + size, y + size * 0.4)]), fill=LEAVES[row])
    return _sent(picture, "Streuobstwiese.jpg")


def houses():
    """Three houses on the slope; nobody lives in the middle one yet."""
    picture, draw = _hills()
    for x, y, width, lit in ((240, 560, 300, True), (640, 500, 340, False), (1090, 570, 280, True)):
        draw.polygon(_fine([(x - 30, y), (x + width / 2, y - 150), (x + width + 30, y)]), fill=ROOF)
        _box(draw, x, y, width, 320, STONE)
        for across in (0.16, 0.62):
            for down in (50, 170):
                _box(draw, x + width * across, y + down, 60, 70, SUN if lit else SHADE)
    return _sent(picture, "Haeuser.jpg")


def bookcase():
    """An open bookcase beside a bench."""
    picture, draw = _hills()
    draw.polygon(_fine([(560, 330), (760, 240), (960, 330)]), fill=ROOF)
    _box(draw, 590, 330, 340, 480, LEAVES[2])
    for y in (360, 500, 640):
        _box(draw, 620, y, 280, 120, STONE)
        for number in range(8):
            height = 74 + (number * 37 + y) % 34
            _box(draw, 632 + number * 33, y + 116 - height, 24, height, BOOKS[(number + y) % len(BOOKS)])
    for x in (1040, 1290):
        _box(draw, x, 740, 22, 90, STONE)
    _box(draw, 1010, 715, 330, 28, WOOD)
    return _sent(picture, "Buecherschrank.jpg")


def sheet():
    """A sheet of paper with a few lines of a plan."""
    pdf, file = pikepdf.new(), BytesIO()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(LINES.encode())
    pdf.save(file)
    return SimpleUploadedFile("Skizze der Strecke.pdf", file.getvalue(), "application/pdf")


DRAWN = {"bench": bench, "path": path, "orchard": orchard, "houses": houses, "bookcase": bookcase, "sheet": sheet}


def _hills():
    """A sky with a sun, and hills before it."""
    width, height = SIZE
    above, below = (Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in SKY)
    sky = Image.new("RGB", (1, 2))
    sky.putdata([above, below])
    picture = sky.resize((width * FINER, height * FINER), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(picture)
    draw.ellipse(_fine([(1180, 130), (1320, 270)]), fill=SUN)
    for number, colour in enumerate(HILLS):
        base = 420 + number * 105
        ridge = [
            (x, base + 55 * sin(x / 260 + number * 1.9) + 18 * sin(x / 97 + number)) for x in range(0, width + 1, 8)
        ]
        draw.polygon(_fine([(0, height), *ridge, (width, height)]), fill=colour)
    return picture, draw


def _box(draw, x, y, width, height, colour):
    draw.rounded_rectangle(_fine([(x, y), (x + width, y + height)]), radius=8 * FINER, fill=colour)


def _fine(points):
    return [(x * FINER, y * FINER) for x, y in points]


def _sent(picture, name):
    """The picture as a browser would send it."""
    file = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(file, "JPEG", quality=88)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")
