"""Cleaning, runs, line breaking and fitting of text for paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import PaperProblem
from desk.services.pdf import fonts, lines
from tests.paper_samples import MISSING, RARE

MIXED = st.text(st.sampled_from("王𬱖陈一，。（）《》“”…·！Ab9-. @\n\t12" + RARE[:4]), max_size=80)


def test_control_and_bidi_characters_never_reach_a_page() -> None:
    dirty = "王\u202e某\u200b某\x00\x1b\u2066\ufeff\u00ad葛\ufe00󠄀"
    assert lines.clean(dirty) == "王某某葛"
    assert lines.clean("一\r\n二\t三\u2028四\u00a0五　六") == "一\n二 三\n四 五　六"


def test_runs_change_face_only_where_they_must() -> None:
    found = lines.runs("王𣇉某", field="来访人")
    assert [(run.face, run.text) for run in found] == [
        (fonts.REGULAR, "王"),
        (fonts.RARE, "𣇉"),
        (fonts.REGULAR, "某"),
    ]


def test_a_missing_glyph_names_the_character_its_code_and_the_field() -> None:
    """product.md, What leaves the desk: never a black box."""
    with pytest.raises(PaperProblem) as caught:
        lines.runs("王" + MISSING, field="来访人")
    assert "U+3FFFD" in caught.value.sentence
    assert MISSING in caught.value.sentence
    assert "来访人" in caught.value.sentence
    assert caught.value.field == "来访人"
    assert caught.value.way_out
    with pytest.raises(PaperProblem, match=r"U\+D800"):
        lines.runs("\ud800")


def test_punctuation_never_starts_a_line_and_openers_never_end_one() -> None:
    """GB/T 15834-2011: 标点 rules."""
    assert lines.wrap("一二三四，五六", 40, 10) == ("一二三", "四，五六")
    assert lines.wrap("一二三（四五）六", 40, 10) == ("一二三", "（四五）", "六")
    assert lines.wrap("一二三四。”五", 40, 10)[1].startswith("四")


def test_words_and_numbers_stay_whole_where_they_fit() -> None:
    assert lines.wrap("登记号LF2026-A0312号", 75, 10) == ("登记号", "LF2026-A0312号")
    assert "".join(lines.wrap("A" * 60, 50, 10)) == "A" * 60
    assert lines.wrap("赔偿2,600.50元整", 55, 10) == ("赔偿", "2,600.50元", "整")
    assert lines.wrap("甲乙,丙", 32, 10) == ("甲乙,", "丙")


def test_a_sum_is_not_read_in_two_halves() -> None:
    """SQ-05: figures and Han words of one sum stand on one line where a line holds them."""
    total = "2,600.00元（大写：贰仟陆佰元整）"
    assert lines.wrap(f"一次付清全部赔偿款{total}。", 200, 10) == ("一次付清全部赔偿款", f"{total}。")
    assert lines.wrap("甲乙丙丁于十二月十日前（含当日）付清", 130, 10)[1].startswith("（含当日）")
    # In a box that holds no whole sum it still gets its lines.
    narrow = lines.wrap(f"共{total}", 60, 10)
    assert "".join(narrow) == f"共{total}"
    assert all(lines.width(line, 10) <= 60.01 for line in narrow)


@given(MIXED, st.floats(min_value=12, max_value=400))
def test_wrapping_loses_nothing_but_blanks_and_fits_the_box(text: str, box: float) -> None:
    ready = lines.clean(text)
    found = lines.wrap(ready, box, 10)
    assert "".join("".join(found).split()) == "".join(ready.split())
    assert all(lines.width(line, 10) <= box + 0.01 or len(line) == 1 for line in found)


@given(MIXED, st.floats(min_value=12, max_value=200), st.integers(min_value=1, max_value=3))
def test_fitting_never_leaves_its_box(text: str, box: float, most: int) -> None:
    fitted = lines.fit(text, box, sizes=(12, 9, 6), most=most)
    assert len(fitted.lines) <= most
    assert all(lines.width(line, fitted.size) <= box + 0.01 for line in fitted.lines)


def test_long_text_shrinks_before_it_is_cut() -> None:
    assert lines.fit("一二三四五", 50, sizes=(10, 8)).size == 10
    assert lines.fit("一二三四五六", 50, sizes=(10, 8)).size == 8
    cut = lines.fit("一二三四五六七八九", 50, sizes=(10, 8))
    assert (cut.lines, cut.cut) == (("一二三四五…",), True)
