"""Codes read from paper: the recovery code of the sheet in the safe, one-time codes of users and of PCs.

Letters and digits follow Crockford's base 32, which has no I, L, O and U, so that a code copied by hand
stays unambiguous. The last two symbols are a checksum: a slip of the pen is told apart from a wrong code, and
does not count as a failed attempt.
"""

import hashlib

from desk import errors, ids
from desk.rules.width import half_width
from desk.text import _

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans("OIL", "011")
_GROUP = 4
_CHECK = 2

RECOVERY = 32
"""Symbols of a recovery code: 30 random ones (150 bit) and 2 of checksum, in 8 groups."""
ONE_TIME = 16
"""Symbols of a one-time code: 14 random ones (70 bit) and 2 of checksum, in 4 groups."""
PIN = 20
"""Symbols that stand for a certificate: 18 of its SHA-256 (90 bit) and 2 of checksum, in 5 groups."""


def new(symbols: int) -> str:
    """Return a fresh code of `symbols` random symbols in groups of four, such as "7K2M-…"."""
    payload = "".join(_ALPHABET[byte % 32] for byte in ids.random_bytes(symbols - _CHECK))
    return grouped(payload + _checksum(payload))


def of_bytes(raw: bytes, symbols: int) -> str:
    """Return the code that tells these bytes as far as it reaches, five bits a symbol, in groups of four."""
    bits = int.from_bytes(raw, "big") >> (8 * len(raw) - 5 * (symbols - _CHECK))
    payload = "".join(_ALPHABET[bits >> 5 * n & 31] for n in reversed(range(symbols - _CHECK)))
    return grouped(payload + _checksum(payload))


def grouped(code: str) -> str:
    """Return the bare symbols in groups of four joined by hyphens, as printed and read aloud."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def clean(typed: str, symbols: int, *, field: str = "code") -> str:
    """Return the bare symbols of a typed code: any case, width and separators; O is 0, I and L are 1.

    Raises:
        InputProblem: too short, too long, a letter that no code contains, or the checksum does not fit.
    """
    text = "".join(sign for sign in half_width(typed).upper() if sign.isalnum()).translate(_LOOKS_LIKE)
    if len(text) != symbols:
        raise errors.InputProblem(
            _("代码应为 {want} 位，现在是 {have} 位").format(want=symbols, have=len(text)),
            way_out=_("请对照纸上的代码逐组核对"),
            field=field,
        )
    if not set(text) <= set(_ALPHABET) or _checksum(text[:-_CHECK]) != text[-_CHECK:]:
        raise errors.InputProblem(_("代码里有抄错的字符"), way_out=_("请对照纸上的代码逐组核对"), field=field)
    return text


def _checksum(payload: str) -> str:
    digest = hashlib.sha256(payload.encode("ascii")).digest()
    return "".join(_ALPHABET[byte % 32] for byte in digest[:_CHECK])
