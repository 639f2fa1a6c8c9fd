"""The way to one hub, as it is kept in the store: where it is, and by what both sides know each other."""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.settings import HUB_ADDRESS

KEY: Final = "hub_key"
"""The name of the device key in the table of secrets."""

_READ = (
    "SELECT coalesce((SELECT value FROM setting WHERE key = ?), ''),"
    " (SELECT secret FROM device_secret WHERE name = ?),"
    " coalesce((SELECT authority FROM hub WHERE row = 1), ''),"
    " coalesce((SELECT time_key FROM hub WHERE row = 1), ''),"
    " coalesce((SELECT role FROM hub WHERE row = 1), '')"
)


@dataclass(frozen=True)
class Gate:
    """Where a hub is and how this PC proves itself there.

    key: the private seed of this PC, empty before it has enrolled. authority: the certificate (PEM) that the
    hub's must come from, empty where the system decides. time_key: whose signature `/v1/time` bears.
    role: what this PC is to the hub, empty before it has enrolled.
    """

    address: str
    device: str
    key: bytes = field(default=b"", repr=False)
    authority: str = ""
    time_key: bytes = b""
    role: str = ""


def role(rows: Rows) -> str:
    """Return what this PC is to the hub (`desk/wire/enrolling.py`); "" before it has enrolled."""
    found = plain.ask(rows, "SELECT coalesce(role, '') FROM hub WHERE row = 1")
    return found[0][0] if found else ""


def read(rows: Rows, device: str) -> Gate:
    """Return the way to the hub; its address is empty where there is none."""
    address, key, authority, time_key, named = plain.ask(rows, _READ, (HUB_ADDRESS.key, KEY))[0]
    return Gate(address, device, bytes(key or b""), authority, bytes.fromhex(time_key), named)
