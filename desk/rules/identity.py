"""Identity numbers (GB 11643), social credit codes (GB 32100) and the age they tell (domain.md §10)."""

import re
from dataclasses import dataclass
from datetime import date

from desk.rules.width import half_width

SEX_MALE, SEX_FEMALE, SEX_UNKNOWN = "1", "2", "0"  # GB/T 2261.1

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# The first two digits of GB/T 2260; they are stable, the four that follow change every year.
_PROVINCES = (
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
    *("71", "81", "82", "83"),
)
_FOREIGN = "9"

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_KINDS = {
    "11": "机关",
    "12": "事业单位",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "54": "村（居）民委员会",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
}


@dataclass(frozen=True)
class IdentityCheck:
    """What an identity number tells.

    `number` is the stored spelling; `valid` means 18 characters, a real birth date and the right check digit;
    `doubts` are sentences to show beside the field. Nothing is refused: a number with doubts may be kept.
    """

    number: str
    valid: bool
    doubts: tuple[str, ...] = ()
    birth: date | None = None
    sex: str = SEX_UNKNOWN


@dataclass(frozen=True)
class CreditCodeCheck:
    """What a unified social credit code tells: stored spelling, doubts, kind of body or ""."""

    code: str
    valid: bool
    doubts: tuple[str, ...] = ()
    kind: str = ""


def normalise_id(text: str) -> str:
    """Return the stored spelling: half-width, upper case, no blanks (§10)."""
    if not text or (text.isascii() and text.isalnum()):
        return text.upper()
    return re.sub(r"\s", "", half_width(text)).upper()


def check_digit(first17: str) -> str:
    """Return the GB 11643 check digit of the first 17 digits of an identity number."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def check_id(text: str, on: date) -> IdentityCheck:
    """Check a resident identity number as of the day `on` (GB 11643, §10).

    A wrong check digit and an unknown region are doubts, never a refusal: old region codes stay for life.
    """
    number = normalise_id(text)
    if re.fullmatch(r"[0-9]{15}", number):
        return _old_card(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return IdentityCheck(number, False, (_shape_doubt(number),))
    doubts = []
    birth = _real_date(number[6:14])
    if birth is None:
        doubts.append(f"身份证号里的出生日期 {number[6:14]} 不是真实的日期，请核对。")
    elif birth > on:
        doubts.append(f"身份证号里的出生日期 {number[6:14]} 还没有到，请核对。")
    right_digit = check_digit(number[:17]) == number[17]
    if not right_digit:
        doubts.append("身份证号最后一位（校验码）对不上，可能有一位写错了，请对照证件核对。")
    real_birth = birth if birth is not None and birth <= on else None
    valid = right_digit and real_birth is not None
    if not _known_region(number):
        doubts.append(f"身份证号开头的地区码 {number[:6]} 没有见过，请对照证件核对。")
    return IdentityCheck(number, valid, tuple(doubts), real_birth, _sex(number[16]))


def born_and_sex(text: str, on: date) -> tuple[date | None, str]:
    """Return the day of birth and the sex a valid number tells; of any other number neither (GB 11643)."""
    if not text:
        return None, SEX_UNKNOWN
    found = check_id(text, on)
    return (found.birth, found.sex) if found.valid else (None, SEX_UNKNOWN)


def check_credit_code(text: str) -> CreditCodeCheck:
    """Check a unified social credit code (GB 32100, §10).

    A wrong inner organisation code (GB 11714) is only a doubt.
    """
    code = normalise_id(text)
    if len(code) != 18:
        return CreditCodeCheck(code, False, (f"统一社会信用代码应为 18 位，现在是 {len(code)} 位。",))
    strange = sorted(set(code) - set(_CREDIT_ALPHABET))
    if strange:
        sentence = f"统一社会信用代码里不会有“{'、'.join(strange)}”，字母 I、O、S、V、Z 都不用。"
        return CreditCodeCheck(code, False, (sentence,))
    doubts = []
    valid = credit_check_character(code[:17]) == code[17]
    if not valid:
        doubts.append("统一社会信用代码最后一位（校验码）对不上，可能有一位写错了，请对照证照核对。")
    if organisation_check_character(code[8:16]) != code[16]:
        doubts.append("统一社会信用代码里的组织机构代码（第 9 至 17 位）对不上，请对照证照核对。")
    return CreditCodeCheck(code, valid, tuple(doubts), _CREDIT_KINDS.get(code[:2], ""))


def credit_check_character(first17: str) -> str:
    """Return the GB 32100 check character of the first 17 characters."""
    weighed = zip(first17, _CREDIT_WEIGHTS, strict=True)
    total = sum(_CREDIT_ALPHABET.index(character) * weight for character, weight in weighed)
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first8: str) -> str:
    """Return the GB 11714 check character of the eight characters of an organisation code."""
    weighed = zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    total = sum(int(character, 36) * weight for character, weight in weighed)
    return "0123456789X0"[11 - total % 11]


def age(birth: date, on: date) -> int:
    """Return the age in full years on a day; somebody born on 29 February is a year older on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def is_under_14(birth: date, on: date) -> bool:
    """Tell whether the data of this person is a child's and needs the guardian's consent (PI-05)."""
    return age(birth, on) < 14


def _old_card(number: str) -> IdentityCheck:
    doubts = ["这是 15 位的第一代身份证号，2013 年 1 月 1 日起已停用，请用现在的 18 位号码。"]
    birth = _real_date("19" + number[6:12])
    if birth is None:
        doubts.append(f"身份证号里的出生日期 {number[6:12]} 不是真实的日期，请核对。")
    return IdentityCheck(number, False, tuple(doubts), birth, _sex(number[14]))


def _shape_doubt(number: str) -> str:
    if len(number) != 18:
        return f"身份证号应为 18 位，现在是 {len(number)} 位，请核对。"
    return "身份证号前 17 位应全是数字，最后一位是数字或 X，请核对。"


def _real_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _known_region(number: str) -> bool:
    # A foreign permanent resident's number: 9, two digits of the province, three of the nationality (§10).
    return (number[1:3] if number.startswith(_FOREIGN) else number[:2]) in _PROVINCES


def _sex(sequence_digit: str) -> str:
    return SEX_MALE if int(sequence_digit) % 2 else SEX_FEMALE
