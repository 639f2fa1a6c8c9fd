"""Masking, row by row of the table in domain.md §8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.masking import Reach, mask_address, mask_bank, mask_id, mask_name, mask_phone
from desk.rules.names import COMPOUND_SURNAMES

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def test_id_number_in_the_station_and_outside() -> None:
    """Row "ID number 18"."""
    assert mask_id("11010519491231002x") == "110105********002X"
    assert mask_id("11010519491231002X", Reach.OUTSIDE) == "1" + "*" * 16 + "X"
    assert mask_id("11010519491231002X", Reach.PUBLIC) == ""


def test_other_papers_keep_their_ends_at_most() -> None:
    assert mask_id("E12345678") == "E*******8"
    assert mask_id("1234") == "****"
    assert mask_id("") == ""


def test_mobile() -> None:
    """Row "mobile"."""
    assert mask_phone("138 0013 6621") == "138****6621"
    assert mask_phone("13800136621", Reach.OUTSIDE) == "138****6621"
    assert mask_phone("13800136621", Reach.PUBLIC) == ""


def test_landline() -> None:
    """Row "landline"."""
    assert mask_phone("0571-88881234") == "0571******34"
    assert mask_phone("010-88881234") == "010******34"
    assert mask_phone("8888123") == "*****23"
    assert mask_phone("0571-88881234", Reach.PUBLIC) == ""


def test_other_numbers() -> None:
    assert mask_phone("12345") == "12345"
    assert mask_phone("138001380") == "*******80"
    assert mask_phone("99") == "**"
    assert mask_phone("") == ""


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("爱新觉罗某某", "爱新觉罗**"),
        ("阿卜杜热合曼·买买提", "阿*****·***"),
        ("买买提•吐尔逊", "买**·***"),
        ("扎西次仁", "扎***"),
        ("𬜬某", "𬜬*"),
        ("张𬱖", "张*"),
        ("张", "*"),
        ("𫇭", "*"),
        ("欧阳", "欧*"),
        ("阿·", "**"),
        ("John Smith", "J*** *****"),
        ("", ""),
    ],
)
def test_names(name: str, masked: str) -> None:
    """Rows "Chinese name" and "rare or single-character name"."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("address", "screen", "public"),
    [
        (
            "浙江省杭州市西湖区示例镇和平村3组12号",
            "浙江省杭州市西湖区示例镇和平村***",
            "浙江省杭州市西湖区示例镇***",
        ),
        ("示例镇 和平村三组", "示例镇和平村***", "示例镇***"),
        ("江苏省镇江市丹徒区示例镇新村", "江苏省镇江市丹徒区示例镇新村", "江苏省镇江市丹徒区示例镇***"),
        (
            "景德镇市昌江区示例街道阳光社区2幢",
            "景德镇市昌江区示例街道阳光社区***",
            "景德镇市昌江区示例街道***",
        ),
        ("示例街道新村路12号", "示例街道***", "示例街道***"),
        ("示例乡1村", "示例乡***", "示例乡***"),
        ("和平村东门市场3号", "和平村***", "***"),
        ("阳光小区3幢", "***", "***"),
        ("和平路12号", "***", "***"),
        ("示例镇", "示例镇", "示例镇"),
        ("", "", ""),
    ],
)
def test_addresses(address: str, screen: str, public: str) -> None:
    """Row "address": to village or community on screen, to the township in public."""
    assert mask_address(address) == screen
    assert mask_address(address, Reach.OUTSIDE) == screen
    assert mask_address(address, Reach.PUBLIC) == public


def test_bank_card() -> None:
    """Row "bank card"."""
    assert mask_bank("6222 0212 3456 7890") == "************7890"
    assert mask_bank("6222021234567890", Reach.PUBLIC) == ""


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(Reach))
def test_the_middle_of_a_mobile_never_shows(number: str, reach: Reach) -> None:
    masked = mask_phone(number, reach)
    assert masked in {"", f"{number[:3]}****{number[-4:]}"}


@given(st.text(alphabet="0123456789", max_size=20))
def test_any_digits_hide_at_least_four_or_everything(text: str) -> None:
    for masked in (mask_id(text), mask_id(text, Reach.OUTSIDE), mask_bank(text)):
        assert len(masked) == len(text)
        assert masked.count("*") >= min(4, len(text))


@given(st.text(HAN, min_size=1, max_size=25))
def test_a_han_name_has_a_star_and_shows_its_surname_at_most(name: str) -> None:
    masked = mask_name(name)
    assert masked.endswith("*")
    assert len(masked) == len(name)
    shown = masked.rstrip("*")
    assert shown in {"", name[:1]} or shown in COMPOUND_SURNAMES


@given(st.text())
def test_any_text_as_a_name_is_starred(text: str) -> None:
    assert not text.strip() or "*" in mask_name(text)


@given(st.text(HAN, max_size=12), st.integers(1, 999), st.sampled_from(["号", "组", "栋", "室"]))
def test_house_numbers_never_show(words: str, number: int, unit: str) -> None:
    for reach in Reach:
        assert str(number) not in mask_address(f"{words}{number}{unit}", reach)
