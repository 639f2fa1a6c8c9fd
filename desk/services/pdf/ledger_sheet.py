"""A ledger as tables on the official sheet (DOC-01…11): headings again on every page, signed and sealed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from desk.services.pdf import lines, official, prose, ruled, signing
from desk.services.pdf.faces import SHIPPED, Faces
from desk.services.pdf.ledger_values import LedgerColumn, LedgerLine, LedgerSheet, LedgerTable, shown
from desk.services.pdf.official import LEFT, WIDTH
from desk.services.pdf.page import BLACK, POINTS_PER_MM, Style
from desk.services.pdf.ruled import Cell
from desk.services.pdf.signing import Closing, Signer
from desk.services.pdf.strips import Mark, Strip

_SIZE: Final = 9.0  # points of figures and words in a table: 小五
_NOTE: Final = 10.5  # points of the words around it: 五号
_NOTE_STEP: Final = 6.2  # mm from line to line above and below the tables
_ROWS_BEFORE_SIGNING: Final = 3  # with the gap below the table: nobody signs a page without figures


def draw(ledger: LedgerSheet, on: date, faces: Faces = SHIPPED) -> bytes:
    """Return the ledger as PDF, dated `on`. Raises PaperProblem for a character no face has, by column."""
    content = prose.title(ledger.title, faces, field=ledger.title)
    content += [strip for words in ledger.heads for strip in _note(words, faces, keep=True)]
    content.append(prose.gap(0.15))
    for table in ledger.tables:
        content += [replace(strip, keep=True) for strip in _note(table.caption, faces)]
        content += _table(table, faces)
        content.append(prose.gap(0.4))
    remarks = [strip for words in ledger.remarks for strip in _note(words, faces)]
    content += remarks
    if ledger.signers or ledger.seal:
        content = prose.tied(content, len(remarks) + _ROWS_BEFORE_SIGNING)
        signers = [Signer(label, dated=False) for label in ledger.signers]
        content += signing.block(signers, Closing(ledger.seal, on), faces)
    return official.draw(ledger.title, content, faces=faces, paging="of")


def _note(words: str, faces: Faces, *, keep: bool = False) -> list[Strip]:
    """Return a line or more above or below the tables; none for no words."""
    if not words:
        return []
    style = Style(_NOTE, tone=BLACK, faces=faces.body)
    broken = lines.wrap(
        lines.clean(words), WIDTH * POINTS_PER_MM, _NOTE, faces=style.faces, field=_field(words)
    )
    return [
        Strip(_NOTE_STEP, (Mark(LEFT, _NOTE_STEP * 0.72, line, style, _field(words)),), keep=keep)
        for line in broken
    ]


def _field(words: str) -> str:
    """Return what a note is called when one of its characters has no glyph: its words before the colon."""
    return words.partition("：")[0][:12]


def _table(table: LedgerTable, faces: Faces) -> list[Strip]:
    widths = ruled.widths([column.share for column in table.columns])
    heads = [Cell(each.heading, width, "label") for each, width in zip(table.columns, widths, strict=True)]
    (head,) = ruled.row(heads, faces, size=_SIZE, whole=True)
    found = [replace(head, keep=True)]
    for line in table.lines or (LedgerLine((table.empty,)),):
        strips = [
            replace(strip, head=head)
            for strip in ruled.row(_cells(line, table.columns, widths), faces, size=_SIZE)
        ]
        if len(line.values) == 1 and table.lines:
            strips = [replace(strip, keep=True) for strip in strips]
        found += strips
    return found


def _cells(line: LedgerLine, columns: Sequence[LedgerColumn], widths: Sequence[float]) -> list[Cell]:
    if len(line.values) == 1:
        return [Cell(shown(line.values[0]), sum(widths), field=columns[0].heading)]
    return [
        Cell(shown(value), width, align=column.align, field=column.heading)
        for value, column, width in zip(line.values, columns, widths, strict=True)
    ]
