"""Ops as desks write them, for the tests of the hub."""

from typing import Any

from desk.wire.incoming import OpIn
from desk.wire.messages import Push
from desk.wire.op import Op
from desk.wire.records import SCHEMA

SCOPE = "S:01990000-0000-7000-8000-000000000001"
AT = "2026-11-23T09:00:00.000+08:00"


def op(name: str, kind: str = "insert", **said: Any) -> Op:
    """Write one op on matter r1 of device d1; `said` names what is different."""
    body: dict[str, Any] = {
        "op": name,
        "device": "d1",
        "incarnation": "i1",
        "run": 1,
        "seq": 1,
        "tx": f"tx-{name}",
        "scope": SCOPE,
        "type": "matter",
        "rec": "r1",
        "kind": kind,
        "set": {},
        "base": {},
        "user": "u1",
        "at": AT,
        "offset": None,
        "mono": 1,
        "schema": SCHEMA,
    }
    return Op(**{**body, **said})


def given(*ops: Op) -> tuple[OpIn, ...]:
    """Make them ready to travel."""
    return tuple(OpIn(each.op, each.to_bytes()) for each in ops)


def push(*ops: Op | OpIn, epoch: str = "e1", cursor: int = 0, highest: int = 0, scope: str = SCOPE) -> Push:
    """Write a push of these ops."""
    taken = tuple(each if isinstance(each, OpIn) else OpIn(each.op, each.to_bytes()) for each in ops)
    return Push("d1", "i1", scope, epoch, SCHEMA, cursor, taken, highest)
