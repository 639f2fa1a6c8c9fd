"""The sum over the ids of all ops of a scope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import trail
from desk.wire.codecs import WireError

PLACED = st.lists(st.tuples(st.integers(1, 9), st.text("abc", min_size=1, max_size=3)), max_size=9).map(
    lambda found: sorted(found, key=lambda each: each[0])
)


@given(PLACED, PLACED)
def test_what_was_laid_comes_off_again(below: list[tuple[int, str]], above: list[tuple[int, str]]) -> None:
    stood = trail.after(trail.START, below)
    above = [(version + 9, op) for version, op in above]
    assert trail.before(trail.after(stood, above), above) == stood
    assert trail.after(stood, above) == trail.after(trail.START, below + above)


def test_each_part_of_an_op_counts() -> None:
    """Its id, its version, and its place among those of its version."""
    ways = (
        [(1, "a"), (1, "b")],
        [(1, "b"), (1, "a")],
        [(1, "a"), (2, "b")],
        [(1, "a"), (1, "c")],
        [(1, "a")],
        [(2, "a"), (2, "b")],
        [],
    )
    assert len({trail.after(trail.START, each) for each in ways}) == len(ways)


def test_an_unknown_trail_stays_unknown() -> None:
    assert trail.after("", [(1, "a")]) == ""
    assert trail.before("", [(1, "a")]) == ""


def test_only_a_sum_is_read() -> None:
    assert trail.told({}) == ""
    assert trail.told({"trail": "0a" * 16}) == "0a" * 16
    for bad in ("0a", "0A" * 16, "zz" * 16, 7, "0a" * 16 + "\n"):
        with pytest.raises(WireError):
            trail.told({"trail": bad})
