"""What an op finds: stored state with what earlier ops of the batch made of it."""

from desk.hub.ledger import HeadRow
from desk.hub.view import load, unique_numbers
from desk.wire.heads import Head
from tests.hub.hub_ops import AT, SCOPE, op
from tests.sync.memory import MemoryLedger


def test_a_group_writes_on_a_view_of_its_own() -> None:
    ledger = MemoryLedger(SCOPE, "e1")
    with ledger.turn(SCOPE) as turn:
        view = load(turn, [op("o1")], ["o1"], 1, AT)
    first, second = view.fork(), view.fork()
    first.heads["matter", "r1"] = first.batch.heads["matter", "r1"] = HeadRow(Head(1), "d1")
    assert ("matter", "r1") not in second.heads
    assert ("matter", "r1") not in view.heads
    view.take_over(first)
    assert view.heads["matter", "r1"] == view.batch.heads["matter", "r1"] == HeadRow(Head(1), "d1")


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
