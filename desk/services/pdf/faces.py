"""The faces of an official paper by role: 正文 仿宋, 标题 小标宋, 楷体, 黑体 (DOC-04, DOC-05).

The customary files are licensed and not shipped. The profile names files that a PC may have; a file that is
there, has true outlines and may be embedded is used character by character before the shipped faces. Those
are Noto Serif SC for running text and titles (GB 2312 and the 8,105 standard characters) and Noto Sans SC for
黑体; what one lacks falls back to the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from desk.rules.profile import Profile
from desk.services.pdf import fonts, installed_faces


@dataclass(frozen=True)
class Faces:
    """Faces for each role, best first: file names of installed ones, or names of shipped ones."""

    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    kai: tuple[str, ...] = ()
    hei: tuple[str, ...] = ()


SONG: Final = "NotoSerifSC-Regular"
SONG_BOLD: Final = "NotoSerifSC-SemiBold"
SHIPPED: Final = Faces(body=(SONG,), title=(SONG_BOLD,), kai=(SONG,))


def of_profile(profile: Profile, on: date) -> Faces:
    """Return the faces the profile names, as far as this PC has them and they may be embedded."""

    def faces(role: str, shipped: tuple[str, ...]) -> tuple[str, ...]:
        installed = [name for name in profile.items(f"paper.face.{role}", on) if is_usable(name)]
        return (*installed[:1], *shipped)

    return Faces(
        body=faces("body", SHIPPED.body),
        title=faces("title", SHIPPED.title),
        kai=faces("kai", SHIPPED.kai),
        hei=faces("hei", SHIPPED.hei),
    )


@lru_cache(maxsize=64)
def is_usable(file_name: str, find: Callable[[str], object] = installed_faces.find) -> bool:
    """Tell whether a face of this file name is installed, has TrueType outlines and allows embedding."""
    if find(file_name) is None:
        return False
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        fonts.font(file_name)
    except TTFError:  # outlines reportlab cannot embed, or the maker forbids it: the next face is asked
        return False
    return True
