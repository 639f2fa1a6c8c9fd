"""Headers as offices write them."""

import pytest

from desk.services.roster import columns
from desk.services.roster.columns import WORDS, find_header, is_header_word
from desk.services.sheets.table import Line


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("姓\u3000名", columns.NAME),
        ("代表姓名", columns.NAME),
        ("*姓名：", columns.NAME),
        ("联系人姓名", columns.IGNORED),
        ("出生\n年月", columns.BIRTH),
        ("工作单位及职务", columns.POST),
        ("单位职务", columns.POST),
        ("代表层级", columns.LEVELS),
        ("代表类别", columns.LEVELS),
        ("级别", columns.LEVELS),
        ("所在选区（选举单位）", columns.CONSTITUENCY),
        ("选举单位", columns.ELECTING_UNIT),
        ("手机号码", columns.PHONE),
        ("身份证号码", columns.IGNORED),
        ("序号", columns.IGNORED),
        ("联络站", columns.IGNORED),
        ("政治面貌", columns.IGNORED),
        ("备注", columns.REMARK),
    ],
)
def test_titles(title: str, meaning: str) -> None:
    assert WORDS.meaning_of(title) == meaning


def test_the_header_stands_below_titles() -> None:
    lines = (
        Line(1, ("某镇代表名单",)),
        Line(2, ("填报单位：", "", "电话：")),
        Line(4, ("序号", "姓名", "选区")),
    )
    header = find_header(lines)
    assert header is not None
    assert header.line == 4
    assert [column.meaning for column in header.columns] == [
        columns.IGNORED,
        columns.NAME,
        columns.CONSTITUENCY,
    ]


def test_a_header_of_two_lines() -> None:
    upper = Line(1, ("姓名", "联系方式", ""))
    lower = Line(2, ("姓名", "手机", "座机电话"), frozenset({0}))
    header = find_header((upper, lower, Line(3, ("王某", "1", "2"))))
    assert header is not None
    assert header.line == 2
    assert [column.title for column in header.columns] == ["姓名", "手机", "座机电话"]


def test_no_header() -> None:
    assert find_header((Line(1, ("王某", "县", "13800138000")),)) is None
    assert is_header_word("姓 名")
    assert not is_header_word("王某")


def test_every_meaning_has_its_word() -> None:
    assert {meaning for meaning, _pattern in WORDS.patterns} == set(columns.MEANING)
