"""The code on a board carries no personal data and is never taken for a receipt (domain.md 7.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules import receipts
from desk.rules.board_code import board_code

DEPUTY = "0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a50"


def test_with_a_host_the_code_is_an_address() -> None:
    assert board_code("330106004", host="xf.example.gov.cn") == "https://xf.example.gov.cn/s/330106004"
    assert (
        board_code("330106004", DEPUTY, "xf.example.gov.cn")
        == f"https://xf.example.gov.cn/s/330106004/{DEPUTY}"
    )


def test_without_a_host_it_still_names_station_and_deputy() -> None:
    assert board_code("330106004") == "JDT1:S:330106004"
    assert board_code("330106004", DEPUTY) == f"JDT1:S:330106004:{DEPUTY}"


@given(st.text(min_size=1, max_size=20), st.sampled_from(["", DEPUTY]), st.sampled_from(["", "a.example"]))
def test_a_board_is_never_taken_for_a_receipt(station: str, deputy: str, host: str) -> None:
    code = board_code(station, deputy, host)
    assert code.isascii()
    with pytest.raises(InputProblem):
        receipts.unpack(code)
