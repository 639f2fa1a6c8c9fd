"""What the hub accepted, written and read."""

import json

import pytest

from desk.wire.codecs import WireError
from desk.wire.incoming import OpIn
from desk.wire.revision import Conflict, Revision, result_from_json, result_to_json
from tests.unit.wire.test_op import OP

TAKEN = OpIn(OP.op, OP.to_bytes())
CONFLICT = Conflict("c1", "state", "o1", "o0", "closed", "open", "state")
PLAIN = Revision(3, 0, "2026-03-02T09:14:05.000+08:00", "applied", TAKEN, {"state": "closed"})
HARD = Revision(4, 1, "2026-03-02T09:14:05.000+08:00", "conflict", TAKEN, {}, (CONFLICT,), ("c0",))


@pytest.mark.parametrize("revision", [PLAIN, HARD])
def test_a_result_comes_back(revision: Revision) -> None:
    body = json.loads(json.dumps(result_to_json(revision)))
    assert result_from_json(body, TAKEN) == revision


def test_nothing_empty_is_written() -> None:
    assert set(result_to_json(PLAIN)) == {"version", "ord", "at", "outcome", "set"}


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "lost"},
        {"version": 0},
        {"ord": -1},
        {"set": None},
        {"set": {"a": [1]}},
        {"set": {"a": 1.5}},
        {"conflicts": [{}]},
        {"conflicts": [{**CONFLICT.to_json(), "reason": "mood"}]},
        {"conflicts": [{**CONFLICT.to_json(), "mine": {}}]},
        {"closed": [7]},
    ],
)
def test_what_is_no_result_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(WireError):
        result_from_json({**result_to_json(HARD), **change}, TAKEN)
