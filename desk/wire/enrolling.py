"""How a PC and its hub get to know each other: the code on paper, what is asked with it, what is answered.

The county's sheet carries it all as a QR code too: a ticket, read by a scanner that types.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from desk.rules.width import half_width
from desk.wire import reading, signing
from desk.wire.codecs import WireError
from desk.wire.messages import PROTOCOL
from desk.wire.reading import Raw
from desk.wire.records import SCHEMA

STATION: Final = "station"
COUNTY: Final = "county"
AUDITOR: Final = "auditor"
ROLES: Final = frozenset({STATION, COUNTY, AUDITOR})
"""What a device may be: a station's PC, the county's, or one of the county that only looks."""

COUNTYS: Final = "C:"
"""How the scope of a county begins."""

STATIONS: Final = "S:"
"""How the scope of a station begins."""

_MARK: Final = "JDT1"


@dataclass(frozen=True)
class Ticket:
    """What the sheet says. pin: short for the county's own certificate authority, "" where it has none."""

    address: str
    code: str
    pin: str = ""

    def to_text(self) -> str:
        """Write what the QR code holds."""
        return " ".join(filter(None, (_MARK, self.address, self.code, self.pin)))

    @staticmethod
    def read(typed: str) -> "Ticket | None":
        """Read what a scanner typed; None if it is no ticket."""
        mark, *parts = half_width(typed).split()[:4] or [""]
        if mark.upper() != _MARK or len(parts) < 2:
            return None
        return Ticket(parts[0], parts[1], parts[2] if len(parts) > 2 else "")


@dataclass(frozen=True)
class Enrol:
    """A PC asks to be let in, signing with the key whose public half it tells.

    code: bare symbols. scope: the station's, drawn when the PC was set up; it is registered and rewrites
    nothing. A PC that holds nothing yet says none, and takes on the one that it is told. empty: nobody has
    worked with this PC yet, so it may be told to begin in another scope.
    """

    code: str
    device: str
    public_key: bytes
    scope: str
    schema: int = SCHEMA
    empty: bool = False

    def encode(self) -> bytes:
        """Write the message."""
        return _json({"v": PROTOCOL, **vars(self), "public_key": self.public_key.hex()})

    @staticmethod
    def decode(raw: Raw) -> "Enrol":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        return Enrol(
            code=reading.text(body, "code", most=40),
            device=reading.text(body, "device", most=64),
            public_key=key_in(reading.text(body, "public_key", most=64)),
            scope=reading.text(body, "scope", most=64),
            schema=reading.whole(body, "schema", least=1),
            empty=reading.flag(body, "empty"),
        )


@dataclass(frozen=True)
class Enrolled:
    """The PC is known now. county, station: names. time_key: whose signature `/v1/time` bears.

    scope: where the PC's own records belong, "" where the code says nothing of one.
    """

    role: str
    county: str
    station: str
    time_key: bytes
    scope: str = ""

    def encode(self) -> bytes:
        """Write the message."""
        return _json({"v": PROTOCOL, **asdict(self), "time_key": self.time_key.hex()})

    @staticmethod
    def decode(raw: bytes) -> "Enrolled":
        """Read the message. Raises WireError."""
        body = reading.parse(raw)
        return Enrolled(
            **{name: reading.text(body, name) for name in ("role", "county", "station")},
            time_key=key_in(reading.text(body, "time_key", most=64)),
            scope=reading.text(body, "scope", "", most=64),
        )


def key_in(text: str) -> bytes:
    """Read a public key written as hexadecimal digits. Raises WireError."""
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise WireError("a key is expected") from error
    if len(key) != signing.KEY_LENGTH:
        raise WireError("a key is expected")
    return key


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
