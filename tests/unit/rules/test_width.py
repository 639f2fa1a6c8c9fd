"""Full-width input made half-width (domain.md §10), Han untouched (NM-07)."""

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.width import half_width


def test_full_width_ascii_and_blank_become_half_width() -> None:
    assert half_width("１３８\u3000ＡＢＣｘ－＋．") == "138 ABCx-+."


def test_han_compatibility_characters_stay() -> None:
    """NM-07: never NFKC."""
    assert half_width("\u2f00㈱王某某〇") == "\u2f00㈱王某某〇"


@given(st.text())
def test_a_second_time_changes_nothing(text: str) -> None:
    assert half_width(half_width(text)) == half_width(text)
    assert len(half_width(text)) == len(text)
