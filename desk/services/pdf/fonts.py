"""The typefaces of every paper: Noto Sans SC, and HanaMinB for the rare characters it lacks (domain.md 11).

Official papers may ask for faces installed on this PC before these (see faces.py).

Faces are parsed once and only when a text needs them: HanaMinB (30 MB) is opened by the first rare
character, never before; reportlab itself is imported by the first paper.
"""

import gc
from functools import lru_cache
from typing import TYPE_CHECKING

from desk import paths
from desk.services.pdf import installed_faces

if TYPE_CHECKING:
    from desk.services.pdf.embedding import EmbeddedFont

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
RARE = "HanaMinB"

_kept: dict[str, "EmbeddedFont"] = {}  # the first object parsed for each face
_ready: dict[str, "EmbeddedFont"] = {}  # the same, once reportlab knows it


def font(name: str) -> "EmbeddedFont":
    """Return the face called `name`, opening it on first use: REGULAR, BOLD, RARE, or an installed file.

    Several threads may ask at once: each may parse the file, but all get the one that was kept, so that a
    document never meets two objects for one face.
    """
    if name not in _ready:
        from reportlab.pdfbase import pdfmetrics

        kept = _kept.setdefault(name, _open(name))
        pdfmetrics.registerFont(kept)
        _ready[name] = kept
    return _ready[name]


def is_loaded(name: str) -> bool:
    """Tell whether the face has been opened in this process."""
    return name in _ready


@lru_cache(maxsize=16384)
def place(character: str, bold: bool, faces: tuple[str, ...] = ()) -> tuple[str, float] | None:
    """Return (face, width in thousandths of the size) for one character, or None when no face has it.

    `faces` are names of further faces that are asked first. Private-use characters count as missing: whatever
    a font draws there is not what the card shows (NM-08).
    """
    code = ord(character)
    if 0xE000 <= code <= 0xF8FF or code >= 0xF0000:
        return None
    for name in (*faces, BOLD if bold else REGULAR, RARE):
        face = font(name).face
        if code in face.charToGlyph:
            return name, float(face.charWidths[code])
    return None


def _open(name: str) -> "EmbeddedFont":
    from desk.services.pdf.embedding import EmbeddedFont

    file = installed_faces.find(name) or paths.resources() / "fonts" / f"{name}.ttf"
    # A collection over the thousands of glyph entries being made would hold every thread for up to 0.2 s.
    usual = gc.isenabled()
    gc.disable()
    try:
        return EmbeddedFont(name, str(file), asciiReadable=False, shapable=False)
    finally:
        if usual:
            gc.enable()
