"""Compile the catalogues: ``python -m portal.catalogues`` makes a ``.mo`` beside each ``.po`` that changed.

Django's own command needs GNU gettext, which a fresh machine lacks; the portal would silently speak English.
"""

import io
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALES = Path(__file__).resolve().parent / "locale"


def compile_all(locales=LOCALES):
    """Compile every catalogue below ``locales`` and return the files that changed; raises PoFileError."""
    return [target for source in sorted(locales.glob("*/LC_MESSAGES/*.po")) if (target := _compile(source))]


def _compile(source):
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return None
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    draft = target.with_suffix(".draft")
    draft.write_bytes(compiled.getvalue())
    return draft.replace(target)


def main():
    """Compile and say what changed."""
    try:
        changed = compile_all()
    except PoFileError as error:
        sys.exit(f"A catalogue cannot be read: {error}")
    for path in changed:
        sys.stdout.write(f"{path.relative_to(LOCALES)}\n")


if __name__ == "__main__":
    main()
