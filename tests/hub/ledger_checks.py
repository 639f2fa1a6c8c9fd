"""What every ledger must do alike, in memory and on PostgreSQL; `test_ledger.py` asks it of both."""

from desk.hub import sync
from desk.hub.ledger import Ledger
from desk.wire.codecs import Json
from desk.wire.messages import Answer, Page, Pull, Pulled, Pushed, Want
from desk.wire.op import Op
from desk.wire.records import SCHEMA
from tests.hub.hub_ops import SCOPE, op, push


def tell(ledger: Ledger, *ops: Op, cursor: int = 0) -> list[Answer]:
    """Push ops and return the answers."""
    scope = ledger.scope(SCOPE)
    assert scope is not None
    answered = sync.push(ledger, push(*ops, epoch=scope.epoch, cursor=cursor))
    assert isinstance(answered, Pushed), answered
    return list(answered.answers)


def page(ledger: Ledger, cursor: int, most: int = 1000) -> Page:
    """Pull one page."""
    scope = ledger.scope(SCOPE)
    assert scope is not None
    answer = sync.pull(ledger, Pull(SCHEMA, (Want(SCOPE, scope.epoch, cursor),), most))
    assert isinstance(answer, Pulled)
    assert isinstance(answer.parts[0], Page), answer.parts[0]
    return answer.parts[0]


def fields(ledger: Ledger, noun: str, record_id: str) -> dict[str, Json]:
    """Return the fields of a head, by way of the snapshot."""
    read = ledger.snapshot(SCOPE, ("", ""), 1000)
    assert read is not None
    return dict(next(head.fields for key, head in read[1] if key == (noun, record_id)))


def story(ledger: Ledger) -> list[tuple[str, ...]]:
    """Play pushes that touch every table and return the verdicts of each."""
    roles = {"roles": {"add": ["clerk"], "remove": []}}
    took = {"roles": {"add": [], "remove": ["clerk"]}}
    steps: list[list[Op]] = [
        [op("o1", set={"subject": "路灯", "state": "open"}), op("o2", rec="r2", set={"fast_track": True})],
        [op("o1", set={"subject": "路灯", "state": "open"})],
        [op("o3", "patch", set={"subject": "树"}, base={"subject": "o1"})],
        [op("o4", "patch", device="d2", set={"subject": "井"}, base={"subject": "o1"})],
        [op("o5", rec="r5", set={"subject": 7}), op("o6", rec="r6")],
        [op("o5", rec="r5", set={"subject": 7})],
        [op("o7", "patch", rec="r5", set={"request": "修"}, base={"request": "o5"})],
        [op("o8", "patch", set={"request": "修"}, base={"request": "missing"})],
        [op("o9", type="user", rec="u9", set=roles)],
        [op("o10", "patch", type="user", rec="u9", set=took, base={"roles": "o9"})],
        [op("o11", "patch", type="user", rec="u9", set=roles, base={"roles": "o10"})],
        [op("o12", "patch", type="user", device="d2", rec="u9", set=took, base={"roles": "o9"})],
        [op("o13", type="visit", rec="v1", set={"number": "LF2026-A0001"})],
        [op("o14", type="visit", rec="v2", set={"number": "LF2026-A0001"})],
        [op("o15", "void", rec="r2", set={"void": True, "void_reason": "重复"}, base={"*": "o2"})],
        [op("o16", "patch", rec="r2", device="d2", set={"request": "修"}, base={"request": "o2"})],
        [op("o17", rec="r17", set={"mood": "good 😀 \\u0000 \"'"}, schema=SCHEMA + 1)],
        [op("o18", rec="r18", tx="t"), op("o19", rec="r19", tx="t", set={"mood": "?"})],
        [op("o1", set={"subject": "else"})],
    ]
    return [tuple(answer.verdict for answer in tell(ledger, *ops)) for ops in steps]


EXPECTED: list[tuple[str, ...]] = [
    ("applied", "applied"),
    ("duplicate",),
    ("applied",),
    ("conflict",),
    ("quarantined", "applied"),
    ("quarantined",),
    ("quarantined",),
    ("deferred",),
    ("applied",),
    ("applied",),
    ("applied",),
    ("merged",),
    ("applied",),
    ("conflict",),
    ("applied",),
    ("conflict",),
    ("applied",),
    ("quarantined", "quarantined"),
    ("quarantined",),
]
