"""Where the values of a conflict came from: who wrote them, when, and what both began from.

Asked when the conflict comes in and kept with it, because the revisions that tell may be pruned later.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.services.sync.heads import Step
from desk.services.sync.shadow import spell
from desk.wire.op import INSERTED_BY
from desk.wire.revision import Conflict

NEWS: Final = (
    "INSERT OR IGNORE INTO merge_news (op_id, noun, record_id, fields, user_id, at, read)"
    " VALUES (?, ?, ?, ?, ?, ?, 0)"
)
"""Writes down what `news` returns; what was read before the hub's past changed stays read."""

_SILENT: Final = frozenset({"audit", "print_job"})
_HELD = (
    "SELECT body FROM outbox WHERE op_id = ? UNION ALL SELECT body FROM revision_log WHERE op_id = ? LIMIT 1"
)
_LOGGED = "SELECT body, result, before FROM revision_log WHERE op_id = ?"


@dataclass(frozen=True)
class _Wrote:
    """What the log tells of one op; empty where it was pruned or came as a head of a snapshot."""

    op: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)


def of_conflict(rows: Rows, conflict: Conflict) -> tuple[str, str, str | None, str, str | None]:
    """Return before (JSON, "" where not known), who wrote mine and when, who wrote theirs and when."""
    mine, theirs = _wrote(rows, conflict.mine_op), _wrote(rows, conflict.theirs_op)
    return (
        _before(rows, conflict, mine, theirs),
        *(str(mine.op.get("user", "")), mine.op.get("at")),
        *(str(theirs.op.get("user", "")), theirs.op.get("at")),
    )


def news(step: Step) -> Iterable[tuple[Any, ...]]:
    """Say what a merged revision changed, for the list of news; records nobody reads by name are left out."""
    told = step.told
    if told.noun in _SILENT or told.kind == "close":
        return
    op = json.loads(step.revision.op.body)
    yield (
        *(step.revision.op.op, told.noun, told.record_id, ",".join(sorted(op.get("set", {})))),
        *(str(op.get("user", "")), step.revision.at),
    )


def told_by_op(rows: Rows, op_id: str) -> Mapping[str, Any]:
    """Return an op as this PC holds it, waiting or accepted; empty where it was pruned."""
    found = plain.ask(rows, _HELD, (op_id, op_id)) if op_id else []
    read: Mapping[str, Any] = json.loads(found[0][0]) if found else {}
    return read


def _wrote(rows: Rows, op_id: str) -> _Wrote:
    found = plain.ask(rows, _LOGGED, (op_id,))
    if not found:
        return _Wrote()
    body, result, before = found[0]
    return _Wrote(json.loads(body), json.loads(result or "{}"), json.loads(before or "{}"))


def _before(rows: Rows, conflict: Conflict, mine: _Wrote, theirs: _Wrote) -> str:
    name = conflict.field
    if name in mine.op.get("from", {}):
        return spell(mine.op["from"][name])
    base = mine.op.get("base", {}).get(name, "")
    if not base:
        return ""
    stood = theirs.before.get("field_op", {})
    if stood.get(name, stood.get(INSERTED_BY)) == base:
        if name in theirs.before.get("set", {}):
            return spell(theirs.before["set"][name])
        if name in theirs.before.get("unset", ()):
            return spell(None)
    made = _wrote(rows, base)
    if name in made.result.get("set", {}):
        return spell(made.result["set"][name])
    # The op that inserted the record leaves out what nobody wrote.
    return spell(None) if made.op.get("kind") == "insert" else ""
