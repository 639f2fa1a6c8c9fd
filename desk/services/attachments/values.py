"""What the attachments service takes and gives: plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

PHOTO: Final = "photo"
PDF: Final = "pdf"
FILE: Final = "file"


@dataclass(frozen=True)
class Source:
    """A file to take in: its name as given, and where it lies, its bytes or, of a pasted picture, what makes
    them: that takes a while and is done in the background."""

    name: str
    path: Path | None = None
    data: bytes = b""
    make: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class Prepared:
    """A file ready to be kept: its bytes as they are hashed, what they are, and a small picture (JPEG).

    `kind` photo, pdf or file; width and height in pixels (0 where there are none), `pages` at least 1 for a
    PDF and 0 for a file without pages.
    """

    content: bytes
    kind: str
    mime: str
    name: str
    width: int
    height: int
    pages: int
    thumb: bytes


@dataclass(frozen=True)
class Attachment:
    """One attachment as pages show it. `turn`: degrees clockwise it is shown by; `protected`: PI-06."""

    id: str
    noun: str
    target_id: str
    slot: str
    slot_label: str
    party_id: str
    n: int
    name: str
    kind: str
    mime: str
    size: int
    pages: int
    width: int
    height: int
    turn: int
    note: str
    added_at: datetime | None
    added_by: str
    protected: bool
    sha256: str
    state: str


@dataclass(frozen=True)
class Opened:
    """An attachment with its bytes in clear, for the viewer."""

    attachment: Attachment
    content: bytes
