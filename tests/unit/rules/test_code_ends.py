"""What ends in what was typed: phones, receipts, spoken and case numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.code_ends import any_ends_in, ends_in


@pytest.mark.parametrize(
    ("code", "end", "ends"),
    [
        ("13800006621", "6621", True),
        ("13866210000", "6621", False),
        ("LF2026-A0312", "0312", True),
        ("LF2026-A0312", "2026a0312", True),
        ("LF2026-A0312", "2026", False),
        ("〔2026〕示例人调字第1027号", "1027", True),
        ("〔2026〕示例人调字第27号", "2627", False),
        ("0571 8765 4321", "87654321", True),
        ("+852 9123 4567", "91234567", True),
        ("电话 0571 转 8765", "05718765", False),
        ("", "6621", False),
        ("13800006621", "", False),
    ],
)
def test_the_end_of_a_code(code: str, end: str, ends: bool) -> None:
    assert ends_in(code, end) is ends


@given(st.text("0123456789", min_size=1, max_size=11), st.integers(0, 7))
def test_digits_end_in_each_of_their_ends_and_in_nothing_longer(code: str, start: int) -> None:
    end = code[start:]
    assert ends_in(code, end) is bool(end)
    assert not ends_in(code, f"0{code}")


def test_one_of_several_is_enough() -> None:
    assert any_ends_in(("", "13900000172", "TJ2026-A6621"), "6621")
    assert not any_ends_in(("13866210000", "13900000621"), "6621")
