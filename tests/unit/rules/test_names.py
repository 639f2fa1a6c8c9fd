"""Names: NM-01, 02, 06, 07, 08 and compound surnames (domain.md §11)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.names import (
    COMPOUND_SURNAMES,
    MAX_LENGTH,
    check_name,
    name_key,
    normalise_separators,
    private_use,
    split_surname,
)

RARE = "喆堃䶮㛃㼆䜣㑇鿍𬱖𬸣𬎆𫖯𬍛𠅤𬭎𬀩𬸚𬜬𫇭𪟝𬙂𬘭𫄸𤩽"
HAN = st.sampled_from(RARE + "王李张某欧阳〇\U0002ebf0\U0003134a")


@pytest.mark.parametrize(
    "sign", ["\u00b7", "\u2022", "\u2027", "\u30fb", "\uff65", "\uff0e", "\u002e", "\u16eb"]
)
def test_every_separator_between_han_becomes_the_middle_dot(sign: str) -> None:
    """NM-01."""
    assert check_name(f"买买提{sign}吐尔逊").clean == "买买提\u00b7吐尔逊"
    assert check_name(f"买买提 {sign} 吐尔逊").clean == "买买提\u00b7吐尔逊"
    assert normalise_separators(f"J{sign}S") == f"J{sign}S"


def test_a_dot_in_a_latin_name_stays() -> None:
    check = check_name("J. Smith")
    assert (check.clean, check.doubts, check.problem) == ("J. Smith", (), "")


@pytest.mark.parametrize("gap", [" ", "\u3000", "\u00a0", "\t", "\n", "\u2003", " \u3000 "])
def test_blanks_inside_a_han_name_go_without_a_word(gap: str) -> None:
    assert check_name(f" 王{gap}某{gap}") == check_name("王某")
    assert check_name("王某").doubts == ()


def test_blanks_in_a_latin_name_become_one() -> None:
    assert check_name("John \u3000 Smith").clean == "John Smith"


@pytest.mark.parametrize(
    "sign", ["\u0000", "\u0007", "\u200b", "\u200f", "\u202e", "\u2066", "\u00ad", "\ufeff"]
)
def test_control_and_bidi_characters_are_removed_with_a_doubt(sign: str) -> None:
    check = check_name(f"王{sign}某")
    assert (check.clean, check.problem) == ("王某", "")
    assert "控制字符" in check.doubts[0]


def test_length_counts_code_points() -> None:
    """NM-02, NM-06."""
    assert MAX_LENGTH == 50
    assert len("阿卜杜热合曼·买买提") == 10
    assert check_name("𬱖" * 50).problem == ""
    assert check_name("𬱖" * 51).problem == "姓名最多 50 个字，现在是 51 个字。"
    assert check_name("某" * 60).problem


def test_nothing_and_half_characters_are_problems() -> None:
    assert check_name(" \u3000").problem == "请填写姓名。"
    assert check_name("\u202e").problem == "请填写姓名。"
    assert "残缺" in check_name("王\ud869").problem


def test_the_key_is_nfc_never_nfkc() -> None:
    """NM-07: U+F9D1 is 六 under NFC already; U+2F00 must not become 一, and is pointed out."""
    assert name_key("\uf9d1某") == "六某"
    assert check_name("\uf9d1某").clean == "\uf9d1某"
    assert name_key("\u2f00某") == "\u2f00某"
    assert "\u2f00" in check_name("\u2f00某").doubts[0]


def test_private_use_is_flagged() -> None:
    """NM-08."""
    check = check_name("王\ue863\U000f0001")
    assert check.clean == "王\ue863\U000f0001"
    assert "U+E863、U+F0001" in check.doubts[0]
    assert private_use("\ue863某\ue863") == ("\ue863",)
    assert private_use(RARE) == ()


@pytest.mark.parametrize("character", [*RARE, "\U0002ebf0", "\U0003134a"])
def test_rare_characters_are_names(character: str) -> None:
    """NM-03: planes newer than this Python's tables included."""
    assert check_name(f"王{character}某").doubts == ()


@pytest.mark.parametrize(
    "name", ["努尔麦麦提·阿卜杜喀迪尔", "扎西次仁", "巴特尔", "O'Brien", "José", "王A某"]
)
def test_other_names_are_no_doubt(name: str) -> None:
    assert check_name(name) == check_name(check_name(name).clean)
    assert check_name(name).doubts == ()


@pytest.mark.parametrize(
    ("name", "sign"),
    [("王?", "?"), ("王某1", "1"), ("·王某", "·"), ("王某(小)", "(、)"), ("王\ufffd", "\ufffd")],
)
def test_odd_signs_are_doubted(name: str, sign: str) -> None:
    assert f"“{sign}”" in check_name(name).doubts[0]


def test_one_character_is_doubted() -> None:
    check = check_name("某")
    assert check.problem == ""
    assert "只有一个字" in check.doubts[0]


def test_surnames_longest_first() -> None:
    assert split_surname("欧阳某") == ("欧阳", "某")
    assert split_surname("叶赫那拉某") == ("叶赫那拉", "某")
    assert split_surname("单于某") == ("单于", "某")
    assert split_surname("欧阳") == ("欧", "阳")
    assert split_surname("张某") == ("张", "某")
    assert split_surname("𬜬某") == ("𬜬", "某")
    assert split_surname("某") == ("某", "")
    assert split_surname("买买提·吐尔逊") == ("", "买买提·吐尔逊")
    assert split_surname("John Smith") == ("", "John Smith")
    assert split_surname("") == ("", "")


def test_every_compound_surname_of_the_list_is_found() -> None:
    assert len(COMPOUND_SURNAMES) == 62
    for surname in COMPOUND_SURNAMES:
        assert split_surname(f"{surname}某") == (surname, "某")


@given(st.text(HAN, min_size=1, max_size=60))
def test_a_han_name_is_left_as_it_is(name: str) -> None:
    check = check_name(name)
    assert check.clean == name
    assert bool(check.problem) == (len(name) > MAX_LENGTH)
    assert "".join(split_surname(name)) == name


@given(st.text())
def test_any_text_is_answered_and_cleaning_again_changes_nothing(text: str) -> None:
    check = check_name(text)
    assert check_name(check.clean).clean == check.clean
    assert check.key == unicodedata.normalize("NFC", check.clean)
    assert not any(unicodedata.category(character) in {"Cc", "Cf"} for character in check.clean)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=6))
def test_a_plain_name_has_the_key_it_has_with_blanks_around_it(name: str) -> None:
    assert name_key(name) == name_key(f" {name} ") == name


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=MAX_LENGTH + 2)
)
def test_a_name_of_common_characters_is_found_what_it_is_with_a_blank_behind_it(name: str) -> None:
    """Such a name goes a short way, the same with a blank the long one."""
    assert check_name(name) == check_name(f"{name} ")
