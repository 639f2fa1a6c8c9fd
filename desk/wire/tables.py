"""A message as tables: the names of its objects once, their values in columns; and back again.

A column takes the first form that holds all its values: one constant; whole numbers, as differences; texts
that differ in some digits only (moments, numbers of papers), as the differences of these; ids, by their place
in a list of all ids; objects, and lists of them, as tables of their own, so that ops of all kinds share the
columns they have in common; anything.

What puts them together works on whole columns, since a hub does it for every op.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice, pairwise
from operator import ne
from typing import Any, Final

import orjson

from desk.wire.codecs import WireError

Form = Sequence[Any]
"""How a table was: number of rows, shapes (lists of names), constants, and name and kind of each column."""

MOST_ROWS: Final = 10_000
"""Rows of one table; a page holds no more revisions."""

ID_LENGTH: Final = 36
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_PLAIN: Final = re.compile(r"[ !#-\[\]-}]+\Z")
_HOLE: Final = "~"
_MOST_DIGITS: Final = 17
_NUMBER_LENGTH: Final = 20
_HIGHEST: Final = 2**53
_DEEPEST: Final = 8
_TEN: Final = frozenset("0123456789")
_SCALARS: Final = frozenset({str, int, bool, type(None)})

_NUMBERS, _DIGITS, _IDS, _OBJECTS, _LISTS, _ANY = range(6)


@dataclass(frozen=True)
class Apart:
    """What the columns of a message hold: numbers, or ids for a column of them; and values of any kind."""

    numbers: list[Sequence[int | str]] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def take(self, rows: Sequence[Mapping[str, Any]], depth: int = 0) -> Form:
        """Take objects apart and return the form they had."""
        shapes: dict[tuple[str, ...], int] = {}
        places = [shapes.setdefault(tuple(row), len(shapes)) for row in rows]
        if len(shapes) > 1:
            self.numbers.append(places)
        columns: dict[str, list[Any]] = {}
        for row in rows:
            for name, value in row.items():
                columns.setdefault(name, []).append(value)
        constants = {name: column[0] for name, column in columns.items() if _is_constant(column)}
        told = [
            [name, *self._column(column, depth + 1)]
            for name, column in columns.items()
            if name not in constants
        ]
        return [len(rows), list(map(list, shapes)), constants, told]

    def _column(self, values: Sequence[Any], depth: int) -> Form:
        kinds = set(map(type, values))
        if kinds == {int} and max(map(abs, values)) < _HIGHEST:
            self.numbers.append(differences(values))
            return [_NUMBERS]
        if kinds == {str} and all(map(_ID.match, values)):
            self.numbers.append(values)
            return [_IDS]
        if kinds == {str} and (mask := _mask_of(values)):
            holes = [place for place, letter in enumerate(mask) if letter == _HOLE]
            digits = (map(each.__getitem__, holes) for each in values)
            self.numbers.append(differences([int("1" + "".join(each)) for each in digits]))
            return [_DIGITS, mask]
        if kinds == {dict} and depth < _DEEPEST:
            return [_OBJECTS, self.take(values, depth)]
        if kinds == {list} and depth < _DEEPEST:
            rows = list(chain.from_iterable(values))
            if set(map(type, rows)) == {dict} and len(rows) <= MOST_ROWS:
                self.numbers.append(list(map(len, values)))
                return [_LISTS, self.take(rows, depth)]
        self.values.extend(values)
        return [_ANY]


@dataclass
class Together:
    """The other way. ids: those `Apart` left in the columns. room: letters the message may still take.

    A form that was never taken from anything makes it raise what `packing.unpack` turns into a WireError.
    """

    numbers: Sequence[int]
    values: Sequence[Any]
    ids: Sequence[str]
    room: int
    _number: int = 0
    _value: int = 0

    def put(self, form: Form) -> list[dict[str, Any]]:
        """Return the objects of a table."""
        count, shapes, constants, columns = form
        if not 0 < count <= MOST_ROWS:
            raise WireError("a table of no row, or of too many")
        places = self._next_numbers(count) if len(shapes) > 1 else [0] * count
        times = Counter(places)
        if times.keys() != set(range(len(shapes))):
            raise WireError("a row of no shape, or a shape of no row")
        holders: dict[str, list[int]] = {}
        for place, names in enumerate(shapes):
            for name in names:
                holders.setdefault(name, []).append(place)
        if sorted([*constants, *(name for name, *_more in columns)]) != sorted(holders):
            raise WireError("a name of no column, or a column of no name")
        self._weigh(shapes, constants, times)
        rows = _Rows(shapes, constants, places)
        put: Mapping[int, Callable[..., Iterable[Any]]] = {
            _NUMBERS: self._numbers,
            _DIGITS: self._digits,
            _IDS: self._ids,
            _OBJECTS: self._objects,
            _LISTS: self._lists,
            _ANY: self._any,
        }
        for name, kind, *more in columns:
            many = sum(map(times.__getitem__, holders[name]))
            rows.fill(name, holders[name], put[kind](many, *more))
        return rows.rows

    def is_used_up(self) -> bool:
        """Tell whether everything has been put somewhere."""
        return (self._number, self._value) == (len(self.numbers), len(self.values))

    def _weigh(self, shapes: Form, constants: Mapping[str, object], times: Mapping[int, int]) -> None:
        """Count what stands in every row of a shape, before there are as many."""
        if not _SCALARS.issuperset(map(type, constants.values())):
            raise WireError("no constant")
        said = {name: len(orjson.dumps(value)) for name, value in constants.items()}
        for place, names in enumerate(shapes):
            own = sum(len(orjson.dumps(name)) + 2 + said.get(name, 0) for name in names)
            self._spend(own + 2, times[place])

    def _numbers(self, count: int) -> Iterable[Any]:
        self._spend(_NUMBER_LENGTH, count)
        return accumulate(self._next_numbers(count))

    def _digits(self, count: int, mask: str) -> Iterable[Any]:
        width = mask.count(_HOLE)
        self._spend(len(orjson.dumps(mask)), count)
        # With a one before them none is shorter than another; it is left out again.
        digits = orjson.dumps(list(accumulate(self._next_numbers(count))))[1:-1]
        ends = digits[:: width + 2], digits[width + 1 :: width + 2]
        if len(digits) + 1 != count * (width + 2) or ends != (b"1" * count, b"," * (count - 1)):
            raise WireError("digits that do not fit")
        return filled(mask, digits[1:], width + 2, count)

    def _ids(self, count: int) -> Iterable[Any]:
        self._spend(ID_LENGTH + 2, count)
        return map(self.ids.__getitem__, accumulate(self._next_numbers(count)))

    def _objects(self, _count: int, form: Form) -> Iterable[Any]:
        return self.put(form)

    def _lists(self, count: int, form: Form) -> Iterable[Any]:
        lengths = self._next_numbers(count)
        rows = iter(self.put(form))
        if min(lengths) < 0 or sum(lengths) != form[0]:
            raise WireError("lists of other lengths")
        self._spend(2, count)
        return (list(islice(rows, length)) for length in lengths)

    def _any(self, count: int) -> Iterable[Any]:
        # As long here as they are there: counted with the whole.
        self._value += count
        return self.values[self._value - count : self._value]

    def _next_numbers(self, count: int) -> Sequence[int]:
        self._number += count
        return self.numbers[self._number - count : self._number]

    def _spend(self, letters: int, times: int) -> None:
        self.room -= letters * times
        if self.room < 0:
            raise WireError("unfolds to too many bytes")


def differences(values: Sequence[int]) -> list[int]:
    """Return the first value, and of each other how far it is from the one before; of at least one."""
    return [values[0], *(after - before for before, after in pairwise(values))]


def filled(mask: str, digits: bytes, stride: int, count: int) -> list[str]:
    """Put digits into the holes of as many lines: the same digit of each next line is `stride` further on."""
    line = mask.encode()
    lines = bytearray((line + b"\n") * count)
    holes = [place for place, letter in enumerate(line) if letter == ord(_HOLE)]
    for nth, hole in enumerate(holes):
        lines[hole :: len(line) + 1] = digits[nth::stride]
    return lines.decode().split("\n")[:-1]


def _is_constant(values: Sequence[Any]) -> bool:
    kinds = set(map(type, values))
    return len(kinds) == 1 and kinds <= _SCALARS and len(set(values)) == 1


def _mask_of(texts: Sequence[str]) -> str:
    """Return what they have in common, with a hole for each digit they have not; none if that is not all."""
    if len(set(map(len, texts))) != 1 or not all(map(_PLAIN.match, texts)):
        return ""
    letters = [set(column) for column in zip(*texts, strict=True)]
    mask = "".join(each.pop() if len(each) == 1 else _HOLE if each <= _TEN else "\n" for each in letters)
    return "" if "\n" in mask or mask.count(_HOLE) > _MOST_DIGITS else mask


class _Rows:
    """Objects of some shapes in their order, and filled column by column.

    A copied dictionary costs a fraction of one that is made of its names and values.
    """

    def __init__(
        self, shapes: Sequence[Sequence[str]], constants: Mapping[str, object], places: Sequence[int]
    ) -> None:
        blank = [{name: constants.get(name) for name in names} for names in shapes]
        if not all(type(name) is str for names in blank for name in names):
            raise WireError("a name that is no text")
        if any(map(ne, map(len, blank), map(len, shapes))):
            raise WireError("a name stands twice")
        self.rows: list[dict[str, Any]] = list(map(dict.copy, map(blank.__getitem__, places)))
        self._numbers: list[list[int]] = [[] for _names in shapes]
        for number, place in enumerate(places):
            self._numbers[place].append(number)
        self._found: dict[tuple[int, ...], list[dict[str, Any]]] = {tuple(range(len(shapes))): self.rows}

    def fill(self, name: str, held: Iterable[int], column: Iterable[Any]) -> None:
        """Give each row of the shapes that hold this name its value. Raises ValueError: of other lengths."""
        key = tuple(held)
        if key not in self._found:
            numbers = sorted(chain.from_iterable(map(self._numbers.__getitem__, key)))
            self._found[key] = list(map(self.rows.__getitem__, numbers))
        for row, value in zip(self._found[key], column, strict=True):
            row[name] = value
