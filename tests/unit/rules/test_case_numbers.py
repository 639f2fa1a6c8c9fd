"""CL-5: case numbers by committee and year, gapless, never twice; width and style from the profile."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.case_numbers import (
    case_number,
    case_pattern,
    check_short_name,
    doubles,
    holes,
    next_number,
)
from desk.rules.numbers import Number
from desk.services.profile import load_default

SHIPPED = case_pattern(load_default().text("number.mediation_case", date(2026, 11, 23)))


def test_cl5_the_example_of_the_reference() -> None:
    assert case_number(SHIPPED, "乾佑", 2026, 12) == "〔2026〕乾佑人调字第12号"
    assert SHIPPED.parse("〔2026〕乾佑人调字第12号") == Number(2026, 12, committee="乾佑")


def test_cl5_the_width_is_configurable_and_doc08_has_no_leading_zero() -> None:
    assert case_number(case_pattern("({year}){committee}人调字第{n:03}号"), "乾佑", 2026, 7) == (
        "(2026)乾佑人调字第007号"
    )
    assert "第7号" in case_number(SHIPPED, "乾佑", 2026, 7)


@pytest.mark.parametrize(
    "text",
    ["〔{year}〕人调字第{n}号", "{year}{committee}-{letter}{n}", "{committee}{n}", "{year}{committee}"],
)
def test_cl5_a_pattern_that_mixes_committees_or_pcs_is_refused(text: str) -> None:
    with pytest.raises(InputProblem, match="样式") as caught:
        case_pattern(text)
    assert caught.value.field == "number"


def test_cl5_a_series_starts_at_one_and_counts_on() -> None:
    assert [next_number(last) for last in range(3)] == [1, 2, 3]
    with pytest.raises(ValueError, match="starts at 1"):
        next_number(-1)


@given(st.integers(1, 60))
def test_cl5_a_year_has_no_gap_and_no_number_twice(count: int) -> None:
    given_out = [0]
    for _case in range(count):
        given_out.append(next_number(given_out[-1]))
    assert holes(given_out[1:]) == doubles(given_out[1:]) == ()
    printed = {case_number(SHIPPED, "乾佑", 2026, n) for n in given_out[1:]}
    assert len(printed) == count


@given(st.lists(st.integers(1, 30)))
def test_cl5_holes_and_doubles_are_found(given_out: list[int]) -> None:
    assert set(holes(given_out)) == set(range(1, max(given_out, default=0))) - set(given_out)
    assert all(given_out.count(n) > 1 for n in doubles(given_out))
    assert len(set(given_out)) + sum(given_out.count(n) - 1 for n in doubles(given_out)) == len(given_out)


@given(
    st.text("乾佑示例镇村社区一二", min_size=1, max_size=8),
    st.integers(2000, 2999),
    st.integers(1, 10**5),
)
def test_cl5_a_printed_number_is_read_back(short: str, year: int, n: int) -> None:
    assert SHIPPED.parse(case_number(SHIPPED, short, year, n)) == Number(year, n, committee=short)


@pytest.mark.parametrize("short", ["", " ", "乾〔佑", "第一", "长" * 21])
def test_a_short_name_that_spoils_the_number_is_refused(short: str) -> None:
    with pytest.raises(InputProblem) as caught:
        check_short_name(short)
    assert caught.value.field == "short_name"
    assert check_short_name(" 乾 佑 ") == "乾佑"
