"""Headers are found by the words of one kind of table (the rosters' own are tested beside them)."""

from desk.services.sheets.headers import IGNORED, Column, Words, find_header, plain_title
from desk.services.sheets.table import Line

WORDS = Words(("what", "why"), (("day", "日期|时间"), ("what", "事由"), ("why", "反映问题")))


def test_one_of_the_keys_and_one_meaning_more() -> None:
    header = find_header((Line(1, ("台账",)), Line(3, ("日 期", "反映问题：", "备注"))), WORDS)
    assert header is not None
    assert header.line == 3
    assert header.columns == (
        Column(0, "日期", "day"),
        Column(1, "反映问题", "why"),
        Column(2, "备注", IGNORED),
    )
    assert find_header((Line(1, ("事由", "备注")),), WORDS) is None
    assert find_header((Line(1, ("日期", "备注")),), WORDS) is None


def test_the_words_come_through_to_the_other_process() -> None:
    assert Words.from_json(WORDS.as_json()) == WORDS


def test_signs_of_forms_are_no_part_of_a_title() -> None:
    assert plain_title("＊姓\u3000名：") == "姓名"
