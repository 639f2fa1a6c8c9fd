"""Draws any form: a layout, the frozen values of a paper, what the county added, on the official sheet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Final, cast

from desk.rules.local_fields import LocalField
from desk.services.pdf import official, prose, ruled, signing
from desk.services.pdf.faces import SHIPPED, Faces
from desk.services.pdf.forms import layout_file, local_rows, wording
from desk.services.pdf.forms.layout import CellLayout, FormLayout, RowLayout, SignLayout
from desk.services.pdf.ruled import Cell
from desk.services.pdf.strips import Strip, bound
from desk.text import _

_BLANK: Final = "________"
_SUM: Final = "________元（大写：________________）"
_BOXED: Final = frozenset({"choice", "yesno"})
_DATES: Final = frozenset({"date", "datetime", "han_date"})
_LEAST_ROW: Final = 0.64  # mm a row is high at least for each point of its size
_HAND_ROW: Final = 8.5  # mm a row to write in by hand is high at least
_HAND_WORDS: Final = 30.0  # and one for some sentences


@dataclass(frozen=True)
class Extras:
    """What a paper has besides its values: the faces of this PC, the county's fields and their texts.

    `by_hand`: it is to be filled in with a pen, so every field is shown and has room.
    """

    faces: Faces = SHIPPED
    local: tuple[tuple[LocalField, str], ...] = ()
    by_hand: bool = False


PLAIN: Final = Extras()


@dataclass(frozen=True)
class _Scope:
    """Where a row finds its values: the item it is repeated for, then the paper, then the county's fields."""

    paper: object
    faces: Faces
    size: float
    local: dict[str, str] = field(default_factory=dict)
    item: object | None = None
    by_hand: bool = False

    def get(self, key: str) -> object:
        """Return a value. Raises AttributeError for a key the paper does not have: the layout is wrong."""
        if key in self.local:
            return self.local[key]
        if self.item is not None and hasattr(self.item, key):
            return getattr(self.item, key)
        return getattr(self.paper, key)

    def text(self, key: str) -> str:
        """Return a value as words, for a place in a sentence."""
        return wording.words("text", self.get(key)) or (_BLANK if self.by_hand else "")

    def words(self, sentence: str) -> str:
        """Return a sentence with its places filled."""
        return wording.filled(sentence, self.text)


def draw(form: str, paper: object, extras: Extras = PLAIN) -> bytes:
    """Return a paper of the shipped layout `form` (f01…) as PDF.

    The keys of the layout are the fields of `paper`. Raises PaperProblem when a character has no glyph,
    naming it and the field, or when the layout file cannot be used.
    """
    layout = layout_file.shipped(form)
    own = local_rows.of_layout(form, tuple(each for each, _text in extras.local))
    extras = replace(extras, local=tuple(pair for pair in extras.local if pair[0] in own))
    return official.draw(
        layout.title,
        strips(layout, paper, extras),
        faces=extras.faces,
        paging=cast("official.Paging", layout.paging),
    )


def blanks(form: str, paper: object) -> tuple[str, ...]:
    """Return the required fields of a paper that have no value, in the form's order: 钱某的联系方式.

    They are printed as room for a pen; rooms to sign are no such fields.
    """
    layout = layout_file.shipped(form)
    scope = _Scope(paper, SHIPPED, layout.size)
    found: list[str] = []
    for row in layout.rows:
        for inner in _scopes(scope, row.each):
            if row.kind == "table" or _is_shown(row, inner):
                found += _open_fields(row, inner)
    return tuple(dict.fromkeys(found))


def _open_fields(row: RowLayout, scope: _Scope) -> Iterator[str]:
    asked = [(row.label, row.key, row.value, row.required)]
    asked += [(cell.label, cell.key, cell.kind, cell.required) for cell in row.cells]
    name = getattr(scope.item, "name", "")
    for label, key, kind, required in asked:
        if (
            required
            and key
            and kind not in {"sign", "seal"}
            and not wording.words(kind, _told(scope, key, kind))
        ):
            field_name = scope.words(label).replace("\n", "")
            yield _("{name}的{field}").format(name=name, field=field_name) if name else field_name


