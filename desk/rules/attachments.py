"""附件: which files may hang on a record, told by their bytes, and how large; all limits are profile rows.

A name says nothing about a file: `sniff` looks at its first bytes. Photos of visitors and recordings need a
consent of their own and are off by default (PI-16): no sound or film is among the shipped types.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from desk.rules.profile import Profile

IDENTITY: Final = "identity"
"""The slot of papers that show who somebody is (PI-06): no thumbnail, opened only with a reason."""

PAD: Final = "pad"
"""The slot of the paper form that a backfilled visit was written on."""

SLOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "材料",
        "scene": "现场照片",
        PAD: "纸质登记表",
        "evidence": "证据",
        "signed": "签字件",
        IDENTITY: "身份证件",
    }
)
"""What an attachment is to its record; forms of a dossier add their own codes."""

PICTURES: Final = frozenset({"jpeg", "png", "webp", "bmp", "gif", "tiff"})
"""Types that are decoded and written anew."""

MIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "jpeg": "image/jpeg",
        "png": "image/png",
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text": "text/plain",
    }
)
"""Media type of what is kept: pictures become JPEG or PNG."""

TEXT_ENDINGS: Final = (".txt", ".csv", ".md")
"""Names under which words are taken for words: what is called a photo and holds words is no photo."""

NAME_MAX: Final = 80

_ENDINGS: Final = {"jpeg": ".jpg", "png": ".png", "pdf": ".pdf", "docx": ".docx", "xlsx": ".xlsx"}
_HEADS: Final = (
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("tiff", re.compile(rb"II\x2a\x00|MM\x00\x2a")),
    ("bmp", re.compile(rb"BM.{8}[\x0c-\x80]", re.DOTALL)),
    ("heic", re.compile(rb"....ftyp(heic|heix|mif1|msf1|hevc|avif)", re.DOTALL)),
    ("film", re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.DOTALL)),
    ("sound", re.compile(rb"ID3|RIFF....WAVE|OggS|fLaC|\xff[\xfb\xf3\xf2]|#!AMR", re.DOTALL)),
    ("zip", re.compile(rb"PK\x03\x04")),
    ("ole", re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("program", re.compile(rb"MZ|\x7fELF|#!")),
    ("archive", re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b")),
)
# A reader of PDF accepts some bytes before the header (ISO 32000-1, annex H).
_PDF_WITHIN = 1024
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True)
class Limits:
    """What the profile allows: types, sizes in bytes, pixels of a picture, pages of a PDF, how many.

    `side`: longest side of a kept picture in pixels; `quality`: of its JPEG.
    """

    types: frozenset[str]
    photo_bytes: int
    file_bytes: int
    pixels: int
    side: int
    quality: int
    pages: int
    per_record: int

    def most_bytes(self, kind: str) -> int:
        """Return how many bytes a file of that type may be handed in with."""
        return self.photo_bytes if kind in PICTURES else self.file_bytes


def limits(profile: Profile, on: date) -> Limits:
    """Return the limits that hold on a day."""

    def number(name: str) -> int:
        return profile.number(f"attachment.{name}", on)

    return Limits(
        types=frozenset(profile.items("attachment.types", on)),
        photo_bytes=number("photo_mb") << 20,
        file_bytes=number("file_mb") << 20,
        pixels=number("megapixels") * 1_000_000,
        side=number("side"),
        quality=min(number("quality"), 95),
        pages=number("pages"),
        per_record=number("per_record"),
    )


def sniff(data: bytes) -> str:
    """Return what a file is by its bytes: a type of the profile, another that is known, or "" for unknown.

    A zip is told apart later (docx, xlsx), by the process that opens it.
    """
    for kind, head in _HEADS:
        if head.match(data):
            return kind
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    return "text" if _is_text(data) else ""


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Return the size of a picture whose longest side is at most `side`, never larger than it is."""
    longest = max(width, height)
    if longest <= side:
        return width, height
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def turned(turn: int, by: int) -> int:
    """Return a rotation in degrees clockwise (0, 90, 180, 270) after turning `by` quarter turns."""
    return (turn + 90 * by) % 360


def kept_name(name: str, kind: str) -> str:
    """Return a file name safe for any disk, at most 80 characters, with the ending of what is kept."""
    plain = unicodedata.normalize("NFC", name)
    stem = _NO_NAME.sub(" ", plain.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    ending = _ENDINGS.get(kind, ".txt" if kind == "text" else "")
    base = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", stem).strip(" .")
    return (base or "附件")[: NAME_MAX - len(ending)] + ending


def is_protected(slot: str) -> bool:
    """Tell whether what hangs there shows an identity paper (PI-06)."""
    return slot == IDENTITY


def slot_label(slot: str) -> str:
    """Return the words for a slot; a code of a dossier's form stands as it is."""
    return SLOTS.get(slot, slot)


def _is_text(data: bytes) -> bool:
    if not data or b"\x00" in data:
        return False
    # The way from UTF-8 to the older character set of Chinese offices.
    return _decodes(data, "utf-8") or _decodes(data, "gb18030")


def _decodes(data: bytes, charset: str) -> bool:
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\r\n\t\f\ufeff\u3000\xa0" for char in text)
