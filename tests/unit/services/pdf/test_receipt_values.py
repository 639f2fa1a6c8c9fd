"""事项摘要 takes 32 characters (F-53)."""

from hypothesis import given
from hypothesis import strategies as st

from desk.services.pdf.receipt_values import short_subject


def test_a_short_subject_stays() -> None:
    assert short_subject(" 路灯 不亮\n", 32) == "路灯 不亮"
    assert short_subject("字" * 32, 32) == "字" * 32


@given(st.text(max_size=80), st.integers(min_value=2, max_value=40))
def test_a_long_one_is_cut_with_a_mark(subject: str, most: int) -> None:
    short = short_subject(subject, most)
    assert len(short) <= most
    if len(" ".join(subject.split())) > most:
        assert short.endswith("…")
