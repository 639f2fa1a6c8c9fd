"""Canonical JSON (RFC 8785): one spelling of a value, so that its hash and its signature hold everywhere."""

import json
from collections.abc import Mapping
from typing import Any

import rfc8785

_MAX_INT = 2**53 - 1
_WORDS = frozenset({str, bool, type(None)})
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def dumps(body: Mapping[str, Any]) -> bytes:
    """Write canonical JSON.

    Python's own encoder writes words, whole numbers, yes and no as RFC 8785 does, in a third of the time;
    whatever else comes, fractions or keys beyond ASCII, goes the long way.

    Raises:
        rfc8785.CanonicalizationError: a value that has no canonical form.
    """
    if _is_plain(body):
        try:
            return _ENCODE(body).encode()
        except UnicodeEncodeError:
            pass  # Half a surrogate pair: the long way refuses it in its own words.
    return rfc8785.dumps(dict(body))


def _is_plain(value: object) -> bool:
    kind = type(value)
    if kind in _WORDS:
        return True
    if isinstance(value, int):
        return kind is int and -_MAX_INT <= value <= _MAX_INT
    if isinstance(value, dict):
        return all(map(_is_key, value)) and all(map(_is_plain, value.values()))
    return isinstance(value, list) and all(map(_is_plain, value))


def _is_key(name: object) -> bool:
    return type(name) is str and name.isascii()
