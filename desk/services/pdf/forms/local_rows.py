"""The county's own fields put into a layout as ordinary rows."""

from collections.abc import Mapping, Sequence
from typing import Final

from desk.rules.local_fields import LocalField
from desk.services.pdf.forms import layout_file
from desk.services.pdf.forms.layout import CellLayout, RowLayout

_RULED: Final = frozenset({"cells", "table"})
_TO_SIGN: Final = frozenset({"sign", "seal"})
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "f10": ("f10", "f10_proof"),
    "f12": ("f12", "f12_referral"),
    "f13": ("f13", "f13_contents", "f13_note", "f13_back"),
}


def key_of(local: LocalField) -> str:
    """Return the key of a local field's value; the colon keeps it apart from a paper's own."""
    return f"local:{local.key}"


def of_layout(layout: str, local: Sequence[LocalField]) -> tuple[LocalField, ...]:
    """Return the fields that belong on this layout.

    Of a form in several parts (F-13: cover, contents, note, back cover) each field stands on the one part
    that shows what it follows, else on the first.
    """
    form = layout.partition("_")[0]
    parts = _PARTS.get(form)
    if parts is None:
        return tuple(local)
    return tuple(each for each in local if _part(parts, each) == layout)


def _part(parts: Sequence[str], local: LocalField) -> str:
    for name in parts:
        if any(local.after in row.keys for row in layout_file.shipped(name).rows):
            return name
    return parts[0]


def added(rows: Sequence[RowLayout], local: Sequence[LocalField]) -> tuple[RowLayout, ...]:
    """Return the rows with a row for each local field, in the style of the row it follows.

    A field whose `after` is not on this form stands before the signatures; it is never lost. Rows repeated
    for each party are not parted: the field follows all of them.
    """
    found = list(rows)
    for each in local:
        place = _place(found, each)
        before = found[place - 1] if place else None
        found.insert(place, _row(each, ruled=before is not None and before.kind in _RULED))
    return tuple(found)


def is_to_sign(row: RowLayout) -> bool:
    """Tell whether a row is part of the signatures of a form."""
    return row.kind == "signs" or any(cell.kind in _TO_SIGN for cell in row.cells)


def _place(rows: Sequence[RowLayout], local: LocalField) -> int:
    """Return where the new row goes in; an earlier local field of the same place stays before it."""
    shown = [number for number, row in enumerate(rows) if local.after and local.after in row.keys]
    if not shown:
        return next((number for number, row in enumerate(rows) if is_to_sign(row)), len(rows))
    place = shown[-1] + 1
    each = rows[shown[-1]].each
    while place < len(rows) and each and rows[place].each == each:
        place += 1
    while place < len(rows) and any(key.startswith("local:") for key in rows[place].keys):
        place += 1
    return place


def _row(local: LocalField, *, ruled: bool) -> RowLayout:
    key = key_of(local)
    if ruled:
        return RowLayout("cells", cells=(CellLayout(local.label, key),))
    return RowLayout("field", label=local.label, key=key, value="longtext", lines=1)
