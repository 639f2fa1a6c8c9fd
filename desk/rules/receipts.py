"""The code on a receipt, payload v1: what the QR holds, packed and read back. No cryptography here.

    version (1) · key id (4) · token (16) · issue day (2) · Ed25519 signature (64)   = 87 bytes

in base64url without padding, after `https://<host>/r/` or, where the profile has no host, after `JDT1:`. The
signature is made over `signed_part`; the token is opaque and random, the code holds no personal data.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desk.errors import ClockProblem, InputProblem

VERSION: Final = 1
KEY_ID_LENGTH: Final = 4
TOKEN_LENGTH: Final = 16
SIGNATURE_LENGTH: Final = 64
OFFLINE_PREFIX: Final = "JDT1:"

_FIRST_DAY: Final = date(2020, 1, 1)
_LAST_DAY: Final = _FIRST_DAY + timedelta(days=0xFFFF)
_BODY_LENGTH = 1 + KEY_ID_LENGTH + TOKEN_LENGTH + 2
_DOMAIN = b"jiedaitai receipt\x00"
_HOST = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?"
_URL = re.compile(rf"https://({_HOST})/r/([^/?#]+)")
_WAY_OUT = "请重新扫码，或者改用回执上的查询号。"


@dataclass(frozen=True)
class ReceiptBody:
    """What is signed: the device key's id (4 bytes), the token (16 bytes) and the day of issue."""

    key_id: bytes
    token: bytes
    issued_on: date

    def __post_init__(self) -> None:
        if len(self.key_id) != KEY_ID_LENGTH or len(self.token) != TOKEN_LENGTH:
            raise ValueError("a receipt has a key id of 4 and a token of 16 bytes")


@dataclass(frozen=True)
class ReceiptCode:
    """A code read back: its body, its signature (not yet verified) and the host it names, if any."""

    body: ReceiptBody
    signature: bytes
    host: str


def is_host(text: str) -> bool:
    """Tell whether a text can stand as the host of a receipt's address: lower case, no https://, no path."""
    return re.fullmatch(_HOST, text) is not None


def signed_part(body: ReceiptBody) -> bytes:
    """Return the bytes the device key signs, with a word in front so that the signature fits nothing else.

    Raises ClockProblem for a day that two bytes cannot hold (before 2020 or after 2199-06-06).
    """
    return _DOMAIN + _body_bytes(body)


def pack(body: ReceiptBody, signature: bytes, host: str = "") -> str:
    """Return the text of the QR code; `host` is the profile's receipt.host, empty where there is no hub."""
    if len(signature) != SIGNATURE_LENGTH:
        raise ValueError("an Ed25519 signature has 64 bytes")
    payload = base64.urlsafe_b64encode(_body_bytes(body) + signature).rstrip(b"=").decode("ascii")
    return f"https://{host}/r/{payload}" if host else OFFLINE_PREFIX + payload


def unpack(text: str) -> ReceiptCode:
    """Read the text of a scanned or typed code. Raises InputProblem when it cannot be one of ours.

    Only the one canonical spelling of the bytes is taken. Nothing is verified yet.
    """
    host, payload = _split(text.strip())
    raw = _decode(payload)
    if raw[:1] != bytes([VERSION]):
        raise InputProblem("这张回执的编码版本比本程序新。", way_out="请先升级程序再核对。", field="code")
    if len(raw) != _BODY_LENGTH + SIGNATURE_LENGTH:
        raise InputProblem("回执码不完整。", way_out=_WAY_OUT, field="code")
    key_id, token, day = raw[1:5], raw[5:21], raw[21:_BODY_LENGTH]
    issued_on = _FIRST_DAY + timedelta(days=int.from_bytes(day))
    return ReceiptCode(ReceiptBody(key_id, token, issued_on), raw[_BODY_LENGTH:], host)


def _body_bytes(body: ReceiptBody) -> bytes:
    if not _FIRST_DAY <= body.issued_on <= _LAST_DAY:
        raise ClockProblem(
            f"电脑上的日期是 {body.issued_on}，不能开回执。", way_out="请先校正电脑的日期。", field="clock"
        )
    day = (body.issued_on - _FIRST_DAY).days.to_bytes(2)
    return bytes([VERSION]) + body.key_id + body.token + day


def _split(text: str) -> tuple[str, str]:
    if text.startswith(OFFLINE_PREFIX):
        return "", text.removeprefix(OFFLINE_PREFIX)
    url = _URL.fullmatch(text)
    if url is None:
        raise InputProblem("这不是接待回执上的码。", way_out=_WAY_OUT, field="code")
    return url[1], url[2]


def _decode(payload: str) -> bytes:
    try:
        raw = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InputProblem("回执码里有认不出的字符。", way_out=_WAY_OUT, field="code") from None
    if not raw or base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii") != payload:
        raise InputProblem("回执码不完整。", way_out=_WAY_OUT, field="code")
    return raw
