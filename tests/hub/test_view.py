"""What an op finds: stored state with what earlier ops of the batch made of it."""

from desk.hub.ledger import HeadRow
from desk.hub.view import Mark, load, unique_numbers
from desk.wire.heads import Head
from tests.hub.hub_ops import AT, SCOPE, op
from tests.sync.memory import MemoryLedger


def test_what_a_group_changed_is_taken_back() -> None:
    ledger = MemoryLedger(SCOPE, "e1")
    with ledger.turn(SCOPE) as turn:
        view = load(turn, [op("o1")], ["o1"], 1, AT)
    key, before, after = ("matter", "r1"), HeadRow(Head(1), "d1"), HeadRow(Head(2), "d2")
    view.put(view.heads, key, before)
    mark = view.mark()
    view.put(view.heads, key, after)
    view.put(view.heads, ("matter", "r2"), after)
    view.put(view.batch.numbers, ("visit", "number", "1"), ("r1", "o1"))
    view.batch.closed.append(("c1", "o1"))
    view.back_to(mark)
    assert view.heads == {key: before}
    assert not view.batch.numbers
    assert not view.batch.closed
    view.back_to(Mark(0, (0, 0, 0, 0)))
    assert view.heads == {}


def test_an_op_of_another_device_above_the_cursor_moved_the_record() -> None:
    ledger = MemoryLedger(SCOPE, "e1")
    ledger.state.heads["matter", "r1"] = HeadRow(Head(5), "d2")
    with ledger.turn(SCOPE) as turn:
        view = load(turn, [op("o1", "patch")], ["o1"], 6, AT)
    assert view.past(op("o1", "patch"), 4).moved
    assert not view.past(op("o1", "patch"), 5).moved
    assert not view.past(op("o1", "patch", device="d2"), 4).moved


def test_numbers_that_may_not_stand_twice() -> None:
    made = op("o1", type="visit", set={"number": "LF2026-A0001", "spoken": "81234567", "pad_no": ""})
    assert unique_numbers(made) == [("number", ("visit", "number", "LF2026-A0001"))]
    assert unique_numbers(op("o1", type="visit", set={"number": ""})) == []
