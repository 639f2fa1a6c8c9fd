"""The log of revisions and the conflicts they opened, kept and taken back in the caller's block."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.services.sync import origin, shadow
from desk.services.sync.heads import Key, Step
from desk.wire.op import digest
from desk.wire.revision import result_to_json

_KEEP = (
    "INSERT OR IGNORE INTO revision_log (scope_id, version, ord, op_id, noun, record_id, incarnation, seq,"
    " body, result, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_OPEN = (
    "INSERT OR REPLACE INTO conflict (conflict_id, scope_id, noun, record_id, field, mine_op, theirs_op,"
    " mine, theirs, reason, state, closed_by, version, at, before, mine_user, mine_at, theirs_user,"
    " theirs_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', ?, ?, ?, ?, ?, ?, ?)"
)
_CLOSE = "UPDATE conflict SET state = 'closed', closed_by = ? WHERE conflict_id = ?"
# Answers that count as the page bring no seal: the one the op went out with is the one to keep.
_CARRY = (
    "UPDATE revision_log SET voucher = (SELECT o.voucher FROM outbox o WHERE o.op_id = revision_log.op_id)"
    " WHERE coalesce(voucher, '') = '' AND op_id IN (SELECT value FROM json_each(?))"
    " AND EXISTS (SELECT 1 FROM outbox o WHERE o.op_id = revision_log.op_id AND o.voucher != '')"
)
_CLEAR = "DELETE FROM outbox WHERE op_id IN (SELECT value FROM json_each(?))"
_SETTLE = "DELETE FROM attention WHERE op_id IN (SELECT value FROM json_each(?))"
_OWN = "SELECT op_id FROM outbox WHERE op_id IN (SELECT value FROM json_each(?))"
# What is durable may go, but no own one above a pending op: the gap would look like a loss (`desk verify`).
# Nor one that is offered again itself: that it stands here says that the shadow has it.
_PRUNE = (
    "DELETE FROM revision_log WHERE scope_id = ? AND version <= ? AND NOT EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.incarnation = revision_log.incarnation AND o.seq < revision_log.seq)"
    " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.op_id = revision_log.op_id)"
)
_ABOVE = (
    "SELECT version, op_id, noun, record_id, incarnation, seq, body, coalesce(voucher, ''), result, before"
    " FROM revision_log WHERE scope_id = ? AND version > ? ORDER BY version, ord"
)
_FORGET = "DELETE FROM revision_log WHERE scope_id = ? AND version > ?"
_FRONT = (
    "INSERT OR IGNORE INTO outbox (position, scope_id, op_id, noun, record_id, incarnation, seq, body,"
    " sha256, voucher) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HELD = (
    "SELECT version, op_id, noun, record_id, incarnation, seq, body, coalesce(voucher, '')"
    " FROM revision_log WHERE op_id IN (SELECT value FROM json_each(?)) ORDER BY version, ord"
)
_VOUCH = "UPDATE revision_log SET voucher = ? WHERE op_id = ?"


@dataclass(frozen=True)
class Logged:
    """One revision of the log."""

    version: int
    op_id: str
    noun: str
    record_id: str
    incarnation: str
    seq: int
    body: bytes
    voucher: str
    result: Mapping[str, Any]
    before: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """The record it is about."""
        return self.noun, self.record_id


def keep(rows: Rows, scope: str, steps: Sequence[Step]) -> set[str]:
    """Keep revisions and their conflicts; what was ours leaves outbox and attention (a lost answer, too).

    Returns:
        The ids of the ops that were ours.
    """
    listed = [_line(scope, step) for step in steps]
    names = shadow.spell([step.revision.op.op for step in steps])
    own = {row[0] for row in plain.ask(rows, _OWN, (names,))}
    plain.write_many(rows, _KEEP, listed)
    plain.write(rows, _CARRY, (names,))
    plain.write(rows, _CLEAR, (names,))
    plain.write(rows, _SETTLE, (names,))
    opened = [line for step in steps for line in _conflicts(rows, scope, step)]
    closed = [(step.revision.op.op, each) for step in steps for each in step.revision.closed]
    if opened:
        plain.write_many(rows, _OPEN, opened)
    if closed:
        plain.write_many(rows, _CLOSE, closed)
    told = [line for step in steps if step.revision.outcome == "merged" for line in origin.news(step)]
    if told:
        plain.write_many(rows, origin.NEWS, told)
    return own


def vouch(rows: Rows, vouchers: Sequence[tuple[str, str]]) -> None:
    """Keep with revisions of the log the hub's word that it has them; pairs of voucher and op id."""
    plain.write_many(rows, _VOUCH, vouchers)


