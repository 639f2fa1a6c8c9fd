"""A push never cuts a save in two unless the save is larger than a push (sync.md 2.3, `tx`)."""

import json

from hypothesis import given
from hypothesis import strategies as st

from desk.services.sync import batches
from desk.services.sync.heads import saved_with
from desk.services.sync.ports import Waiting
from desk.wire.incoming import OpIn

LARGE = 1 << 20


def waiting(saves: list[tuple[int, int]]) -> list[Waiting]:
    """Return ops of saves, each of so many ops of so many bytes and some."""
    ops = [(f"t{n}", size) for n, (count, size) in enumerate(saves) for _op in range(count)]
    return [
        Waiting(n, OpIn(f"o{n}", json.dumps({"tx": tx, "set": {"subject": "x" * size}}).encode()))
        for n, (tx, size) in enumerate(ops)
    ]


def saves_of(taken: tuple[Waiting, ...]) -> list[str]:
    return [saved_with(each.op.body) for each in taken]


def test_a_save_that_does_not_fit_waits_for_the_next_push() -> None:
    ops = waiting([(2, 1), (3, 1)])
    assert saves_of(batches.first(ops[:5], 4, LARGE)) == ["t0", "t0"]
    assert saves_of(batches.first(ops, 5, LARGE)) == ["t0"] * 2 + ["t1"] * 3
    assert saves_of(batches.first(ops[2:], 4, LARGE)) == ["t1"] * 3


def test_bytes_cut_between_saves_too() -> None:
    ops = waiting([(1, 100), (2, 100)])
    room = sum(len(each.op.body) for each in ops) - 1
    assert saves_of(batches.first(ops, 9, room)) == ["t0"]


def test_a_save_larger_than_a_push_goes_in_parts_and_a_large_op_alone() -> None:
    ops = waiting([(7, 1)])
    assert len(batches.first(ops[:5], 4, LARGE)) == 4
    assert len(batches.first(waiting([(2, 500)]), 9, 100)) == 1
    assert batches.first([], 4, LARGE) == ()


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 300)), min_size=1, max_size=8),
    st.integers(1, 12),
    st.integers(1, 3000),
)
def test_all_go_in_their_order_and_whole_where_that_can_be(
    saves: list[tuple[int, int]], most_ops: int, most_bytes: int
) -> None:
    left, sent = waiting(saves), list[Waiting]()
    while left:
        taken = batches.first(left[: most_ops + 1], most_ops, most_bytes)
        size = sum(len(each.op.body) for each in taken)
        assert 0 < len(taken) <= most_ops
        assert size <= most_bytes or len(taken) == 1
        left, cut = left[len(taken) :], saved_with(taken[-1].op.body)
        if left and saved_with(left[0].op.body) == cut:
            # Nothing else was in this push: the save alone is larger.
            assert set(saves_of(taken)) == {cut}
        sent += taken
    assert [each.position for each in sent] == list(range(len(sent)))
