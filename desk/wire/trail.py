"""The trail of a scope: one sum over the ids of all ops it ever took, by which two pasts are told apart.

The digest of a scope is of its heads, and two ops whose values are all in conflicts may leave the same heads.
Their ids differ, and so do the sums.
"""

import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Final

from desk.wire import reading
from desk.wire.codecs import WireError
from desk.wire.heads import DIGEST_BYTES, EMPTY_DIGEST, add_digests
from desk.wire.reading import Body

START: Final = EMPTY_DIGEST.hex()
"""The trail at version 0, in hexadecimal."""

_SAID: Final = re.compile(f"[0-9a-f]{{{2 * DIGEST_BYTES}}}")

Placed = Iterable[tuple[int, str]]
"""Versions with the ids of their ops, in the order in which the hub took them; whole versions only."""


def step(version: int, op_ids: Iterable[str]) -> bytes:
    """Return what a version adds to the trail; op_ids: of its ops, in their order."""
    whole = "|".join((str(version), *op_ids))
    return hashlib.blake2b(whole.encode(), digest_size=DIGEST_BYTES).digest()


def after(trail: str, placed: Placed) -> str:
    """Return the trail behind these versions; one that is not known (empty) stays so."""
    return add_digests(bytes.fromhex(trail), _steps(placed)).hex() if trail else ""


def before(trail: str, placed: Placed) -> str:
    """Return the trail below these versions; one that is not known (empty) stays so."""
    return add_digests(bytes.fromhex(trail), (), _steps(placed)).hex() if trail else ""


def told(body: Body) -> str:
    """Return the trail that a message tells, empty where it tells none. Raises WireError."""
    said = reading.text(body, "trail", "")
    if said and not _SAID.fullmatch(said):
        raise WireError("trail: a sum in hexadecimal is expected")
    return said


def _steps(placed: Placed) -> list[bytes]:
    versions = groupby(placed, itemgetter(0))
    return [step(version, (op_id for _version, op_id in some)) for version, some in versions]
