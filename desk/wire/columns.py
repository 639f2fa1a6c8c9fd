"""Many ops looked at at once, column by column: each test is asked of five hundred values, not of one.

Yes says that every one of them would be taken if it were looked at by itself (`incoming.py`, `fields.py`).
No says nothing: then each is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from desk.wire import codecs
from desk.wire.codecs import Codec, WireError
from desk.wire.fields import Record
from desk.wire.records import SCHEMA

Column = Sequence[object]

MOST_FIELDS: Final = 400
"""How many fields one op may set; the widest record of ours has some fifty."""

KINDS: Final = frozenset({"insert", "patch", "void", "close"})

# What an op says, by the kind of what is said. The first seven may not be empty.
_TEXTS = itemgetter("op", "device", "incarnation", "tx", "scope", "type", "rec", "user", "at", "kind")
_WHOLES = itemgetter("run", "seq", "mono", "schema")
_MAPS = itemgetter("set", "base")
_OFFSET = itemgetter("offset")
_HEAD = itemgetter("type", "rec", "version", "fields", "field_op")
_NAMED, _AT, _KIND = 7, 8, 9
_LONGEST, _TOO_HIGH = 200, 2**53
_SAID = 17

_STR, _INT, _BOOL, _DICT = frozenset({str}), frozenset({int}), frozenset({bool}), frozenset({dict})
_NUMBER = frozenset({int, type(None)})
_WORD = frozenset({str, type(None)})
_PLAIN = frozenset({str, int, bool, type(None)})
_IDS = re.compile(r"(?:[0-9A-Za-z-]{0,64}\n)*\Z")
_MOMENTS = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}\.[0-9]{3}[+-](?:0[0-9]|1[0-4]):[0-5][0-9]\n)+\Z"
)
_DAY, _MIDNIGHT = 10, "T00:00:00.000+00:00"
_SEVERAL_IDS = re.compile(r"(?:[0-9A-Za-z-]{1,64}\n)+\Z")


def are_ordinary(bodies: Sequence[Any]) -> bool:
    """Tell whether all are spelled as a desk of this schema spells an op, and hold plain values only."""
    if not _DICT.issuperset(map(type, bodies)):
        return False
    try:
        texts, wholes = list(map(_TEXTS, bodies)), list(map(_WHOLES, bodies))
        maps, offsets = list(map(_MAPS, bodies)), list(map(_OFFSET, bodies))
    except KeyError:
        return False
    froms = [each["from"] for each in bodies if "from" in each]
    return (
        sum(map(len, bodies)) == _SAID * len(bodies) + len(froms)
        and max(map(len, bodies)) <= _SAID + 1
        and _STR.issuperset(map(type, chain.from_iterable(texts)))
        and _are_words(list(zip(*texts, strict=True)))
        and _INT.issuperset(map(type, chain.from_iterable(wholes)))
        and min(map(min, wholes)) >= 0
        and {each[-1] for each in wholes} == {SCHEMA}
        and _NUMBER.issuperset(map(type, offsets))
        and _are_maps([*chain.from_iterable(maps), *froms])
        and _are_ids_of_bases([each[1] for each in maps])
    )


def are_heads(bodies: Sequence[Any]) -> bool:
    """Tell whether all are records of a snapshot that hold plain values only (`greeting.HeadOut`)."""
    if not _DICT.issuperset(map(type, bodies)):
        return False
    try:
        nouns, ids, versions, fields, ops = zip(*map(_HEAD, bodies), strict=True)
    except KeyError:
        return False
    return (
        _STR.issuperset(map(type, chain(nouns, ids)))
        and max(map(len, chain(nouns, ids))) <= _LONGEST
        and _INT.issuperset(map(type, versions))
        and 0 <= min(versions) <= max(versions) < _TOO_HIGH
        and _DICT.issuperset(map(type, chain(fields, ops)))
        and _PLAIN.issuperset(map(type, chain.from_iterable(each.values() for each in fields)))
        and _STR.issuperset(map(type, chain.from_iterable(each.values() for each in ops)))
    )


def are_ids(column: Sequence[str]) -> bool:
    """Tell whether all are ids, none of them empty."""
    return _all_match(_SEVERAL_IDS, column)


def fit(record: Record, names: Sequence[str], rows: Sequence[Sequence[object]]) -> bool:
    """Tell whether the values of these fields, a row for each op, are such as the record declares."""
    fields = record.by_name
    return all(
        name in fields and _fit(fields[name].codec, column)
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    )


def are_instants(column: Column) -> bool:
    """Tell whether all are moments that know their offset."""
    return _STR.issuperset(map(type, column)) and _are_moments(codecs.INSTANT, column)


def by_shape(sets: Sequence[tuple[str, Mapping[str, object]]]) -> dict[tuple[str, ...], list[int]]:
    """Put together, by place, what sets the same fields of the same noun."""
    shapes: dict[tuple[str, ...], list[int]] = {}
    for place, (noun, values) in enumerate(sets):
        shapes.setdefault((noun, *values), []).append(place)
    return shapes


def _are_words(columns: Sequence[Sequence[str]]) -> bool:
    named = [set(column) for column in columns[:_NAMED]]
    return (
        all("" not in column for column in named)
        and max(map(len, chain.from_iterable(columns))) <= 64
        and max(map(len, columns[_AT])) <= 40
        and are_ids(columns[0])
        and KINDS.issuperset(columns[_KIND])
    )


def _are_maps(held: Sequence[Any]) -> bool:
    if not _DICT.issuperset(map(type, held)) or max(map(len, held)) > MOST_FIELDS:
        return False
    names = set(chain.from_iterable(held))
    values = chain.from_iterable(each.values() for each in held)
    return (
        _STR.issuperset(map(type, names))
        and "".join(names).isascii()
        and _PLAIN.issuperset(map(type, values))
    )


def _are_ids_of_bases(bases: Sequence[Mapping[str, object]]) -> bool:
    ops = list(chain.from_iterable(each.values() for each in bases if each))
    return _STR.issuperset(map(type, ops)) and _all_match(_IDS, ops)


def _all_match(pattern: re.Pattern[str], words: Sequence[Any]) -> bool:
    lines = "\n".join([*words, ""])
    # A word that holds the mark between words would pass for two.
    return lines.count("\n") == len(words) and pattern.match(lines) is not None


def _fit(codec: Codec, column: Column) -> bool:
    return _FITS.get(codec.name, _are_few)(codec, column)


def _are_texts(_codec: Codec, column: Column) -> bool:
    return _STR.issuperset(map(type, column))


def _are_numbers(codec: Codec, column: Column) -> bool:
    return _INT.issuperset(map(type, column)) and _are_read_by(codec, (min(column), max(column)))  # type: ignore[type-var]


def _are_yes_or_no(_codec: Codec, column: Column) -> bool:
    return _BOOL.issuperset(map(type, column))


def _are_record_ids(_codec: Codec, column: Column) -> bool:
    return _STR.issuperset(map(type, column)) and _all_match(_IDS, column)


def _are_few(codec: Codec, column: Column) -> bool:
    # Words and moments, of which few differ: each is read once.
    return _WORD.issuperset(map(type, column)) and _are_read_by(codec, column)


def _are_moments(codec: Codec, column: Column) -> bool:
    different = set(column)
    words: list[Any] = [each for each in different if each is not None]
    if not words or not _STR.issuperset(map(type, words)) or not _all_match(_MOMENTS, words):
        return _are_few(codec, column)
    # The times are such as there are on every day: what is left to look at are the days, of which few differ.
    return _are_read_by(codec, [each[:_DAY] + _MIDNIGHT for each in words])


def _are_read_by(codec: Codec, column: Column) -> bool:
    try:
        for each in set(column):
            codec.from_json(each)
    except WireError:
        return False
    return True


_FITS: Final[Mapping[str, Callable[[Codec, Column], bool]]] = {
    "text": _are_texts,
    "id": _are_record_ids,
    "int": _are_numbers,
    "fen": _are_numbers,
    "bool": _are_yes_or_no,
    "instant": _are_moments,
}
"""How a column of each codec is looked at; those not named hold words and moments."""
