"""Telephone numbers (domain.md §10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.phones import PhoneKind, check_phone, classify, normalise, split_landline, tail

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "+86 138 0013 8000",
        "+86-138-0013-8000",
        "8613800138000",
        "0086 13800138000",
        "１３８００１３８０００",
        "13800138000.0",
        "138\u30000013\u00a08000",
        "1.3800138000E+10",
        "\u202a13800138000\u202c",
    ],
)
def test_every_spelling_of_a_mobile_is_one_number(typed: str) -> None:
    check = check_phone(typed)
    assert (check.number, check.kind, check.doubts) == ("13800138000", PhoneKind.MOBILE, ())


@pytest.mark.parametrize("cell", ["1.38E+10", "1.88399E+10", "1.4E+10", "1e10"])
def test_scientific_notation_is_doubted_and_no_number_made_up(cell: str) -> None:
    check = check_phone(cell)
    assert check.number == ""
    assert "科学计数" in check.doubts[0]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("057188881234", PhoneKind.LANDLINE),
        ("01088881234", PhoneKind.LANDLINE),
        ("0931-8888123", PhoneKind.LANDLINE),
        ("(0571)88881234", PhoneKind.LANDLINE),
        ("88881234", PhoneKind.LANDLINE),
        ("4001234567", PhoneKind.SERVICE),
        ("800-820-1234", PhoneKind.SERVICE),
        ("95588", PhoneKind.SERVICE),
        *(
            (number, PhoneKind.SERVICE)
            for number in ("12345", "12348", "110", "120", "119", "12355", "12388")
        ),
    ],
)
def test_landlines_and_service_numbers(number: str, kind: PhoneKind) -> None:
    assert check_phone(number).kind is kind
    assert not check_phone(number).doubts


@pytest.mark.parametrize("text", ["12800138000", "1380013800", "138001380001", "同上", "无"])
def test_what_is_no_number_is_kept_and_doubted(text: str) -> None:
    check = check_phone(text)
    assert (check.number, check.kind) == (text, PhoneKind.UNKNOWN)
    assert check.doubts


def test_several_numbers_give_the_first_and_a_doubt() -> None:
    check = check_phone("13800138000 / 0571-88881234")
    assert (check.number, check.kind) == ("13800138000", PhoneKind.MOBILE)
    assert "不止一个号码" in check.doubts[0]


def test_nothing_typed_is_no_doubt() -> None:
    assert check_phone(" ").number == ""
    assert not check_phone("").doubts


def test_area_code() -> None:
    assert split_landline("057188881234") == ("0571", "88881234")
    assert split_landline("01088881234") == ("010", "88881234")
    assert split_landline("88881234") == ("", "88881234")
    assert split_landline("13800138000") == ("", "13800138000")


def test_tail() -> None:
    assert tail("138-0013-8021", 4) == "8021"
    assert tail("021", 4) == ""
    assert tail("13800138000", 0) == ""


@given(mobiles, st.sampled_from(["", "+86", "+86 ", "0086", "86"]), st.sampled_from(["", " ", "-"]))
def test_any_mobile_survives_any_spelling(number: str, prefix: str, gap: str) -> None:
    typed = prefix + gap.join((number[:3], number[3:7], number[7:]))
    assert check_phone(typed).number == number
    assert classify(normalise(typed)) is PhoneKind.MOBILE


@given(st.text())
def test_any_text_is_answered_and_normalising_again_changes_nothing(text: str) -> None:
    check = check_phone(text)
    assert check.number == "" or check.kind is not PhoneKind.UNKNOWN or check.doubts


@given(st.from_regex(r"(?:\+86|0086|86|0)?[0-9]{0,12}", fullmatch=True))
def test_plain_digits_are_read_as_the_same_number_behind_a_blank(digits: str) -> None:
    assert normalise(digits) == normalise(f" {digits}")


@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_nothing_but_digits_are_found_what_they_are_with_a_blank_behind_them(number: str) -> None:
    """Digits alone go a short way, the same with a blank the long one."""
    assert check_phone(number) == check_phone(f"{number} ")
