"""PDF documents without what is hidden in them: ``python -m participation.attachments.documents SOURCE TARGET``.

Knows pikepdf and nothing of the portal.
"""

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from .bench import serve

# What says who made it and with what, what acts by itself, and what is carried inside.
HIDDEN = (
    "/Metadata", "/PieceInfo", "/LastModified", "/Collection", "/Perms", "/SpiderInfo", "/Legal", "/Thumb",
    "/AA", "/OpenAction", "/JS", "/XFA", "/Renditions", "/JavaScript",
    "/EmbeddedFiles", "/AF", "/EF", "/RF", "/RichMediaContent", "/RichMediaSettings", "/Movie", "/Sound", "/3DD",
)  # fmt: skip
QUIET_ACTIONS = ("/GoTo", "/URI", "/Named")  # what a link may do: lead to a page or to an address
ACTIVE_NOTES = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
WEB = ("http://", "https://", "mailto:")
KEPT_SEGMENTS = (0xE0, 0xEE)  # of a JPEG: JFIF, and Adobe's note on its colours


def remake(source, target):
    """Write the document ``source`` to ``target`` without metadata, programs, actions and embedded files.

    Returns what ``Attachment`` stores of it, or the problem by its name.
    """
    try:
        with pikepdf.open(source) as document:
            if document.is_encrypted:
                return {"problem": "locked"}
            if not len(document.pages):
                return {"problem": "broken"}
            _clean(document)
            document.save(target, fix_metadata_version=False)
    except pikepdf.PasswordError:
        return {"problem": "locked"}
    except MemoryError:
        return {"problem": "too_hard"}
    except Exception:  # a broken document makes qpdf and pikepdf stumble in many ways
        return {"problem": "broken"}
    return {"media_type": "application/pdf"}


def _clean(document):
    del document.docinfo
    for thing in document.objects:
        _clean_thing(thing)


def _clean_thing(thing):
    """Clean one object with all that stands directly in it; what it refers to is an object of its own."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting += [part for part in one if not _is_own(part)]
        elif isinstance(one, Dictionary | Stream):
            _clean_entries(one)
            waiting += [part for _key, part in one.items() if not _is_own(part)]


def _is_own(part):
    return not isinstance(part, pikepdf.Object) or part.is_indirect


def _clean_entries(one):
    for key in HIDDEN:
        if key in one:
            del one[key]
    if "/S" in one and "/Next" in one:  # an action after an action; a bookmark after a bookmark has no /S
        del one["/Next"]
    if "/A" in one and not _is_quiet(one["/A"]):
        del one["/A"]
    if isinstance(one.get("/Annots"), Array):
        _drop_active_notes(one["/Annots"])
    if isinstance(one, Stream) and _is_jpeg(one.get("/Filter")):
        one.write(without_notes(one.read_raw_bytes()), filter=Name.DCTDecode)


def _is_jpeg(filters):
    return filters == Name.DCTDecode or (isinstance(filters, Array) and list(filters) == [Name.DCTDecode])


def _is_quiet(action):
    """Whether ``action`` leads somewhere and does nothing else; what is no action at all may stay."""
    if not isinstance(action, Dictionary) or "/S" not in action:
        return True
    if action["/S"] == Name.URI:
        return str(action.get("/URI", "")).lower().startswith(WEB)
    return action["/S"] in QUIET_ACTIONS


def _drop_active_notes(notes):
    """Take notes that play, run or carry a file out of a page's list."""
    for place in reversed(range(len(notes))):
        note = notes[place]
        if isinstance(note, Dictionary) and note.get("/Subtype") in ACTIVE_NOTES:
            del notes[place]


def without_notes(jpeg):
    """The bytes of ``jpeg`` without what a camera wrote beside the pixels (place, device, comments)."""
    kept, place = [jpeg[:2]], 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF and jpeg[place + 1] != 0xDA:
        marker, end = jpeg[place + 1], place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker != 0xFE and (not 0xE0 <= marker <= 0xEF or marker in KEPT_SEGMENTS):
            kept.append(jpeg[place:end])
        place = end
    return b"".join([*kept, jpeg[place:]])


if __name__ == "__main__":
    serve(remake)
