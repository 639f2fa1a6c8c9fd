"""The profile: what differs from county to county, as rows with a date and a source.

A profile is a table of rows {key, value, unit, valid_from, source}. Layers lie on one another: the shipped
default, the county's file, the station's own changes; `overlay` makes one of two. A change applies from its
`valid_from`; a running clock keeps the term it started with and the `version` of the profile it came from.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from desk.rules.deadlines import Term, Unit

LOCAL: Final = "本地设定"
"""The source of a value that no law, notice or seed gives."""

Value = int | str | bool | tuple[str, ...] | tuple[date, ...]

_Kind = TypeVar("_Kind")


@dataclass(frozen=True)
class Row:
    """One rule value. `unit` says how to read it, `source` who gave it (a law's article, or 本地设定)."""

    key: str
    value: Value
    unit: str
    valid_from: date
    source: str


@dataclass(frozen=True)
class Profile:
    """All rows of one profile, in their order, with its name and version."""

    name: str
    version: str
    all_rows: tuple[Row, ...]
    _by_key: dict[str, list[Row]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[str, list[Row]] = {}
        for row in self.all_rows:
            by_key.setdefault(row.key, []).append(row)
        for rows in by_key.values():
            rows.sort(key=lambda row: row.valid_from)
        object.__setattr__(self, "_by_key", by_key)

    def row(self, key: str, on: date) -> Row:
        """Return the row of `key` that applies on a day: the newest already valid, else the first there is.

        Raises KeyError for a key no layer has; the shipped default has every key the program asks for.
        """
        rows = self._by_key[key]
        valid = [row for row in rows if row.valid_from <= on]
        return valid[-1] if valid else rows[0]

    def value(self, key: str, on: date) -> Value:
        """Return the value of `key` that applies on a day, whatever its kind."""
        return self.row(key, on).value

    def number(self, key: str, on: date) -> int:
        """Return a whole number in the unit of its row (days, minutes, pieces…)."""
        return self._read(key, on, int)

    def text(self, key: str, on: date) -> str:
        """Return a text."""
        return self._read(key, on, str)

    def flag(self, key: str, on: date) -> bool:
        """Return a yes or no."""
        return self._read(key, on, bool)

    def items(self, key: str, on: date) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(str(item) for item in self._read(key, on, tuple))

    def dates(self, key: str, on: date) -> frozenset[date]:
        """Return a set of days."""
        return frozenset(day for day in self._read(key, on, tuple) if isinstance(day, date))

    def term(self, key: str, on: date) -> Term:
        """Return a term in days, working days or months (DL-04)."""
        row = self.row(key, on)
        return Term(self.number(key, on), Unit(row.unit))

    def rows(self, prefix: str, on: date) -> tuple[Row, ...]:
        """Return, in file order, the row valid on a day of each key below `prefix`: category → category.*."""
        keys = [key for key in self._by_key if key.startswith(f"{prefix}.")]
        return tuple(self.row(key, on) for key in keys)

    def _read(self, key: str, on: date, kind: type[_Kind]) -> _Kind:
        value = self.value(key, on)
        if not isinstance(value, kind):
            raise TypeError(f"profile row {key} is no {kind.__name__}")
        return value


def overlay(base: Profile, top: Profile) -> Profile:
    """Lay `top` (county file, station's own changes) on `base`.

    For each key `top` has, it rules from its first `valid_from` on; before that `base` still does.
    """
    first: dict[str, date] = {}
    for row in top.all_rows:
        first[row.key] = min(row.valid_from, first.get(row.key, row.valid_from))
    kept = [row for row in base.all_rows if row.key not in first or row.valid_from < first[row.key]]
    return Profile(top.name, f"{base.version}+{top.name} {top.version}", (*kept, *top.all_rows))
