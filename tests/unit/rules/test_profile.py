"""product.md, Local rules are data: rows apply from their date, layers lie on one another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.deadlines import Term, Unit
from desk.rules.profile import LOCAL, Profile, Row, Value, overlay

START = date(2026, 1, 1)


def row(key: str, value: Value, unit: str = "workday", valid_from: date = START) -> Row:
    return Row(key, value, unit, valid_from, LOCAL)


BASE = Profile(
    "出厂默认",
    "2026.1",
    (
        row("term.tell_where", 3),
        row("term.tell_where", 5, valid_from=date(2026, 7, 1)),
        row("receipt.host", "", "text"),
        row("dengbao.enabled", value=False, unit="flag"),
        row("category.urban", "城乡建设", "text"),
        row("category.other", "其他", "text"),
        row("levels", ("town", "county"), "list"),
        row("holidays.2026", (date(2026, 10, 1),), "dates"),
    ),
)


def test_a_change_applies_from_its_date() -> None:
    assert BASE.term("term.tell_where", date(2026, 6, 30)) == Term(3, Unit.WORKDAY)
    assert BASE.term("term.tell_where", date(2026, 7, 1)) == Term(5, Unit.WORKDAY)


def test_before_the_first_date_the_first_row_is_all_there_is() -> None:
    assert BASE.number("term.tell_where", date(1970, 1, 1)) == 3


def test_typed_lookups() -> None:
    assert BASE.text("receipt.host", START) == ""
    assert BASE.flag("dengbao.enabled", START) is False
    assert BASE.items("levels", START) == ("town", "county")
    assert BASE.dates("holidays.2026", START) == {date(2026, 10, 1)}
    assert [found.key for found in BASE.rows("category", START)] == ["category.urban", "category.other"]
    assert BASE.value("category.urban", START) == "城乡建设"


def test_asking_for_another_kind_or_an_unknown_key_is_a_bug_and_flies() -> None:
    with pytest.raises(TypeError, match=r"receipt\.host"):
        BASE.number("receipt.host", START)
    with pytest.raises(KeyError):
        BASE.value("no.such", START)


def test_the_county_rules_from_its_first_date_and_the_default_before() -> None:
    county = Profile("示例县", "3", (row("term.tell_where", 10, valid_from=date(2026, 3, 1)),))
    merged = overlay(BASE, county)
    assert merged.number("term.tell_where", date(2026, 2, 28)) == 3
    assert merged.number("term.tell_where", date(2026, 3, 1)) == 10
    assert merged.number("term.tell_where", date(2026, 12, 1)) == 10
    assert merged.version == "2026.1+示例县 3"
    assert merged.text("category.urban", START) == "城乡建设"


@given(
    st.dictionaries(st.integers(0, 700), st.integers(0, 90), min_size=1),
    st.integers(-50, 800),
)
def test_the_newest_valid_row_rules_whatever_the_order_of_the_file(values: dict[int, int], on: int) -> None:
    rows = tuple(row("x", value, "day", START + timedelta(days=day)) for day, value in values.items())
    valid = [day for day in values if day <= on]
    expected = values[max(valid)] if valid else values[min(values)]
    assert Profile("p", "1", rows).number("x", START + timedelta(days=on)) == expected
