"""A form of a case as one text and back: what a draft keeps on disk."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from desk.ui.parts.beginning import Beginning

Form = TypeVar("Form")

_BASE = ".base"

SMALL = "small"
"""The field of a draft that holds the one page of a small oral case."""


def to_text(form: Any) -> str:
    """Return a frozen form as text."""
    return json.dumps(_plain(form), ensure_ascii=False)


def from_text(kind: type[Form], text: str) -> Form:
    """Return the form again; a field of a newer version that is not known here is left out."""
    return _made(kind, json.loads(text))


def with_base(name: str, form: Any, base: Any | None) -> dict[str, str]:
    """Return the texts a draft keeps of a form: as it was typed, and as it was read if it was."""
    return {name: to_text(form), **({f"{name}{_BASE}": to_text(base)} if base is not None else {})}


def base_of(kind: type[Form], texts: Mapping[str, str], name: str) -> Form | None:
    """Return a form of a draft as it was read; None for one that was new, or that an older program kept."""
    text = texts.get(f"{name}{_BASE}", "")
    return from_text(kind, text) if text else None


def restored(began: Beginning[Form], kind: type[Form], texts: Mapping[str, str], name: str) -> Form:
    """Return a form of a draft laid over the record; one an older program kept is shown whole."""
    typed, base = from_text(kind, texts[name]), base_of(kind, texts, name)
    return began.restored(base, typed, began.base) if base is not None else typed


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: type[Form], told: dict[str, Any]) -> Form:
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # only forms come here
    return kind(**{name: _value(hints[name], value) for name, value in told.items() if name in known})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        hint = next(each for each in get_args(hint) if each is not type(None))
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made(hint, value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each) for each in value)
    return value
