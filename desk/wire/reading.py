"""Strict reading of JSON from outside: each name of the right kind, or a WireError that names it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import orjson

from desk.wire.codecs import WireError

T = TypeVar("T")
Body = Mapping[str, Any]
Raw = bytes | Body
"""A message as it came: the bytes of its JSON, or what tables said (`packing.py`)."""

# JSON can say half a surrogate, which no bytes hold: such a text could be neither stored nor said again.
_HALF: Final = re.compile("[\ud800-\udfff]")


def parse(raw: Raw) -> Body:
    """Read one JSON object: UTF-8, no NaN, no name twice, not nested beyond reason.

    What came out of tables is such an object already.

    Raises:
        WireError: anything else.
    """
    if not isinstance(raw, bytes):
        return as_body(raw)
    if (quick := _quickly(raw)) is not None:
        return as_body(quick)
    try:
        read = json.loads(raw.decode(), object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    return as_body(read)


def as_body(value: object) -> Body:
    """Return the value if it is a JSON object. Raises WireError."""
    if not isinstance(value, dict):
        raise WireError("an object is expected")
    return value


def text(body: Body, name: str, default: str | None = None, *, most: int = 200) -> str:
    """Return a text of at most `most` characters. Raises WireError."""
    value = body.get(name, default)
    if not isinstance(value, str) or len(value) > most or not _is_whole(value):
        raise WireError(f"{name}: text of at most {most} characters is expected")
    return value


def whole(body: Body, name: str, default: int | None = None, *, least: int = 0) -> int:
    """Return a whole number not below `least` and below 2⁵³. Raises WireError."""
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 2**53:
        raise WireError(f"{name}: whole number is expected")
    return value


def flag(body: Body, name: str, *, default: bool = False) -> bool:
    """Return yes or no. Raises WireError."""
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise WireError(f"{name}: true or false is expected")
    return value


def many(body: Body, name: str, read: Callable[[Body], T], *, most: int) -> tuple[T, ...]:
    """Return a list of objects, each read by `read`; a missing list is empty. Raises WireError."""
    value = body.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise WireError(f"{name}: list of at most {most} is expected")
    return tuple(read(as_body(each)) for each in value)


def texts(body: Body, name: str, *, most: int) -> tuple[str, ...]:
    """Return a list of texts; a missing list is empty. Raises WireError."""
    value = body.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise WireError(f"{name}: list of texts is expected")
    if not all(isinstance(each, str) and _is_whole(each) for each in value):
        raise WireError(f"{name}: list of texts is expected")
    return tuple(value)


def words(body: Body, name: str, *, most: int) -> Mapping[str, str]:
    """Return a map of texts, of which one nobody could have written spoils no other; a missing one is empty.

    Raises WireError.
    """
    value = body.get(name, {})
    if not isinstance(value, dict) or len(value) > most:
        raise WireError(f"{name}: map of at most {most} is expected")
    if not all(isinstance(each, str) and len(each) <= 200 for each in value.values()):
        raise WireError(f"{name}: map of texts is expected")
    return value


def _is_whole(value: str) -> bool:
    return value.isascii() or _HALF.search(value) is None


def _quickly(raw: bytes) -> Any:
    """Return what is spelled as usual. None else, with nothing of it in memory beside the strict reader's."""
    try:
        read = orjson.loads(raw)
        # What comes out again as it went in, names in their order, has no name twice and no odd spelling.
        return read if orjson.dumps(read) == raw else None
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None  # Told in the strict reader's own words, if it cannot read it either.


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _no_constant(word: str) -> Any:
    raise ValueError(word)
