"""Answers that are no answer to what was asked: each names its `error`, with the HTTP status it goes by."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from desk.wire import epochs, reading
from desk.wire.codecs import WireError
from desk.wire.epochs import Epoch
from desk.wire.reading import Body

STATUS: Final[Mapping[str, int]] = {
    "bad_message": 400,
    "unknown_device": 401,
    "revoked": 403,
    "no_grant": 403,
    "no_right": 403,
    "bad_code": 403,
    "code_expired": 403,
    "code_used": 403,
    "other_scope": 409,
    "no_first_pc": 409,
    "not_empty": 409,
    "device_elsewhere": 409,
    "at_once": 409,
    "replayed": 409,
    "no_such": 404,
    "epoch_changed": 409,
    "cursor_ahead": 409,
    "device_forked": 409,
    "halted": 409,
    "too_large": 413,
    "too_old": 426,
    "busy": 429,
    "unready": 503,
    "no_room": 507,
}
"""Every error word there is. `halted`: an operator must first say what happened to the scope. `replayed`: a
request came twice or too late. `other_scope`: the PC has records of another station than its code.
`no_first_pc`: the station has no scope yet that an empty PC could take on. `not_empty`: the code would make
one of the county's of a PC that has records, or was not set up. `at_once`: another PC was enrolling for the
same at the same moment; the code is still good. `no_room`: the hub's disk is full."""


@dataclass(frozen=True)
class EpochChanged:
    """The hub began a new life of this scope; history: all its lives, the oldest first, the current last."""

    scope: str
    history: tuple[Epoch, ...]
    error: ClassVar[str] = "epoch_changed"

    @property
    def epoch(self) -> str:
        """The current life."""
        return self.history[-1].epoch

    def encode(self) -> bytes:
        """Write the message."""
        return _json(self.error, scope=self.scope, history=[each.to_json() for each in self.history])

    @staticmethod
    def from_json(body: Body) -> "EpochChanged":
        """Read it back. Raises WireError."""
        history = reading.many(body, "history", Epoch.from_json, most=epochs.MOST)
        if not history:
            raise WireError("history: no life at all")
        return EpochChanged(reading.text(body, "scope"), history)


@dataclass(frozen=True)
class CursorAhead:
    """A desk has seen more than the hub holds: it was restored and nobody said so. The scope is halted."""

    scope: str
    epoch: str
    version: int
    error: ClassVar[str] = "cursor_ahead"

    def encode(self) -> bytes:
        """Write the message."""
        return _json(self.error, scope=self.scope, epoch=self.epoch, version=self.version)

    @staticmethod
    def from_json(body: Body) -> "CursorAhead":
        """Read it back. Raises WireError."""
        return CursorAhead(
            reading.text(body, "scope"), reading.text(body, "epoch"), reading.whole(body, "version")
        )


@dataclass(frozen=True)
class DeviceForked:
    """This PC was restored or cloned: draw a new incarnation, keep all op ids, say hello again (2.6)."""

    device: str
    error: ClassVar[str] = "device_forked"

    def encode(self) -> bytes:
        """Write the message."""
        return _json(self.error, device=self.device)

    @staticmethod
    def from_json(body: Body) -> "DeviceForked":
        """Read it back. Raises WireError."""
        return DeviceForked(reading.text(body, "device"))


@dataclass(frozen=True)
class Trouble:
    """Any other refusal.

    sentence: for a person. scope: which one, in a pull of several. wait_s: seconds before the next try.
    """

    error: str
    sentence: str = ""
    scope: str = ""
    wait_s: int = 0

    def encode(self) -> bytes:
        """Write the message, without what is empty."""
        said = {"sentence": self.sentence, "scope": self.scope, "wait_s": self.wait_s}
        return _json(self.error, **{name: value for name, value in said.items() if value})

    @staticmethod
    def from_json(body: Body) -> "Trouble":
        """Read it back. Raises WireError."""
        return Trouble(
            reading.text(body, "error"),
            reading.text(body, "sentence", ""),
            reading.text(body, "scope", ""),
            reading.whole(body, "wait_s", 0),
        )


AnyTrouble = EpochChanged | CursorAhead | DeviceForked | Trouble

_KINDS: Final[Mapping[str, Callable[[Body], AnyTrouble]]] = {
    EpochChanged.error: EpochChanged.from_json,
    CursorAhead.error: CursorAhead.from_json,
    DeviceForked.error: DeviceForked.from_json,
}


def from_json(body: Body) -> AnyTrouble:
    """Read one. An error word of a newer hub is a plain `Trouble`. Raises WireError."""
    return _KINDS.get(reading.text(body, "error"), Trouble.from_json)(body)


def decode(raw: bytes) -> AnyTrouble:
    """Read the body of an HTTP answer that is not 200. Raises WireError."""
    return from_json(reading.parse(raw))


def status_of(trouble: AnyTrouble) -> int:
    """Return the HTTP status it goes by."""
    return STATUS[trouble.error]


def _json(error: str, **said: Any) -> bytes:
    return json.dumps({"error": error, **said}, ensure_ascii=False, separators=(",", ":")).encode()
