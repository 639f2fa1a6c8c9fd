"""Receipts (F-53): issued and signed inside the visit's own write block, checked at any desk offline.

The signing key is this PC's: its seed lies in the local table of secrets, its public half in the device
record, which every desk of the county gets. A token stays in a local table; ops carry its SHA-256 only.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk import clock, ids
from desk.models.base import alive
from desk.models.device import Device
from desk.models.local import DeviceSecret, ReceiptSecret
from desk.models.receipt import Receipt
from desk.models.recorder import block_of
from desk.models.station import Station
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import numbers
from desk.rules import receipts as rules
from desk.rules.numerals import plain_date
from desk.services.profiles import Profiles
from desk.text import _

_SECRET = "receipt"  # noqa: S105 - the name of a row, not a secret
_SEED_LENGTH = 32


@dataclass(frozen=True)
class IssuedReceipt:
    """A receipt of a visit: its record, and the text of its code for the paper; `fresh` if just made."""

    receipt_id: str
    visit_id: str
    number: str
    spoken: str
    code: str
    plain: bool
    fresh: bool = False


class Verdict(StrEnum):
    """What a check found: a true receipt, a false one, or one this desk cannot judge."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ReceiptCheck:
    """The answer to whoever holds a receipt; `number` only where this desk issued it."""

    verdict: Verdict
    sentence: str
    station: str = ""
    issued_on: date | None = None
    number: str = ""


def ensure_key(session: Session) -> Device:
    """Return this PC's device record with its signing key, making the key (not the record) on first use.

    Call inside a `store.write` block; the first start does, and `issue` does again for safety.
    """
    device = session.get_one(Device, block_of(session).identity.device_id)
    if session.get(DeviceSecret, _SECRET) is None:
        seed = ids.random_bytes(_SEED_LENGTH)
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        session.add(DeviceSecret(name=_SECRET, secret=seed))
        device.public_key = public.hex()
        device.key_id = hashlib.sha256(public).digest()[: rules.KEY_ID_LENGTH].hex()
        session.flush()
    return device


class Receipts:
    """Issues and checks receipts."""

    def __init__(self, store: Store, profiles: Profiles) -> None:
        """Use the open store, and the profile in force for its `receipt.host`."""
        self._store = store
        self._profiles = profiles

    def issue(self, session: Session, visit: Visit) -> IssuedReceipt:
        """Give the visit its receipt inside the caller's write block; a second call returns the same one.

        A safe visit's receipt is plain (product.md, Safe), also when it became safe only after the first
        paper. Raises ClockProblem for a date no receipt can carry.
        """
        found = session.scalars(alive(Receipt).where(Receipt.visit_id == visit.record_id)).first()
        is_safe = visit.safety not in {"", "none"}
        if found is not None:
            found.plain = found.plain or is_safe
            return _issued(session, found)
        device = ensure_key(session)
        token = ids.random_bytes(rules.TOKEN_LENGTH)
        now = clock.now()
        body = rules.ReceiptBody(bytes.fromhex(device.key_id), token, now.date())
        receipt = Receipt(
            visit_id=visit.record_id,
            number=visit.number,
            spoken=visit.spoken,
            token_sha256=hashlib.sha256(token).hexdigest(),
            key_id=device.key_id,
            issued_at=now,
            plain=is_safe,
        )
        code = rules.pack(body, _sign(session, body), self._host(now.date()))
        session.add(receipt)
        session.add(ReceiptSecret(receipt_id=receipt.record_id, token=token, code_text=code))
        session.flush()
        return replace(_issued(session, receipt), fresh=True)

    def _host(self, on: date) -> str:
        return self._profiles.current().text("receipt.host", on)

    def check(self, text: str) -> ReceiptCheck:
        """Judge a code as scanned, or a spoken number as typed, with nothing but this desk's own records.

        Raises InputProblem for a text that is neither.
        """
        with self._store.read() as session:
            if any(text.strip().startswith(start) for start in (rules.OFFLINE_PREFIX, "http")):
                return _check_code(session, text)
            return _check_spoken(session, numbers.read_spoken(text))


def _issued(session: Session, receipt: Receipt) -> IssuedReceipt:
    secret = session.get(ReceiptSecret, receipt.record_id)
    return IssuedReceipt(
        receipt_id=receipt.record_id,
        visit_id=receipt.visit_id,
        number=receipt.number,
        spoken=receipt.spoken,
        code=secret.code_text if secret else "",
        plain=receipt.plain,
    )


def signing_key(session: Session) -> Ed25519PrivateKey:
    """Return this PC's key for receipts, which `ensure_key` made."""
    return Ed25519PrivateKey.from_private_bytes(session.get_one(DeviceSecret, _SECRET).secret)


def _sign(session: Session, body: rules.ReceiptBody) -> bytes:
    return signing_key(session).sign(rules.signed_part(body))


def _check_code(session: Session, text: str) -> ReceiptCheck:
    code = rules.unpack(text)
    known = select(Device).where(Device.key_id == code.body.key_id.hex(), Device.public_key != "")
    devices = session.scalars(known).all()
    if not devices:
        return ReceiptCheck(
            Verdict.UNKNOWN,
            _("核对不了：本机没有开出这张回执的电脑的公钥。请联网同步后再核，或打回执上的电话问。"),
        )
    device = next((device for device in devices if _verifies(device, code)), None)
    if device is None:
        return ReceiptCheck(Verdict.FALSE, _("这张回执是假的：签名对不上，内容被改过或不是本县各站开出的。"))
    return _genuine(session, device, code.body)


def _verifies(device: Device, code: rules.ReceiptCode) -> bool:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(device.public_key))
    try:
        key.verify(code.signature, rules.signed_part(code.body))
    except InvalidSignature:
        return False
    return True


def _genuine(session: Session, device: Device, body: rules.ReceiptBody) -> ReceiptCheck:
    station = session.scalars(select(Station).where(Station.scope_id == device.scope_id)).first()
    name = station.name if station else _("本县联络站")
    day = plain_date(body.issued_on)
    digest = hashlib.sha256(body.token).hexdigest()
    receipt = session.scalars(select(Receipt).where(Receipt.token_sha256 == digest)).first()
    if receipt is not None and receipt.void:
        sentence = _("这张回执确由{station}于 {day}开出，但已作废。").format(station=name, day=day)
        return ReceiptCheck(Verdict.FALSE, sentence, name, body.issued_on, receipt.number)
    number = receipt.number if receipt else ""
    tail = _("登记号 {number}。").format(number=number) if number else _("请按回执上的查询号办理。")
    sentence = _("真回执：{station}于 {day}开出，").format(station=name, day=day) + tail
    return ReceiptCheck(Verdict.TRUE, sentence, name, body.issued_on, number)


def _check_spoken(session: Session, spoken: str) -> ReceiptCheck:
    receipt = session.scalars(alive(Receipt).where(Receipt.spoken == spoken)).first()
    if receipt is None or receipt.issued_at is None:
        return ReceiptCheck(
            Verdict.UNKNOWN, _("本站没有开过这个查询号。外站的回执请扫码核对，或打回执上的电话问。")
        )
    day = plain_date(receipt.issued_at.date())
    sentence = _("本站于 {day}开过这个查询号，登记号 {number}。只核了号，纸上内容请再对照登记。").format(
        day=day, number=receipt.number
    )
    return ReceiptCheck(Verdict.TRUE, sentence, "", receipt.issued_at.date(), receipt.number)
