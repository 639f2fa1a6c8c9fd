"""Canonical JSON (RFC 8785): one spelling of a value, so that its hash and its signature hold everywhere."""

from collections.abc import Mapping
from typing import Any

import orjson
import rfc8785

_WORDS = frozenset({str, bool, type(None), int})
_KEYS = frozenset({str})
# Whole numbers beyond 2⁵³ are refused, which sends them the long way.
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


def dumps(body: Mapping[str, Any]) -> bytes:
    """Write canonical JSON.

    orjson writes words, whole numbers, yes and no as RFC 8785 does, in a fiftieth of the time; whatever else
    comes, fractions or keys beyond ASCII, goes the long way.

    Raises:
        rfc8785.CanonicalizationError: a value that has no canonical form.
    """
    if _is_plain(body):
        try:
            return orjson.dumps(body, option=_OPTIONS)
        except orjson.JSONEncodeError:
            pass  # Half a surrogate pair, or too large a number: the long way refuses it in its own words.
    try:
        return rfc8785.dumps(dict(body))
    except UnicodeEncodeError as error:
        # Half a surrogate pair in a key, by which the library sorts before it looks at it.
        raise rfc8785.CanonicalizationError("a key is no text") from error


def plain(body: Mapping[str, Any]) -> bytes:
    """Write canonical JSON of words, whole numbers, yes and no under keys of ASCII: the caller knows that.

    Raises:
        orjson.JSONEncodeError: a value that may have no canonical form; `dumps` knows.
    """
    return orjson.dumps(body, option=_OPTIONS)


def _is_plain(value: object) -> bool:
    if type(value) is dict:
        return _KEYS.issuperset(map(type, value)) and "".join(value).isascii() and _are_plain(value.values())
    return type(value) is list and _are_plain(value)


def _are_plain(values: Any) -> bool:
    if _WORDS.issuperset(map(type, values)):
        return True
    nested = [each for each in values if type(each) not in _WORDS]
    return all(map(_is_plain, nested))
