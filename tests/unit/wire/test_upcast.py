"""Ops of older schemas (sync.md 2.11)."""

from typing import Any

from desk.wire import upcast
from desk.wire.records import SCHEMA


def test_there_is_a_step_from_every_older_schema() -> None:
    assert set(upcast.STEPS) == set(range(1, SCHEMA))


def test_three_schemas_are_served() -> None:
    assert max(1, SCHEMA - 2) == upcast.OLDEST_SERVED


def test_steps_are_taken_in_order_from_the_schema_said() -> None:
    steps = {n: lambda body, n=n: {**body, "way": f"{body.get('way', '')}{n}"} for n in (1, 2, 3)}
    body: dict[str, Any] = {"schema": 2}
    assert upcast.upcast(body, steps, 4)["way"] == "23"
    assert upcast.upcast({"schema": 1}, steps, 4)["way"] == "123"
    assert body == {"schema": 2}


def test_a_newer_one_or_one_without_a_schema_stays() -> None:
    for body in ({"schema": SCHEMA + 5}, {"schema": "2"}, {"schema": True}, {}):
        assert upcast.upcast(body) is body