def _told(scope: _Scope, key: str, kind: str) -> object:
    """Return a value to look at; a tick that says no is an answer too."""
    value = scope.get(key)
    return str(value) if kind in _BOXED and value not in {None, "", ()} else value


def strips(layout: FormLayout, paper: object, extras: Extras) -> list[Strip]:
    """Return the whole form as strips: the title, then its rows in their order."""
    local = {local_rows.key_of(each): text for each, text in extras.local}
    rows = local_rows.added(layout.rows, tuple(each for each, _text in extras.local))
    scope = _Scope(paper, extras.faces, layout.size, local, by_hand=extras.by_hand)
    found = prose.title(layout.title, extras.faces)
    for each, group in groupby(rows, key=lambda row: "" if row.kind == "table" else row.each):
        together = tuple(group)
        for inner in _scopes(scope, each):
            begun = len(found)
            for row in together:
                if _is_shown(row, inner):
                    if local_rows.is_to_sign(row):
                        found = prose.tied(found, 2 if row.kind == "signs" else 1)
                    found += _DRAWERS[row.kind](row, inner)
            if each:  # nobody's address stands on another page than the name
                found[begun:] = bound(found[begun:])
    return found


def _scopes(scope: _Scope, each: str) -> tuple[_Scope, ...]:
    """Return one scope an item of the list `each`, or the paper's own."""
    if not each:
        return (scope,)
    items = cast("tuple[object, ...]", scope.get(each))
    return tuple(replace(scope, item=item) for item in items)


def _is_shown(row: RowLayout, scope: _Scope) -> bool:
    # On a ruled form to be filled in by hand there is room for a person and for a body.
    if row.only and scope.get("kind") != row.only and not (scope.by_hand and row.kind == "cells"):
        return False
    if row.when and not scope.get(row.when):
        return scope.by_hand and scope.get(row.when) is not False
    return not (row.unless and scope.get(row.unless))


def _cells(row: RowLayout, scope: _Scope) -> list[Strip]:
    found: list[Cell] = []
    for layout, width in zip(row.cells, ruled.widths([cell.share for cell in row.cells]), strict=True):
        found += _cell(layout, width, scope)
    return ruled.row(found, scope.faces, height=_height(row, scope), size=scope.size)


def _height(row: RowLayout, scope: _Scope) -> float:
    """Return the mm a row is high at least; a hand needs more of them."""
    usual = row.height or _LEAST_ROW * scope.size
    if not scope.by_hand:
        return usual
    words = any(cell.kind in {"longtext", "list"} and not scope.get(cell.key) for cell in row.cells)
    return max(usual, _HAND_WORDS if words else _HAND_ROW)


def _cell(layout: CellLayout, width: float, scope: _Scope) -> list[Cell]:
    label = scope.words(layout.label)
    if not layout.key and layout.kind not in {"sign", "seal"}:
        return [Cell(label, width, "label")]
    label_width = (layout.label_width or ruled.label_width(scope.size)) if label else 0.0
    head = [Cell(label, label_width, "label", field=label)] if label else []
    room = width - label_width
    if layout.kind == "sign":
        names = _names(scope.get(layout.key)) if layout.key else ()
        text = "\n".join(f"{name}：" for name in names) if len(names) > 1 else ""
        return [*head, Cell(text, room, "sign", field=label, dated=layout.dated)]
    if layout.kind == "seal":
        return [*head, Cell("", room, "seal", dated=layout.dated)]
    return [*head, _value(layout, room, scope, label or layout.key)]


def _value(layout: CellLayout, width: float, scope: _Scope, field_name: str) -> Cell:
    value = scope.get(layout.key)
    if layout.kind in _BOXED:
        boxes = wording.pieces(layout.kind, value, layout.options)
        return Cell("", width, align=layout.align, field=field_name, pieces=boxes)
    text = wording.words(layout.kind, value)
    if not text and scope.by_hand and layout.kind in _DATES:
        text = _("　　　　年　　月　　日")
    if not text and scope.by_hand and layout.kind == "money":
        text = _(_SUM)
    return Cell(text, width, align=layout.align, field=field_name, top=layout.kind == "longtext")


