"""Layouts as TOML files in resources/forms: read once, checked, refused with the row and what is wrong."""

import dataclasses
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from desk import paths
from desk.errors import PaperProblem
from desk.services.pdf import ruled
from desk.services.pdf.forms.layout import (
    ROW_KINDS,
    VALUE_KINDS,
    CellLayout,
    FormLayout,
    RowLayout,
    SignLayout,
)
from desk.text import _

_HEAD: Final = frozenset({"form", "title", "paging", "source", "size", "row"})
_PAGING: Final = frozenset({"dashes", "of", "none"})
_ALIGN: Final = frozenset({"left", "centre", "right"})
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "cells": ("cells",),
    "table": ("cells", "each"),
    "heading": ("text",),
    "text": ("text",),
    "centre": ("text",),
    "left": ("text",),
    "right": ("text",),
    "field": ("label", "key"),
    "items": ("cells",),
    "part": ("text", "each"),
    "signs": (),
    "gap": (),
}
"""What a row of each kind cannot do without."""

Part = Callable[[str], tuple[RowLayout, ...]]
_Made = TypeVar("_Made", CellLayout, SignLayout, RowLayout)


@lru_cache(maxsize=64)
def shipped(form: str) -> FormLayout:
    """Return the layout of resources/forms/<form>.toml. Raises PaperProblem as `read`."""
    return read(paths.resources() / "forms" / f"{form}.toml")


def read(file: Path) -> FormLayout:
    """Return the layout in a file, with the parts/*.toml it uses.

    Raises PaperProblem naming the file, the row and what is wrong.
    """

    def part(name: str) -> tuple[RowLayout, ...]:
        inner = _content(file.parent / "parts" / f"{name}.toml")
        return _rows(inner, f"{name}.toml", None)

    return from_content(_content(file), file.name, part)


def from_content(content: Mapping[str, object], name: str, part: Part | None = None) -> FormLayout:
    """Return the layout that parsed content describes; `name` is told when something is wrong.

    `part` gives the rows a row of kind "part" stands for.
    """
    for key in content:
        if key not in _HEAD:
            _refuse(name, _("有不认识的项目“{key}”").format(key=key))
    heads = {key: content.get(key, "") for key in ("form", "title", "paging", "source")}
    for key, value in heads.items():
        if not isinstance(value, str) or not value.strip():
            _refuse(name, _("没有写“{key}”").format(key=key))
    if heads["paging"] not in _PAGING:
        _refuse(name, _("页码方式“{paging}”不认识").format(paging=heads["paging"]))
    size = content.get("size", ruled.SIZE)
    if not isinstance(size, int | float) or isinstance(size, bool) or not 8 <= size <= 16:
        _refuse(name, _("字号“{size}”要在 8 到 16 之间").format(size=size))
    return FormLayout(
        form=str(heads["form"]),
        title=str(heads["title"]),
        paging=str(heads["paging"]),
        source=str(heads["source"]),
        size=float(size),
        rows=_rows(content, name, part),
    )


def _content(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _problem(file.name, _("读不出来（{reason}）").format(reason=error)) from error


def _rows(content: Mapping[str, object], name: str, part: Part | None) -> tuple[RowLayout, ...]:
    raw = content.get("row")
    if not isinstance(raw, list) or not raw:
        _refuse(name, _("没有任何一行（[[row]]）"))
    found: list[RowLayout] = []
    for number, each in enumerate(raw, 1):
        row = _row(each, name, number)
        if row.kind != "part":
            found.append(row)
        elif part is None:
            _refuse(name, _("第 {number} 行不能再用别的样式").format(number=number))
        else:
            found += [dataclasses.replace(inner, each=row.each) for inner in part(row.text)]
    return tuple(found)


def _row(raw: object, name: str, number: int) -> RowLayout:
    where = _("第 {number} 行").format(number=number)
    if not isinstance(raw, Mapping):
        _refuse(name, _("{where}不是表格").format(where=where))
    if raw.get("kind") not in ROW_KINDS:
        _refuse(name, _("{where}的种类“{kind}”不认识").format(where=where, kind=raw.get("kind")))
    parts = dict(raw)
    for key in ("cells", "signs"):
        if not isinstance(parts.get(key, []), list):
            _refuse(name, _("{where}的“{key}”应是列表").format(where=where, key=key))
    parts["cells"] = tuple(_made(CellLayout, each, name, where) for each in parts.get("cells", []))
    parts["signs"] = tuple(_made(SignLayout, each, name, where) for each in parts.get("signs", []))
    row = _made(RowLayout, parts, name, where)
    for needed in _NEEDS[row.kind]:
        if not getattr(row, needed):
            _refuse(name, _("{where}没有写“{needed}”").format(where=where, needed=needed))
    kinds = [row.value, *(cell.kind for cell in row.cells)]
    for kind_name in kinds:
        if kind_name not in VALUE_KINDS:
            _refuse(name, _("{where}的取值种类“{kind}”不认识").format(where=where, kind=kind_name))
    for cell in row.cells:
        _check_cell(cell, name, where)
    return row


def _check_cell(cell: CellLayout, name: str, where: str) -> None:
    if cell.share <= 0 or cell.label_width < 0:
        _refuse(name, _("{where}的宽度要大于 0").format(where=where))
    if not cell.label and not cell.key:
        _refuse(name, _("{where}有一格既没有栏目名也没有内容").format(where=where))
    if (cell.kind == "choice") != bool(cell.options):
        _refuse(name, _("{where}的“{label}”选项不对").format(where=where, label=cell.label))
    if cell.align not in _ALIGN:
        _refuse(name, _("{where}的对齐“{align}”不认识").format(where=where, align=cell.align))


def _made(kind: type[_Made], raw: object, name: str, where: str) -> _Made:
    if not isinstance(raw, Mapping):
        _refuse(name, _("{where}不是表格").format(where=where))
    known = {each.name: each for each in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in known:
            _refuse(name, _("{where}有不认识的项目“{key}”").format(where=where, key=key))
        values[key] = _typed(known[key], value, name, where)
    if kind is SignLayout and "label" not in values:
        _refuse(name, _("{where}的签名没有写“label”").format(where=where))
    return kind(**values)


def _typed(known: "dataclasses.Field[Any]", value: object, name: str, where: str) -> object:
    """Return a value of the kind the field wants; whole numbers may stand for lengths."""
    wanted = known.type
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted in {str, int, float, bool}:
        fits = type(value) is wanted
    else:
        fits = isinstance(value, list | tuple)
        if fits and known.name == "options":
            fits = all(isinstance(each, str) and each for each in value)  # type: ignore[attr-defined]
        value = tuple(value) if fits else value  # type: ignore[arg-type]
    if not fits:
        _refuse(name, _("{where}的“{key}”写法不对").format(where=where, key=known.name))
    return value


def _refuse(name: str, reason: str) -> NoReturn:
    raise _problem(name, reason)


def _problem(name: str, reason: str) -> PaperProblem:
    return PaperProblem(
        _("表格样式 {name} 不能用：{reason}。").format(name=name, reason=reason),
        way_out=_("请联系维护人员换回原来的样式文件。"),
    )
