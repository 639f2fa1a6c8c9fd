"""One line as one deputy."""

from datetime import date

from desk.services.roster import columns
from desk.services.roster.understand_row import Sheet, understand_row
from desk.services.sheets.headers import Column
from desk.services.sheets.table import Line

MEANINGS = (
    columns.NAME,
    columns.SEX,
    columns.POST,
    columns.POST,
    columns.PHONE,
    columns.PHONE,
    columns.REMARK,
)


def sheet(*meanings: str, street: bool = False) -> Sheet:
    found = tuple(Column(index, "", meaning) for index, meaning in enumerate(meanings))
    return Sheet(found, title_level="", term="", street=street, today=date(2026, 11, 23))


def test_two_columns_of_posts_are_joined_and_the_first_phone_counts() -> None:
    line = Line(5, ("王某（女）", "", "示例小学", "教师", "", "0571-88880000", "连任"))
    row = understand_row(line, sheet(*MEANINGS))
    assert (row.name, row.sex, row.post, row.phone) == ("王某", "2", "示例小学 教师", "057188880000")


def test_a_remark_behind_the_name_counts() -> None:
    """ZD-04."""
    row = understand_row(Line(5, ("王某（已调离）",)), sheet(*MEANINGS))
    assert (row.name, row.departed, row.remark) == ("王某", True, "已调离")
    row = understand_row(Line(5, ("王某", "", "", "", "", "", "拟调离")), sheet(*MEANINGS))
    assert not row.departed
    assert row.doubts_about(columns.REMARK)


def test_a_level_nobody_knows_is_doubted() -> None:
    row = understand_row(Line(5, ("王某", "县、区域")), sheet(columns.NAME, columns.LEVELS))
    assert row.levels == ("县",)
    assert "域" in row.doubts_about(columns.LEVELS)[0]


def test_a_street_keeps_the_county_mandate() -> None:
    """ZD-05."""
    line = Line(5, ("王某", "县、镇", "第3选区"))
    row = understand_row(line, sheet(columns.NAME, columns.LEVELS, columns.CONSTITUENCY, street=True))
    assert [(mandate.level, mandate.constituency) for mandate in row.mandates] == [("县", "第3选区")]
    assert row.consultative