def prune(rows: Rows, scope: str, durable: int) -> None:
    """Let go of revisions that every backup of the hub holds (client rule 5)."""
    plain.write(rows, _PRUNE, (scope, durable))


def above(rows: Rows, scope: str, version: int) -> list[Logged]:
    """Return the revisions above a version, own and foreign, in the order they were accepted."""
    return [_logged(row) for row in plain.ask(rows, _ABOVE, (scope, version))]


def forget_above(rows: Rows, scope: str, version: int, lost: Sequence[Logged]) -> None:
    """Take revisions that are no longer the hub's out of the log, with the conflicts they opened."""
    plain.write(rows, _FORGET, (scope, version))
    opened = [(each["id"],) for one in lost for each in one.result.get("conflicts", ())]
    closed = [(each,) for one in lost for each in one.result.get("closed", ())]
    if closed:
        plain.write_many(
            rows, "UPDATE conflict SET state = 'open', closed_by = '' WHERE conflict_id = ?", closed
        )
    if opened:
        plain.write_many(rows, "DELETE FROM conflict WHERE conflict_id = ?", opened)


def offer_first(rows: Rows, scope: str, lost: Sequence[Logged]) -> None:
    """Put ops of a scope in front of the outbox, in their order and under their own ids.

    Those that wait there already stay where they are.
    """
    first = plain.ask(rows, "SELECT coalesce(min(position), 1) FROM outbox")[0][0]
    listed = [
        (
            *(first - len(lost) + n, scope),
            *(each.op_id, each.noun, each.record_id, each.incarnation, each.seq, each.body),
            *(digest(each.body), each.voucher),
        )
        for n, each in enumerate(lost)
    ]
    plain.write_many(rows, _FRONT, listed)


def held(rows: Rows, op_ids: Collection[str]) -> list[Logged]:
    """Return the revisions of these ops, as far as the log still has them, in the order of acceptance."""
    return [_logged((*row, "", "")) for row in plain.ask(rows, _HELD, (shadow.spell(sorted(op_ids)),))]


def _logged(row: tuple[Any, ...]) -> Logged:
    result, before = (json.loads(each) if each else {} for each in row[8:])
    return Logged(*row[:8], result=result, before=before)  # type: ignore[misc]  # eight before the two


def _line(scope: str, step: Step) -> tuple[Any, ...]:
    revision, told = step.revision, step.told
    return (
        *(scope, revision.version, revision.ord, revision.op.op, told.noun, told.record_id),
        *(told.incarnation, told.seq, revision.op.body),
        *(shadow.spell(result_to_json(revision)), shadow.spell(step.before or {})),
    )


def _conflicts(rows: Rows, scope: str, step: Step) -> Iterable[tuple[Any, ...]]:
    for each in step.revision.conflicts:
        # Asked after this batch was kept, so that both ops are found there.
        yield (
            *(each.id, scope, step.told.noun, step.told.record_id, each.field, each.mine_op, each.theirs_op),
            *(shadow.spell(each.mine), shadow.spell(each.theirs), each.reason),
            *(step.revision.version, step.revision.at),
            *origin.of_conflict(rows, each),
        )
