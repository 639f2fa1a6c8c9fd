"""GB 11643 and GB 32100 (domain.md §10), age and PI-05."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import identity

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), identity.SEX_FEMALE),
        ("440524188001010014", date(1880, 1, 1), identity.SEX_MALE),
        ("810000199408230021", date(1994, 8, 23), identity.SEX_FEMALE),
        ("830000199201300022", date(1992, 1, 30), identity.SEX_FEMALE),
        ("911124198108030024", date(1981, 8, 3), identity.SEX_FEMALE),
    ],
)
def test_vectors_are_valid(number: str, birth: date, sex: str) -> None:
    """§10 vectors; an odd sequence digit is male, an even one female."""
    check = identity.check_id(number, TODAY)
    assert check == identity.IdentityCheck(number, True, (), birth, sex)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_only_a_valid_number_tells_birth_and_sex(born: date, order: int) -> None:
    """GB 11643: an odd sequence digit is male; with a wrong check digit nothing is believed."""
    first = f"110105{born:%Y%m%d}{order:03}"
    digit = identity.check_digit(first)
    sex = identity.SEX_MALE if order % 2 else identity.SEX_FEMALE
    assert identity.born_and_sex(first + digit, TODAY) == (born, sex)
    wrong = "1" if digit != "1" else "2"
    assert identity.born_and_sex(first + wrong, TODAY) == (None, identity.SEX_UNKNOWN)


def test_wrong_check_digit_is_warned_not_refused() -> None:
    check = identity.check_id("110105194912310029", TODAY)
    assert not check.valid
    assert check.number == "110105194912310029"
    assert check.birth == date(1949, 12, 31)
    assert len(check.doubts) == 1
    assert "校验码" in check.doubts[0]


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X ",
        "11010519491231002Ｘ",
    ],
)
def test_lower_case_and_full_width_are_stored_upper_and_half(typed: str) -> None:
    check = identity.check_id(typed, TODAY)
    assert (check.number, check.valid, check.doubts) == ("11010519491231002X", True, ())


def test_birth_date_must_be_real() -> None:
    number = "11010519490231002"
    check = identity.check_id(number + identity.check_digit(number), TODAY)
    assert (check.valid, check.birth) == (False, None)
    assert "不是真实的日期" in check.doubts[0]


def test_birth_date_may_be_today_but_not_later() -> None:
    number = "11010520261122002"
    number += identity.check_digit(number)
    assert identity.check_id(number, TODAY).valid
    before = identity.check_id(number, date(2026, 11, 21))
    assert (before.valid, before.birth) == (False, None)
    assert "还没有到" in before.doubts[0]


def test_unknown_region_is_only_warned() -> None:
    number = "99990019491231002"
    check = identity.check_id(number + identity.check_digit(number), TODAY)
    assert check.valid
    assert "地区码 999900" in check.doubts[0]


def test_old_card_is_named() -> None:
    check = identity.check_id("110105491231002", TODAY)
    assert (check.valid, check.birth, check.sex) == (False, date(1949, 12, 31), identity.SEX_FEMALE)
    assert "第一代身份证" in check.doubts[0]
    assert len(identity.check_id("110105490231002", TODAY).doubts) == 2


@pytest.mark.parametrize(
    ("number", "word"), [("", "0 位"), ("1101051949", "10 位"), ("X1010519491231002X", "前 17 位")]
)
def test_a_wrong_shape_is_said(number: str, word: str) -> None:
    check = identity.check_id(number, TODAY)
    assert not check.valid
    assert word in check.doubts[0]


@given(st.integers(0, 10**17 - 1), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 16), st.integers(1, 9))
def test_computed_check_is_valid_and_any_single_change_is_caught(
    seed: int, birth: date, place: int, change: int
) -> None:
    digits = f"{seed:017d}"
    first17 = f"110105{birth:%Y%m%d}{digits[:3]}"
    number = first17 + identity.check_digit(first17)
    assert identity.check_id(number, TODAY).valid
    wrong = first17[:place] + str((int(first17[place]) + change) % 10) + first17[place + 1 :] + number[17]
    assert not identity.check_id(wrong, TODAY).valid


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    check = identity.check_id(text, TODAY)
    assert check.valid or check.doubts
    identity.check_credit_code(text)


def test_credit_code_vectors() -> None:
    right = identity.check_credit_code("91350100m000100y43")
    assert right == identity.CreditCodeCheck("91350100M000100Y43", True, (), "企业")
    wrong = identity.check_credit_code("91350100M000100Y44")
    assert not wrong.valid
    assert "校验码" in wrong.doubts[0]
    assert identity.organisation_check_character("M000100Y") == "4"


def test_credit_code_shape_and_inner_code() -> None:
    assert "17 位" in identity.check_credit_code("91350100M000100Y4").doubts[0]
    assert "I" in identity.check_credit_code("91350100I000100Y43").doubts[0]
    first17 = "91350100M000100Y5"
    inner = identity.check_credit_code(first17 + identity.credit_check_character(first17))
    assert inner.valid
    assert "组织机构代码" in inner.doubts[0]


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 16))
def test_credit_code_with_computed_check_is_valid_and_a_change_is_caught(first17: str, place: int) -> None:
    last = identity.credit_check_character(first17)
    assert identity.check_credit_code(first17 + last).valid
    other = "1" if first17[place] == "0" else "0"
    assert not identity.check_credit_code(first17[:place] + other + first17[place + 1 :] + last).valid


def test_age_and_the_child_line() -> None:
    """PI-05: under 14 until the 14th birthday."""
    birth = date(2012, 11, 22)
    assert identity.age(birth, date(2026, 11, 21)) == 13
    assert identity.is_under_14(birth, date(2026, 11, 21))
    assert not identity.is_under_14(birth, TODAY)
    leap = date(2012, 2, 29)
    assert identity.is_under_14(leap, date(2026, 2, 28))
    assert not identity.is_under_14(leap, date(2026, 3, 1))


@given(st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=20))
def test_a_number_as_it_is_stored_is_found_what_it_is_with_a_blank_behind_it(number: str) -> None:
    """What needs no cleaning goes a short way, the same with a blank the long one."""
    assert identity.normalise_id(number) == identity.normalise_id(f"{number} ")
    assert identity.born_and_sex(number, TODAY) == identity.born_and_sex(f"{number} ", TODAY)
