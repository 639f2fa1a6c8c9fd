"""Telephone numbers as people write them and as spreadsheets leave them (domain.md §10)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from desk.rules.width import half_width


class PhoneKind(StrEnum):
    """What sort of number it is; `UNKNOWN` numbers are kept and doubted."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PhoneCheck:
    """What a cell or field held.

    `number` is the stored spelling: digits for every known kind, the words as they were for an unknown one,
    "" if nothing can be trusted; `doubts` are sentences to show beside the field.
    """

    number: str
    kind: PhoneKind
    doubts: tuple[str, ...] = ()


_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?P<area>010|02[0-9]|0[3-9][0-9]{2})?(?P<local>[2-9][0-9]{6,7})")
_SERVICE = re.compile(r"[48]00[0-9]{7}|[19][0-9]{4}|1[12][0-9]")
_SCIENTIFIC = re.compile(r"(?P<whole>[0-9])(?:\.(?P<rest>[0-9]+))?[Ee]\+?(?P<power>[0-9]{1,2})")
_ABROAD = ("86", "0086")
_BETWEEN_NUMBERS = re.compile(r"[/、,，;；|]+")


def check_phone(text: str) -> PhoneCheck:
    """Read a telephone number out of what was typed or stood in a cell (§10).

    Strips +86, blanks, hyphens and full-width digits, and the ".0" of a number stored as a float. Of a number
    shown as 1.38E+10 the last digits are lost: it is doubted and no number is made up. Of several numbers the
    first is taken.
    """
    if text.isascii() and text.isdigit():
        return _one_number(text)
    cell = half_width(text).strip()
    parts = [part for part in _BETWEEN_NUMBERS.split(cell) if part.strip()]
    doubts: list[str] = []
    if len(parts) > 1:
        doubts.append("这里填了不止一个号码，只取了第一个，请核对。")
        cell = parts[0].strip()
    scientific = _SCIENTIFIC.fullmatch(cell)
    if scientific:
        cell = _from_scientific(scientific)
        if not cell:
            doubts.append("电话号码在表格里变成了科学计数，后几位已丢失，请向本人核对后补填。")
            return PhoneCheck("", PhoneKind.UNKNOWN, tuple(doubts))
    return _one_number(cell, *doubts)


def _one_number(cell: str, *doubts: str) -> PhoneCheck:
    number = normalise(cell)
    kind = classify(number)
    if number and kind is PhoneKind.UNKNOWN:
        doubts = (*doubts, f"“{cell}”不像电话号码，请核对。")
    return PhoneCheck(number, kind, doubts)


def normalise(text: str) -> str:
    """Return the digits of a number: half-width, no +86, blanks, hyphens, brackets or ".0" (§10)."""
    # Nearly all are stored so already, and a first round brings thousands.
    if text.isascii() and text.isdigit() and not text.startswith(_ABROAD):
        return text
    bare = re.sub(r"[\s\-‐-―−()（）\u200b-\u200f\u202a-\u202e\ufeff]", "", half_width(text))
    bare = re.sub(r"(?<=[0-9])\.0+$", "", bare)
    return re.sub(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))", "", bare)


def classify(number: str) -> PhoneKind:
    """Return the kind of a normalised number."""
    if _MOBILE.fullmatch(number):
        return PhoneKind.MOBILE
    if _SERVICE.fullmatch(number):
        return PhoneKind.SERVICE
    if _LANDLINE.fullmatch(number):
        return PhoneKind.LANDLINE
    return PhoneKind.UNKNOWN


def split_landline(number: str) -> tuple[str, str]:
    """Return area code ("" if there is none) and the rest of a normalised number."""
    match = _LANDLINE.fullmatch(number)
    return (match["area"] or "", match["local"]) if match else ("", number)


def tail(number: str, length: int) -> str:
    """Return the last `length` digits of a number however it is written, or "" if it has fewer."""
    digits = re.sub(r"[^0-9]", "", normalise(number))
    return digits[-length:] if 0 < length <= len(digits) else ""


def _from_scientific(match: re.Match[str]) -> str:
    """Return the full digits behind 1.3800138000E+10, or "" when fewer are written than the number has."""
    digits = match["whole"] + (match["rest"] or "")
    return digits if len(digits) == int(match["power"]) + 1 else ""
