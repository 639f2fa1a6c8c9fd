"""Columns of a batch as PostgreSQL takes arrays in binary: nothing is spelled out and read again.

Written as JSON, five hundred rows cost the worker twice and the database a third more than so.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Final

import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_length: Final = struct.Struct("!i").pack
_whole: Final = struct.Struct("!iq").pack
_head: Final = struct.Struct("!iiIii").pack
_NULL: Final = b"\xff\xff\xff\xff"
# The version of its format that stands before each jsonb.
_JSONB: Final = b"\1"
_FEW: Final = 4
"""Where on average so many words are the same, each different one is written once."""


@dataclass(frozen=True)
class Array:
    """One column. written: as it goes over the wire. element: the type of what is in it."""

    written: bytes
    element: ClassVar[int]


class Texts(Array):
    """A `text[]`."""

    element = 25


class Wholes(Array):
    """A `bigint[]`."""

    element = 20


class Blobs(Array):
    """A `bytea[]`."""

    element = 17


class Jsons(Array):
    """A `jsonb[]`."""

    element = 3802


def texts(words: Sequence[str]) -> Texts:
    """Write a column of texts."""
    different = set(words)
    if len(different) * _FEW > len(words):
        return spelled(list(map(str.encode, words)))
    written = {each: _element(each.encode()) for each in different}
    return Texts(_array(Texts, len(words), b"".join(map(written.__getitem__, words))))


def spelled(raws: Sequence[bytes]) -> Texts:
    """Write a column of texts whose UTF-8 is there already."""
    return Texts(_array(Texts, len(raws), _elements(raws)))


def blobs(raws: Sequence[bytes]) -> Blobs:
    """Write a column of bytes."""
    return Blobs(_array(Blobs, len(raws), _elements(raws)))


def wholes(numbers: Sequence[int | None]) -> Wholes:
    """Write a column of whole numbers. Raises psycopg.DataError, as the database does: beyond 64 bits."""
    try:
        written = [_NULL if each is None else _whole(8, each) for each in numbers]
    except struct.error as error:
        raise psycopg.DataError("out of range") from error
    return Wholes(_array(Wholes, len(written), b"".join(written), holes=_NULL in written))


def jsons(raws: Sequence[bytes | None]) -> Jsons:
    """Write a column of JSON values, each in UTF-8."""
    written = [_NULL if each is None else _element(_JSONB + each) for each in raws]
    return Jsons(_array(Jsons, len(written), b"".join(written), holes=None in raws))


def _array(kind: type[Array], count: int, elements: bytes, *, holes: bool = False) -> bytes:
    # Dimensions, whether some are NULL, the type; then of the one dimension its length and first place.
    return _head(1, holes, kind.element, count, 1) + elements


def _element(raw: bytes) -> bytes:
    return _length(len(raw)) + raw


def _elements(raws: Sequence[bytes]) -> bytes:
    lengths = list(map(len, raws))
    if len(set(lengths)) == 1:
        mark = _length(lengths[0])
        return mark + mark.join(raws)
    return b"".join(chain.from_iterable(zip(map(_length, lengths), raws, strict=True)))


class _Dumper(Dumper):
    """Hands a column to the driver as it is."""

    format = Format.BINARY

    def dump(self, obj: Array) -> Buffer:
        return obj.written


for _kind, _oid in ((Texts, 1009), (Wholes, 1016), (Blobs, 1001), (Jsons, 3807)):
    psycopg.adapters.register_dumper(_kind, type(f"{_kind.__name__}Dumper", (_Dumper,), {"oid": _oid}))
