"""A form as pairs of text and back: what a draft keeps on disk."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from desk.services.consultation.forms import CitationForm, ConsultationForm, OpponentForm

_EMPTY = ConsultationForm()
_ROWS = {"opponents": OpponentForm, "citations": CitationForm}
_DAYS = frozenset({"happened_on", "known_on", "interrupted_on"})
_MOMENTS = frozenset({"appointment_at"})
_VERSION = "version_on"
_HALF = "half."
_BASE = "base."


def to_pairs(form: ConsultationForm) -> tuple[tuple[str, str], ...]:
    """Return (field, text) for every field that differs from an empty form."""
    return tuple(
        (field.name, _as_text(field.name, getattr(form, field.name)))
        for field in fields(ConsultationForm)
        if getattr(form, field.name) != getattr(_EMPTY, field.name)
    )


def from_pairs(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> ConsultationForm:
    """Return the form again; a field of a newer version that is not known here is left out."""
    known = {field.name for field in fields(ConsultationForm)}
    return ConsultationForm(
        **{name: _as_value(name, text) for name, text in dict(pairs).items() if name in known}
    )


def base_pairs(form: ConsultationForm) -> tuple[tuple[str, str], ...]:
    """Return the form as it was read, as pairs beside those of the form as it was typed."""
    return ((_BASE, ""), *((_BASE + name, text) for name, text in to_pairs(form)))


def base_of(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> ConsultationForm | None:
    """Return it again; None for a draft that has none."""
    found = {name.removeprefix(_BASE): text for name, text in dict(pairs).items() if name.startswith(_BASE)}
    return from_pairs(found) if found else None


def half_typed_pairs(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what cannot be read yet, by field, as pairs beside those of the form."""
    return tuple((_HALF + name, text) for name, text in texts.items())


def half_typed(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return it again."""
    return {name.removeprefix(_HALF): text for name, text in dict(pairs).items() if name.startswith(_HALF)}


def _as_text(name: str, value: Any) -> str:
    if name in _ROWS:
        return json.dumps([asdict(row) for row in value], ensure_ascii=False, default=date.isoformat)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _as_value(name: str, text: str) -> Any:
    like = getattr(_EMPTY, name)
    if name in _ROWS:
        return tuple(_row(_ROWS[name], told) for told in json.loads(text))
    if name in _DAYS:
        return date.fromisoformat(text) if text else None
    if name in _MOMENTS:
        return datetime.fromisoformat(text) if text else None
    if isinstance(like, bool):
        return text == "1"
    if isinstance(like, int):
        return int(text) if text.isdecimal() else like
    return tuple(filter(None, text.split(","))) if isinstance(like, tuple) else text


def _row(table: type[OpponentForm] | type[CitationForm], told: dict[str, Any]) -> OpponentForm | CitationForm:
    known = {field.name for field in fields(table)}
    values = {name: value for name, value in told.items() if name in known}
    if values.get(_VERSION):
        values[_VERSION] = date.fromisoformat(values[_VERSION])
    return table(**values)
