"""Who stands in a roster twice."""

from datetime import date

from desk.services.roster import columns
from desk.services.roster.repeats import settle_repeats
from desk.services.roster.understand import understand
from desk.services.roster.values import RosterMandate, RosterRow
from desk.services.sheets.table import Line, Table

PHONE = "13800138000"


def row(line: int, name: str = "王某", level: str = "县", place: str = "", **fields: object) -> RosterRow:
    mandates = (RosterMandate(level, constituency=place),)
    values = {"levels": (level,), "mandates": mandates, "constituency": place, "lines": (line,), **fields}
    return RosterRow(line=line, name=name, **values)  # type: ignore[arg-type] # a short hand for tests


def test_the_same_line_twice_is_one_person_and_says_so() -> None:
    (one,) = settle_repeats([row(4, place="第1选区", phone=PHONE), row(9, place="第1选区", phone=PHONE)])
    assert one.lines == (4, 9)
    assert "第 4、9 行" in one.doubts_about(columns.NAME)[0]


def test_two_mandates_on_two_lines_are_one_person() -> None:
    """ZD-03."""
    (one,) = settle_repeats(
        [row(4, level="镇", place="第1选区", phone=PHONE), row(9, place="第7选区", phone=PHONE)]
    )
    assert one.levels == ("县", "镇")
    assert [(m.level, m.constituency) for m in one.mandates] == [("县", "第7选区"), ("镇", "第1选区")]
    assert one.constituency == "第1选区；第7选区"


def test_contradictions_keep_namesakes_apart() -> None:
    for field, value in (("sex", "2"), ("birth", date(1990, 1, 1)), ("departed", True), ("place", "第2选区")):
        first = row(4, place="第1选区", phone=PHONE, sex="1", birth=date(1970, 1, 1))
        fields = {"place": "第1选区", "phone": PHONE, "sex": "1", "birth": date(1970, 1, 1), field: value}
        both = settle_repeats([first, row(9, **fields)])  # type: ignore[arg-type] # a short hand for tests
        assert [person.line for person in both] == [4, 9], field
        assert all(person.doubts_about(columns.NAME) for person in both)


def test_without_a_phone_nobody_is_surely_the_same() -> None:
    both = settle_repeats([row(4, place="第1选区"), row(9, place="第1选区")])
    assert [person.doubts_about(columns.NAME)[0][:24] for person in both] == [
        "与第 9 行同名（其余都相同），可能是重复登记，",
        "与第 4 行同名（其余都相同），可能是重复登记，",
    ]


def test_one_phone_of_two_people_is_doubted() -> None:
    both = settle_repeats([row(4, "王某", phone=PHONE), row(9, "李某", phone=PHONE)])
    assert both[0].doubts_about(columns.PHONE) == ("与第 9 行的李某电话相同，请核对。",)


def test_a_name_merged_over_two_lines_is_one_person() -> None:
    lines = (
        Line(1, ("姓名", "层级", "选区")),
        Line(2, ("王某", "县", "第1选区")),
        Line(3, ("王某", "镇", "第4选区"), frozenset({0})),
        Line(4, ("李某", "镇", "第4选区")),
    )
    people = understand(Table("名单.xlsx", "", lines), today=date(2026, 11, 23)).rows
    assert [(person.name, person.levels, person.lines) for person in people] == [
        ("王某", ("县", "镇"), (2, 3)),
        ("李某", ("镇",), (4,)),
    ]
    assert not people[0].doubts
