"""An op as it travels: its canonical bytes, kept whole, and what they say once they are looked at closely.

The bytes are what was signed for by their hash, so what a newer desk wrote into them is carried through.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import orjson
import rfc8785

from desk.wire import canonical, columns, reading, upcast
from desk.wire.codecs import WireError
from desk.wire.columns import KINDS, MOST_FIELDS
from desk.wire.op import Op, digest

_KNOWN = frozenset(each.name for each in fields(Op)) - {"was"} | {"from"}
_NAMES = ("op", "device", "incarnation", "tx", "scope", "type", "rec")


@dataclass(frozen=True)
class OpIn:
    """One op on its way. `op` is its id, empty where the body has none that could be used."""

    op: str
    body: bytes

    @staticmethod
    def of(value: object) -> "OpIn":
        """Take one op out of a message, whatever it is worth: a bad one may not stop the others (I8)."""
        if not isinstance(value, dict):
            return OpIn("", json.dumps(value).encode())
        name = value.get("op")
        usable = _is_usable(name)
        try:
            made = OpIn(str(name) if usable else "", canonical.dumps(value))
        except (rfc8785.CanonicalizationError, ValueError, TypeError, RecursionError):
            # Not canonical: kept in the one spelling that holds anything, and refused by `read`.
            return OpIn(str(name) if usable else "", json.dumps(value).encode())
        # Just written from it, so `read` need not take the bytes apart again.
        made.__dict__["_body"] = value
        return made

    @staticmethod
    def all_of(values: Sequence[Any]) -> "tuple[OpIn, ...]":
        """Take ops out of a message; where all are spelled as usual, in a fraction of the time."""
        if not values or not columns.are_ordinary(values):
            return tuple(map(OpIn.of, values))
        try:
            bodies = list(map(canonical.plain, values))
        except orjson.JSONEncodeError:
            return tuple(map(OpIn.of, values))
        return tuple(map(_ordinary, values, bodies))

    @property
    def is_ordinary(self) -> bool:
        """Whether it was found to be spelled as usual, with plain values: `read` raises nothing."""
        return "_ordinary" in self.__dict__

    @cached_property
    def _body(self) -> Mapping[str, Any]:
        quick = _quick(self.body)
        if quick is not None:
            return quick
        try:
            body = reading.parse(self.body)
            if canonical.dumps(body) != self.body:
                raise WireError("not canonical")
        except rfc8785.CanonicalizationError as error:
            raise WireError("not canonical") from error
        except RecursionError as error:
            raise WireError("nested too deep") from error
        return body

    @cached_property
    def sha256(self) -> bytes:
        """What tells a resent op from another one with the same id."""
        return digest(self.body)

    def says(self, name: str) -> object:
        """Return what the body says under a name, not looked at closely. Raises WireError."""
        return self._body.get(name)

    def read(self) -> Op:
        """Look at the op closely; older ones are brought up to this schema.

        Raises:
            WireError: a name is missing or of the wrong kind, or the spelling is not canonical.
        """
        return Op.said_by(self._body) if self.is_ordinary else _read(upcast.upcast(self._body))


def _quick(raw: bytes) -> Mapping[str, Any] | None:
    """Return what canonical bytes say; what comes out again as it went in has no name twice."""
    try:
        read = orjson.loads(raw)
        return read if isinstance(read, dict) and canonical.dumps(read) == raw else None
    except (orjson.JSONDecodeError, rfc8785.CanonicalizationError, RecursionError):
        return None


def _ordinary(value: Any, body: bytes) -> OpIn:
    # By the hundred, so past the constructor.
    made = object.__new__(OpIn)
    vars(made).update(op=value["op"], body=body, sha256=digest(body), _body=value, _ordinary=True)
    return made


def _is_usable(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= 64 and name.isascii() and name.isprintable()


def _read(body: Mapping[str, Any]) -> Op:
    for name in _NAMES:
        if not reading.text(body, name, most=80):
            raise WireError(f"{name} is empty")
    if not _is_usable(body["op"]):
        raise WireError("op: no id that could be used")
    reading.text(body, "user", most=80)
    reading.text(body, "at", most=40)
    for name in ("run", "seq", "mono", "schema"):
        reading.whole(body, name)
    if reading.text(body, "kind", most=20) not in KINDS:
        raise WireError("kind of op is not known")
    offset = body.get("offset")
    if offset is not None and (not isinstance(offset, int) or isinstance(offset, bool)):
        raise WireError("offset: whole number is expected")
    _maps(body)
    return Op.said_by({"offset": None} | {name: value for name, value in body.items() if name in _KNOWN})


def _maps(body: Mapping[str, Any]) -> None:
    for name in ("set", "base", "from"):
        held = body.get(name, {} if name == "from" else None)
        if not isinstance(held, dict) or len(held) > MOST_FIELDS:
            raise WireError(f"{name}: a map of fields is expected")
    if not all(isinstance(op, str) and len(op) <= 80 for op in body["base"].values()):
        raise WireError("base: ids of ops are expected")
    for name, value in body["set"].items():
        if isinstance(value, dict):
            if set(value) != {"add", "remove"} or not all(map(_is_elements, value.values())):
                raise WireError(f"{name}: elements added and removed are expected")
        elif isinstance(value, list | float):
            raise WireError(f"{name}: no such value crosses the wire")


def _is_elements(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