def _table(row: RowLayout, scope: _Scope) -> list[Strip]:
    parts = ruled.widths([cell.share for cell in row.cells])
    heads = [Cell(cell.label, width, "label") for cell, width in zip(row.cells, parts, strict=True)]
    body = [
        [_value(cell, width, inner, cell.label) for cell, width in zip(row.cells, parts, strict=True)]
        for inner in _scopes(scope, row.each)
    ]
    return ruled.table(heads, body, scope.faces, height=_height(row, scope), size=scope.size)


def _heading(row: RowLayout, scope: _Scope) -> list[Strip]:
    return prose.heading(scope.words(row.text), scope.faces, level=row.level)


def _text(row: RowLayout, scope: _Scope) -> list[Strip]:
    return prose.paragraph(scope.words(row.text), scope.faces, field=row.label)


def _aligned(row: RowLayout, scope: _Scope) -> list[Strip]:
    return prose.flush(scope.words(row.text), scope.faces, align=row.kind, field=row.label)


def _field(row: RowLayout, scope: _Scope) -> list[Strip]:
    """A label in 黑体 and below it the text, what is printed for none, or lines to write on."""
    label = scope.words(row.label)
    text = wording.words(row.value, scope.get(row.key)) or row.empty
    body = prose.paragraph(text, scope.faces, field=label) if text else prose.blank(row.lines)
    return [*prose.heading(f"{label}：", scope.faces, level=row.level), *body]


def _pairs(row: RowLayout, scope: _Scope) -> list[Strip]:
    """Labels and values one after another in a paragraph; an optional one that is empty is left out."""
    parts = [scope.words(row.label)] if row.label else []
    for cell in row.cells:
        found = wording.pieces(cell.kind, scope.get(cell.key), cell.options)
        if found or cell.required or scope.by_hand:
            first, *rest = found or (_room(cell, scope),)
            parts += [f"{scope.words(cell.label)}：{first}", *rest]
    return prose.pairs(parts, scope.faces, field=scope.words(row.label))


def _room(cell: CellLayout, scope: _Scope) -> str:
    """Return the line an empty field leaves; one for a hand is as long as its share of the row."""
    if not scope.by_hand:
        return _BLANK
    return _(_SUM) if cell.kind == "money" else "_" * round(len(_BLANK) * cell.share)


def _gap(row: RowLayout, _scope: _Scope) -> list[Strip]:
    return [prose.gap(row.height or 1.0)]


def _signs(row: RowLayout, scope: _Scope) -> list[Strip]:
    signers = [signer for sign in row.signs for signer in _signers(sign, scope)]
    closing = None
    if row.seal or row.date:
        on = cast("date | None", scope.get(row.date)) if row.date else None
        seal = scope.text(row.seal) if row.seal else ""
        closing = signing.Closing(seal, on, dated=row.dated)
    block = signing.block(signers, closing, scope.faces)
    return [replace(prose.gap(0.4), keep=True), *block]


def _signers(sign: SignLayout, scope: _Scope) -> list[signing.Signer]:
    """Return a line for each name, one for nobody known, as many as may sign on a form without names."""
    value = scope.get(sign.names) if sign.names else ()
    names = _names(value)
    count = len(value) if scope.by_hand and isinstance(value, tuple) and not names else 1
    return [signing.Signer(sign.label, names, sign.dated)] * max(1, count)


def _names(value: object) -> tuple[str, ...]:
    """Return who is to sign; a name that is still missing leaves its line to the hand."""
    names = value if isinstance(value, tuple) else (value,)
    return tuple(str(name) for name in names if name)


_DRAWERS: Final[Mapping[str, Callable[[RowLayout, _Scope], list[Strip]]]] = {
    "cells": _cells,
    "table": _table,
    "heading": _heading,
    "text": _text,
    "centre": _aligned,
    "left": _aligned,
    "right": _aligned,
    "field": _field,
    "items": _pairs,
    "gap": _gap,
    "signs": _signs,
}
