"""What is marked in a search hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.marks import marks


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("路灯不亮，路灯坏了", "路灯", ["路灯", "路灯"]),
        ("小区雨后积水", "积", ["积"]),
        ("小区雨后积水", "积水 小区", ["小区", "积水"]),
        ("找 G104 国道", "ｇ１０４", ["G104"]),
        ("LF2026-A0312", "a0312", ["A0312"]),
        ("LF2026-A0312", "lf2026a03", ["LF2026-A03"]),
        ("4071 8826 3", "0718826", ["071 8826"]),
        ("买买提·吐尔逊", "提吐", ["提·吐"]),
        # Every pair of the words is somewhere, though not side by side.
        ("路灯下积水", "路灯坏", ["路灯"]),
        ("王**", "王某", []),
        ("路灯", "", []),
        ("路灯", "，。", []),
    ],
)
def test_words_and_numbers(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start : start + length] for start, length in marks(text, typed)] == marked


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("欧阳某喆", "oy", ["欧阳"]),
        ("欧阳某喆", "mz", ["某喆"]),
        ("欧阳某喆", "ouyang", ["欧阳"]),
        ("欧阳某喆", "yangm", ["阳某"]),
        ("单某某", "s", ["单"]),
        ("单某某", "smm", ["单某某"]),
        ("买买提·吐尔逊", "mmt", ["买买提"]),
        ("买买提·吐尔逊", "tt", ["提·吐"]),
        ("吕某某", "lv", ["吕"]),
        ("吕某某", "lyu", ["吕"]),
        ("王**", "wmm", []),
        ("不愿透露", "xyz", []),
    ],
)
def test_letters_mark_the_characters_they_spell(name: str, typed: str, marked: list[str]) -> None:
    """§11: initials and syllables, surname readings included."""
    text = f"{name} · 路灯"
    assert [text[start : start + length] for start, length in marks(text, typed, name=name)] == marked


@given(st.text("路灯坏了ab12·- 欧阳", max_size=20), st.text("路灯坏了ab12·- 欧阳", max_size=8))
def test_marks_are_inside_the_text_and_apart(text: str, typed: str) -> None:
    end = -1
    for start, length in marks(text, typed, name=text[:4]):
        assert start > end
        assert length > 0
        end = start + length
    assert end <= len(text)
