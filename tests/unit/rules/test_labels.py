"""Every code a record may hold has one Chinese word, and no two codes of a table share it."""

import pytest

from desk.rules import labels

TABLES = [value for name, value in vars(labels).items() if name.isupper()]


@pytest.mark.parametrize("table", TABLES)
def test_words_of_a_table_are_distinct_and_chinese(table):
    words = list(table.values())
    assert len(set(words)) == len(words)
    assert all(any("一" <= letter <= "鿿" for letter in word) for word in words)


def test_outcomes_are_the_six_of_the_reception_form():
    # product.md: 当场答复 · 拟交办 · 待研判 · 引导 · 转调解 · 转咨询
    assert list(labels.OUTCOME.values()) == ["当场答复", "拟交办", "待研判", "引导", "转调解", "转咨询"]


def test_mandate_levels_follow_zd_01():
    assert list(labels.MANDATE_LEVEL) == [1, 2, 3, 4, 5]
