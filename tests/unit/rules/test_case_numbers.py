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


@given(st.integers(1, 60))
def test_cl5_no_two_numbers_of_a_year_look_alike(count: int) -> None:
    assert len({case_number(SHIPPED, "乾佑", 2026, n) for n in range(1, count + 1)}) == count


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
