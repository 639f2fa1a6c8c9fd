"""What is shown of personal data, and what is starred (domain.md §8, table "Masking")."""

import re
from enum import StrEnum

from desk.rules.identity import normalise_id
from desk.rules.names import SEPARATOR, normalise_separators, split_surname
from desk.rules.phones import PhoneKind, classify, normalise, split_landline

STAR = "*"


class Reach(StrEnum):
    """How far a masked value travels."""

    STATION = "station"  # screens, ledgers and receipts of the station
    OUTSIDE = "outside"  # a paper or list that leaves for another body
    PUBLIC = "public"  # boards, notices, ledgers on display


def mask_phone(text: str, reach: Reach = Reach.STATION) -> str:
    """Return a telephone number with its middle starred; "" for the public (§8, "mobile", "landline").

    Mobile: first 3 and last 4. Landline: area code and last 2. Anything else: last 2, or nothing if it is
    short. Service numbers such as 12345 belong to nobody and stay.
    """
    if reach is Reach.PUBLIC:
        return ""
    number = normalise(text)
    kind = classify(number)
    if kind is PhoneKind.MOBILE:
        return number[:3] + STAR * 4 + number[-4:]
    if kind is PhoneKind.SERVICE:
        return number
    area, local = split_landline(number)
    return area + _keep_ends(local, 0, 2)


def mask_id(text: str, reach: Reach = Reach.STATION) -> str:
    """Return an identity number starred; "" for the public (§8, row "ID number 18").

    In the station the first 6 and last 4 stay, outside it the first and the last character. Other papers
    keep their ends only.
    """
    if reach is Reach.PUBLIC:
        return ""
    number = normalise_id(text)
    if reach is Reach.STATION and len(number) == 18:
        return _keep_ends(number, 6, 4)
    return _keep_ends(number, 1, 1)


def mask_name(name: str) -> str:
    """Return the name with the surname kept and the rest starred (§8, rows "Chinese name" and "rare…").

    Compound surnames stay whole. With "·", or blanks in a Latin name, only the first character and those
    marks stay. At least one star always; private and public prints are the same.
    """
    clean = normalise_separators(name.strip())
    surname, given = split_surname(clean)
    if surname and given:
        return surname + STAR * len(given)
    masked = clean[:1] + "".join(mark if mark in {SEPARATOR, " "} else STAR for mark in clean[1:])
    return masked if STAR in masked else STAR * len(clean)


def mask_bank(text: str, reach: Reach = Reach.STATION) -> str:
    """Return a bank card number with only its last 4 digits; "" for the public (§8, row "bank card")."""
    return "" if reach is Reach.PUBLIC else _keep_ends(normalise_id(text), 0, 4)


def mask_address(text: str, reach: Reach = Reach.STATION) -> str:
    """Return an address down to village or community, for the public to the township (§8, row "address").

    What follows is replaced by ***. An address whose parts cannot be told keeps only those that can, or none.
    """
    address = re.sub(r"\s", "", text)
    match = _ADDRESS.match(address)
    parts = [match[name] or "" for name in _LEVELS] if match else []
    shown = "".join(parts[:-1] if reach is Reach.PUBLIC else parts)
    return shown if shown == address else shown + STAR * 3


# Words of a house's own address: a level's name never has one, so a match cannot reach into them.
_NAME = "[^0-9０-９村组号栋幢室路巷弄，,。]"
_LEVELS = ("province", "city", "county", "town", "village")
_ADDRESS = re.compile(
    rf"(?P<province>{_NAME}{{2,6}}?(?:省|自治区))?"
    rf"(?P<city>{_NAME}{{1,10}}?(?:市|自治州|盟|地区))?"
    rf"(?P<county>{_NAME}{{1,10}}?(?:县|市|旗|(?<![社小园校厂库景])区(?!域)))?"
    rf"(?P<town>{_NAME}{{1,10}}?(?:街道|镇(?!江|村)|乡(?!村)|苏木))?"
    rf"(?P<village>{_NAME}{{1,10}}?(?:村委会|居委会|社区|嘎查|村(?![路街巷大])))?"
)


def _keep_ends(text: str, first: int, last: int) -> str:
    """Keep some characters at both ends if at least four stay hidden between them, else none."""
    if len(text) - first - last < 4:
        first, last = 0, 0
    return text[:first] + STAR * (len(text) - first - last) + (text[-last:] if last else "")
