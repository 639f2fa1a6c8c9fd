"""The hub's word that it has taken an op in: by it a county's PC may hand in what a station wrote.

After a restore the county may be the only one to hold a record, but ops are not signed one by one, so a
county's PC that was broken into could pass its own words off as a station's. So the hub gives the county with
each revision a seal over scope, op id and the hash of its bytes, and takes an op of another PC from it only
with that seal. The key is made from one that lies in the database and is never changed: a restore keeps it.
"""

import base64
import hmac
from dataclasses import replace
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pulled, Push

_BYTES: Final = 16


def key_from(seed: bytes) -> bytes:
    """Return the key of the seals for a private seed of the hub's."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"desk hub voucher 1").derive(seed)


def given(key: bytes, pulled: Pulled) -> Pulled:
    """Return the pages with a seal for each revision, in their order."""
    return Pulled(tuple(_sealed(key, part) if isinstance(part, Page) else part for part in pulled.parts))


def good(key: bytes, push: Push) -> frozenset[str]:
    """Return the ids of the ops in a push that come with the hub's own seal on them."""
    bad = {each.op for each in push.ops if not _fits(key, push, each)}
    # An id that stands there twice is good only if both are: else one seal would speak for two bodies.
    return frozenset(push.vouchers.keys() & {each.op for each in push.ops} - bad)


def _sealed(key: bytes, page: Page) -> Page:
    return replace(page, vouchers=tuple(_seal(key, page.scope, each.op) for each in page.revisions))


def _fits(key: bytes, push: Push, op: OpIn) -> bool:
    given_with = push.vouchers.get(op.op, "")
    # Half a surrogate fits into JSON and into no bytes: such a seal is a wrong one, no breakdown.
    given = given_with.encode(errors="backslashreplace")
    return hmac.compare_digest(given, _seal(key, push.scope, op).encode())


def _seal(key: bytes, scope: str, op: OpIn) -> str:
    said = f"{scope}\n{op.op}\n".encode() + op.sha256
    return base64.b64encode(hmac.new(key, said, sha256).digest()[:_BYTES]).decode()
