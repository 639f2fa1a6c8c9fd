"""A form as pairs of text and back: what a draft keeps on disk."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from desk.services.visit_values import VisitForm

_MOMENTS = frozenset({"arrived_at", "received_at"})
_BETWEEN = "\n"
_TICK = "tick."
_BASE = "base."


def to_pairs(form: VisitForm) -> tuple[tuple[str, str], ...]:
    """Return (field, text) for every field that differs from an empty form."""
    empty = VisitForm()
    return tuple(
        (field.name, _as_text(getattr(form, field.name)))
        for field in fields(VisitForm)
        if getattr(form, field.name) != getattr(empty, field.name)
    )


def from_pairs(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> VisitForm:
    """Return the form again; a field of a newer version that is not known here is left out."""
    empty = VisitForm()
    texts = dict(pairs)
    known = {field.name for field in fields(VisitForm)}
    values: dict[str, Any] = {
        name: _as_value(name, text, getattr(empty, name)) for name, text in texts.items() if name in known
    }
    return VisitForm(**values)


def base_pairs(form: VisitForm) -> tuple[tuple[str, str], ...]:
    """Return the form as it was read, as pairs beside those of the form as it was typed."""
    return ((_BASE, ""), *((_BASE + name, text) for name, text in to_pairs(form)))


def base_of(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> VisitForm | None:
    """Return it again; None for a draft that has none."""
    found = {name.removeprefix(_BASE): text for name, text in dict(pairs).items() if name.startswith(_BASE)}
    return from_pairs(found) if found else None


def ticks_to_pairs(ticked: Mapping[str, datetime]) -> tuple[tuple[str, str], ...]:
    """Return the ticks of the six ones given before there is a number, beside the pairs of the form."""
    return tuple((_TICK + key, at.isoformat()) for key, at in ticked.items())


def ticks_from_pairs(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, datetime]:
    """Return the ticks again."""
    return {
        name.removeprefix(_TICK): datetime.fromisoformat(text)
        for name, text in dict(pairs).items()
        if name.startswith(_TICK)
    }


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return _BETWEEN.join(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _as_value(name: str, text: str, like: object) -> object:
    if name in _MOMENTS:
        return datetime.fromisoformat(text) if text else None
    if isinstance(like, bool):
        return text == "1"
    if isinstance(like, int):
        return int(text) if text.isdecimal() else like
    if isinstance(like, tuple):
        return tuple(part for part in text.split(_BETWEEN) if part)
    return text
