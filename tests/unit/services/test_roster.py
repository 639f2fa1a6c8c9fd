"""The three real rosters, read whole: every deputy, cell and doubt as written in roster/expected_*.tsv."""

import csv
from datetime import date
from pathlib import Path

import pytest

from desk.services.roster import columns
from desk.services.roster.understand import understand
from desk.services.roster.values import Roster, RosterRow
from desk.services.sheets.read import read

HERE = Path(__file__).parent / "roster"
REAL = Path(__file__).parents[2] / "real"
TODAY = date(2026, 11, 23)

ROSTERS = [
    ("代表花名册-示例镇.xlsx", "expected_town.tsv", 67),
    ("代表名单-县导出.csv", "expected_county.tsv", 216),
    ("联系表-街道.xls", "expected_street.tsv", 38),
]


def roster(name: str) -> Roster:
    return understand(read(REAL / name, columns.WORDS), today=TODAY)


def expected(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def as_words(row: RosterRow) -> dict[str, str]:
    doubted = {columns.MEANING[doubt.field] for doubt in row.doubts}
    return {
        "行": str(row.line),
        "姓名": row.name,
        "层级": "、".join(row.levels),
        "选区": row.constituency,
        "职务": row.post,
        "电话": row.phone,
        "调离": "已调离" if row.departed else "",
        "疑点": "、".join(
            word for word in ("代表层级", "选区", "电话", "姓名", "出生年月", "备注") if word in doubted
        ),
    }


@pytest.mark.parametrize(("file", "answer", "count"), ROSTERS)
def test_every_deputy_of_a_real_roster_is_read_and_every_doubt_shown(
    file: str, answer: str, count: int
) -> None:
    rows = roster(file).rows
    assert [as_words(row) for row in rows] == expected(answer)
    assert len(rows) == count
    assert not any(row.problem for row in rows)


def test_title_total_and_remark_of_the_town_are_no_deputies() -> None:
    town = roster("代表花名册-示例镇.xlsx")
    assert town.title == "示例镇第十九届人民代表大会代表花名册"
    assert town.header_line == 3
    assert [(line.line, line.text) for line in town.skipped] == [
        (75, "合计：67人"),
        (76, "注：本表一式三份，报县人大代表工委一份。"),
    ]
    assert town.notes == ()


def test_five_spellings_of_a_date_become_days() -> None:
    births = {row.line: row.birth for row in roster("代表花名册-示例镇.xlsx").rows}
    assert births[4] == date(1997, 5, 1)  # the number 199705
    assert births[5] == date(1979, 4, 1)  # 1979年4月
    assert births[8] == date(1966, 1, 1)  # a date cell
    assert births[9] == date(1993, 7, 15)  # 1993-07-15
    assert births[10] == date(1994, 9, 1)  # 1994.09
    assert births[29] == date(1952, 2, 1)  # 52.02
    assert all(births.values())


def test_peoples_sexes_and_remarks_are_tidied() -> None:
    rows = {row.line: row for row in roster("代表花名册-示例镇.xlsx").rows}
    assert {row.ethnicity for row in rows.values()} == {"汉族", "回族", "维吾尔族"}
    assert (rows[4].sex, rows[7].sex) == ("2", "1")
    assert rows[27].remark == "2026年1月补选"


def test_namesakes_of_the_town_stay_two_people_and_say_in_what_they_differ() -> None:
    rows = {row.line: row for row in roster("代表花名册-示例镇.xlsx").rows}
    (sentence,) = rows[7].doubts_about(columns.NAME)
    assert sentence.startswith(
        "与第 39 行同名（出生年月、代表层级、选区、单位职务、电话不同），可能是重复登记"
    )
    assert [row.line for row in rows.values() if row.name == "贾涛生"] == [7, 39]


def test_a_phone_destroyed_by_the_spreadsheet_is_not_made_up() -> None:
    (row,) = (row for row in roster("代表名单-县导出.csv").rows if row.name == "许福")
    assert row.phone == ""
    (sentence,) = row.doubts_about(columns.PHONE)
    assert "1.88399E+10" in sentence


def test_a_mandate_holds_the_constituency_of_its_own_level() -> None:
    """ZD-02, ZD-03: the constituency belongs to 县, the mandate of 市 has none."""
    (row,) = (row for row in roster("代表名单-县导出.csv").rows if row.name == "邓堃玉")
    assert [(m.level, m.constituency, m.electing_unit) for m in row.mandates] == [
        ("市", "", ""),
        ("县", "第25选区", ""),
    ]


def test_the_term_of_the_title_is_the_towns() -> None:
    rows = {row.line: row for row in roster("代表花名册-示例镇.xlsx").rows}
    assert [(m.level, m.term) for m in rows[8].mandates] == [("县", ""), ("镇", "第十九届")]


def test_a_street_has_no_deputies_of_the_town_level() -> None:
    """ZD-05: what the list calls 镇 is shown and doubted, and stored as 议政代表 without that mandate."""
    street = roster("联系表-街道.xls")
    town_level = [row for row in street.rows if "镇" in row.levels]
    assert len(town_level) == 14
    assert all(row.consultative and row.doubts_about(columns.LEVELS) for row in town_level)
    assert not any(mandate.level == "镇" for row in street.rows for mandate in row.mandates)
    assert not any(row.consultative for row in street.rows if row not in town_level)
    assert len(street.notes) == 1
