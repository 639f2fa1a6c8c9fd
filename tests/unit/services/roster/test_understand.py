"""Messy tables: what is a deputy, what is not, and what the clerk may correct."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk.services.roster import columns
from desk.services.roster.understand import understand
from desk.services.roster.values import Roster
from desk.services.sheets.table import Line, Table

TODAY = date(2026, 11, 23)


def table(*rows: tuple[str, ...], file_name: str = "名单.xlsx") -> Table:
    lines = tuple(Line(number, row) for number, row in enumerate(rows, start=1) if any(row))
    return Table(file_name, "Sheet1", lines)


def understood(*rows: tuple[str, ...]) -> Roster:
    return understand(table(*rows), today=TODAY)


HEADER = ("姓名", "层级", "选区", "职务", "电话", "备注")


def test_totals_sections_repeated_headers_and_remarks_are_passed_over() -> None:
    roster = understood(
        ("示例镇人大代表名单",),
        HEADER,
        ("一、县级代表",),
        ("王某", "县", "第1选区", "教师", "13800138000", ""),
        (),
        HEADER,
        ("李某", "镇", "第2选区", "医生", "13900139000", ""),
        ("合计：3人",),
        ("", "", "", "制表人：张某", "", ""),
    )
    assert [row.name for row in roster.rows] == ["王某", "李某"]
    assert [(line.line, line.reason) for line in roster.skipped] == [
        (3, "合计、标题或说明"),
        (6, "重复的表头"),
        (8, "合计、标题或说明"),
        (9, "没有姓名"),
    ]
    assert roster.notes == ("第 8 行写“合计：3人”，但读到的代表是 2 行，请核对。",)


def test_a_name_that_is_none_is_passed_over_with_its_reason() -> None:
    roster = understood(HEADER, ("第3选区", "县", "", "", "", ""), ("王某", "县", "第1选区", "", "", ""))
    assert [line.reason for line in roster.skipped] == ["姓名一栏不是姓名"]


def test_missing_levels_and_constituency_are_doubted() -> None:
    (row,) = understood(HEADER, ("王某", "", "", "", "", "")).rows
    assert row.doubts_about(columns.LEVELS) == ("没有写代表层级，请补填。",)
    (row,) = understood(HEADER, ("王某", "市、县", "", "", "", "")).rows
    assert row.doubts_about(columns.CONSTITUENCY) == ("县级代表没有写选区，请补填。",)


def test_an_electing_unit_belongs_to_the_upper_levels() -> None:
    """ZD-02."""
    header = ("姓名", "层级", "选区", "选举单位")
    rows = understood(
        header, ("王某", "市、县", "第1选区", "县人大"), ("李某", "市", "县人民代表大会", "")
    ).rows
    assert [(m.level, m.constituency, m.electing_unit) for m in rows[0].mandates] == [
        ("市", "", "县人大"),
        ("县", "第1选区", ""),
    ]
    assert [(m.constituency, m.electing_unit) for m in rows[1].mandates] == [("", "县人民代表大会")]
    assert not rows[0].doubts
    assert not rows[1].doubts


def test_without_a_column_of_levels_the_title_speaks() -> None:
    roster = understood(("示例镇第二十届人民代表大会代表名单",), ("姓名", "电话"), ("王某", "13800138000"))
    assert [(m.level, m.term) for m in roster.rows[0].mandates] == [("镇", "第二十届")]
    assert "按标题都记为镇级代表" in roster.notes[0]


def test_a_street_may_be_named_by_file_title_or_station() -> None:
    """ZD-05."""
    rows = (HEADER, ("王某", "街道议政代表", "", "", "", ""), ("李某", "镇", "第1选区", "", "", ""))
    by_file = understand(table(*rows, file_name="某街道名单.csv"), today=TODAY)
    by_station = understand(table(*rows), street=True, today=TODAY)
    assert by_file.rows == by_station.rows
    assert [row.consultative for row in by_file.rows] == [True, True]
    assert not by_file.rows[0].doubts
    assert not any(row.mandates for row in by_file.rows)
    assert not understood(*rows).rows[1].consultative


def test_the_clerk_corrects_the_columns() -> None:
    rows = (("甲", "乙", "丙"), ("1", "王某", "县"), ("2", "李某", "镇"))
    assert understand(table(*rows), today=TODAY).rows == ()
    assert "姓名" in understand(table(*rows), today=TODAY).notes[0]
    corrected = understand(table(*rows), {1: columns.NAME, 2: columns.LEVELS}, today=TODAY)
    assert [(row.name, row.levels) for row in corrected.rows] == [
        ("乙", ()),
        ("王某", ("县",)),
        ("李某", ("镇",)),
    ]
    assert corrected.rows[0].doubts
    wrong = understand(table(("姓名", "备注"), ("王某", "13800138000")), {1: columns.PHONE}, today=TODAY)
    assert wrong.rows[0].phone == "13800138000"


def test_names_of_60_characters_of_one_and_with_hidden_characters() -> None:
    names = ("某" * 60, "某", "王\u202e某", "王\ue000某", "王\x07某")
    rows = understood(HEADER, *((name, "县", "第1选区", "", "", "") for name in names)).rows
    assert all(row.doubts_about(columns.NAME) for row in rows)
    assert [bool(row.problem) for row in rows] == [True, False, False, False, False]
    assert [row.name for row in rows[2:]] == ["王某", "王\ue000某", "王某"]


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9F00), min_size=2, max_size=4)
LEVELS = st.lists(st.sampled_from(("省", "市", "县", "镇")), min_size=1, unique=True)
PEOPLE = st.lists(
    st.tuples(HAN.map(lambda name: "某" + name), LEVELS, st.integers(1, 40), st.integers(0, 10**8 - 1)),
    max_size=12,
    unique_by=lambda person: person[0],
)
NOISE = st.sampled_from(
    (("",), ("合计：9人",), ("注：本表一式三份。",), HEADER, ("", "", "", "", "13800138000", ""))
)


@given(PEOPLE, st.lists(NOISE, max_size=6), st.randoms())
def test_every_generated_deputy_is_read_and_nobody_else(people, noise, random) -> None:  # type: ignore[no-untyped-def] # Hypothesis fills it
    rows = [
        (f"{name[0]}\u3000{name[1:]} ", "、".join(levels), f"第{place}选区", "教师", f"139 {number:08d}", "")
        for name, levels, place, number in people
    ]
    body = [*rows, *noise]
    random.shuffle(body)
    read = understood(("某镇代表名单",), HEADER, *body)
    assert {row.name for row in read.rows} == {person[0] for person in people}
    assert len(read.rows) == len(people)
    by_name = {row.name: row for row in read.rows}
    for name, levels, place, number in people:
        row = by_name[name]
        assert set(row.levels) == set(levels)
        assert row.constituency == f"第{place}选区"
        assert row.phone == ("" if row.doubts_about(columns.PHONE) and not row.phone else f"139{number:08d}")


@given(st.lists(st.lists(st.text(max_size=8), max_size=6).map(tuple), max_size=12))
def test_no_table_breaks_the_understanding(rows: list[tuple[str, ...]]) -> None:
    for mapping in (None, {0: columns.NAME, 1: columns.LEVELS, 2: columns.BIRTH, 3: columns.PHONE}):
        roster = understand(table(HEADER, *rows), mapping, today=TODAY)
        assert all(row.name for row in roster.rows)
