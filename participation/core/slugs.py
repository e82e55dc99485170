"""Addresses in words."""

from django.utils.text import slugify

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def free_slug(model, name):
    """An address for ``name`` that nobody has: ``moembris``, ``moembris-2`` …"""
    room = model._meta.get_field("slug").max_length - 4
    stem = slugify(name.translate(_GERMAN))[:room].strip("-") or model.__name__.lower()
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in _numbered(stem) if slug not in taken)


def _numbered(stem):
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
