"""卷宗: cover, contents, all papers and scans in their order, note and back cover, in one PDF (§3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from desk.services.pdf import binding
from desk.services.pdf.binding import Sheets
from desk.services.pdf.decode import Told
from desk.services.pdf.forms.form import PLAIN, Extras
from desk.services.pdf.mediation import back_cover, contents, cover, dossier_note
from desk.services.pdf.mediation.dossier_values import BackCover, Contents, ContentsEntry, Cover, DossierNote
from desk.text import _

_DASH: Final = "—"


@dataclass(frozen=True)
class DossierFile:
    """What is bound: `parts` stand in their order; those of one name side by side are one line of the list.

    Page counts of cover, contents and note are worked out here; what they hold is not read.
    """

    cover: Cover
    contents: Contents
    parts: tuple[Sheets, ...]
    note: DossierNote
    back: BackCover


@dataclass(frozen=True)
class BoundDossier:
    """The dossier, its list of contents, and how many numbered pages it has."""

    pdf: bytes
    entries: tuple[ContentsEntry, ...]
    pages: int


def draw(file: DossierFile, extras: Extras = PLAIN, *, told: Told | None = None) -> BoundDossier:
    """Return the whole dossier. Cover, contents and back cover carry no number, as is customary.

    Raises PaperProblem when a character has no glyph, or naming a scan that cannot be read.
    """
    counts = [binding.count(part) for part in file.parts]
    entries, before = _entries(file.parts, counts)
    note, pages = _note(file.note, before, extras)
    name = _("卷宗情况说明（备考表）")
    entries = (*entries, ContentsEntry(len(entries) + 1, name, _span(before + 1, pages)))
    listed = replace(file.contents, entries=entries)
    parts = (
        Sheets(_("卷宗封面"), cover.draw(replace(file.cover, pages=pages), extras), numbered=False),
        Sheets(_("卷内目录"), contents.draw(listed, extras), numbered=False),
        *file.parts,
        Sheets(name, note),
        Sheets(_("封底"), back_cover.draw(file.back, extras), numbered=False),
    )
    return BoundDossier(binding.bind(parts, told=told), entries, pages)


def _note(note: DossierNote, before: int, extras: Extras) -> tuple[bytes, int]:
    """Return the note and the last page number, which the note itself tells and is part of."""
    pages = before + 1
    while True:
        pdf = dossier_note.draw(replace(note, pages=pages), extras)
        last = before + binding.count(Sheets("", pdf))
        if last == pages:
            return pdf, pages
        pages = last


def _entries(parts: Sequence[Sheets], counts: Sequence[int]) -> tuple[tuple[ContentsEntry, ...], int]:
    """Return the lines of the contents and the number of the last page."""
    entries: list[ContentsEntry] = []
    last = 0
    for (name, scanned), group in groupby(
        zip(parts, counts, strict=True), key=lambda pair: (pair[0].name, pair[0].scanned)
    ):
        first, last = last + 1, last + sum(count for _part, count in group)
        remark = _("扫描件") if scanned else ""
        entries.append(ContentsEntry(len(entries) + 1, name, _span(first, last), remark))
    return tuple(entries), last


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}{_DASH}{last}"
