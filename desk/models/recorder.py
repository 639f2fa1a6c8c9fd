"""The listener that turns each changed synced row into one op per flush, in the same transaction (sync.md).

It also refuses what would slip past it: bulk statements on synced tables, deleted rows, changed facts.
All refusals are bugs of ours, not problems of a user, so they are RuntimeErrors.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Delete, Engine, Insert, Update, event, insert, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.base import LoaderCallableStatus

from desk import clock, ids
from desk.models import plain, row_writer
from desk.models.base import Synced
from desk.models.outbox import ShadowHead
from desk.models.row_states import RowKeeping
from desk.models.tables import SYNCED
from desk.wire import changes, op
from desk.wire.codecs import Json, instant_text
from desk.wire.fields import Conflict, Field, Record
from desk.wire.op import CLOSES, INSERTED_BY, Change, Kind
from desk.wire.records import RECORDS, SCHEMA

_BLOCK = "block"
_FLUSHING = "flushing"
_TELLS_OLD = frozenset({Conflict.SET, Conflict.STATE})
_BESIDE_FIELDS = ("scope_id", "version", "field_op", "extra")

# Plain words, since every write of the desk goes through these two.
# The writer's name and scope are asked for with the numbers: a round or the county may have given others.
_TAKE_NUMBERS = "UPDATE meta SET seq = seq + ? RETURNING seq, incarnation, clock_offset_ms, scope_id"
_KEEP_OPS = (
    "INSERT INTO outbox (op_id, noun, record_id, incarnation, seq, body, sha256, scope_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


class Mode(Enum):
    """What a block may do with synced rows."""

    READ = "read"
    OPS = "ops"
    CONFIRMED = "confirmed"
    LOCAL = "local"


@dataclass(frozen=True)
class Identity:
    """Who writes: constant while the store is open."""

    scope_id: str
    device_id: str
    incarnation: str
    run: int
    clock_offset_ms: int | None


@dataclass(frozen=True)
class Block:
    """One `with store.…` block: its ops share `tx`."""

    mode: Mode
    user_id: str
    identity: Identity
    tx: str


@dataclass(frozen=True)
class _Draft:
    """An op before it has a number."""

    op_id: str
    row: Synced
    noun: str
    kind: Kind
    set: dict[str, Change]
    base: dict[str, str]
    was: dict[str, Json]


class RecordedSession(RowKeeping):
    """A session whose flushes leave ops; it lives as long as its block."""

    def __init__(self, connection: Connection, block: Block) -> None:
        """Args: `connection` is in the block's transaction, which is committed or rolled back elsewhere."""
        super().__init__(
            connection,
            expire_on_commit=False,
            info={
                _BLOCK: block,
                "user_id": block.user_id,
                "tx": block.tx,
                plain.DRIVER: connection.connection.driver_connection,
            },
        )

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write synced rows and their ops; SQLAlchemy's own flush is left with local rows, mostly none."""
        if not self._flushing:
            _write_synced(self)
        if not self._is_clean():
            super().flush(objects)

    def get_bind(self, *args: Any, **kwargs: Any) -> Connection:
        """Return the connection, in SQLAlchemy's own transaction too: blocks of plain words do without it.

        Raises:
            TransactionGone: SQLAlchemy would begin again what the driver has no transaction for.
        """
        del args, kwargs
        connection: Any = self.bind
        if not connection.in_transaction():
            if not self.info[plain.DRIVER].in_transaction:
                raise plain.TransactionGone
            connection.begin()
        return cast(Connection, connection)


def guard(engine: Engine) -> None:
    """Refuse insert, update and delete statements on synced tables outside a flush, whoever sends them."""
    event.listen(engine, "before_execute", _refuse_core_bulk)
    event.listen(engine, "begin", _forget_flush)


def block_of(session: Session) -> Block:
    """Return the block the session belongs to."""
    block: Block = session.info[_BLOCK]
    return block


@contextmanager
def open_tables(connection: Connection) -> Iterator[None]:
    """Let plain inserts into synced tables pass: for the writer of confirmed rows, which keeps the shadow."""
    connection.info[_FLUSHING] = True
    try:
        yield
    finally:
        connection.info[_FLUSHING] = False


def record_close(
    session: Session, row: Synced, chosen: Mapping[str, Json], conflicts: Mapping[str, str]
) -> str:
    """Leave the op by which a person closes conflicts of a record (sync.md 2.7) and return its id.

    The row is not touched: whoever calls folds the op over it. A void row may be closed, since what became of
    it is the question.

    Args:
        session: of a `store.write` block.
        row: the record as it stands.
        chosen: the values that shall stand, also where they stand already, so that another choice made
            meanwhile meets this one.
        conflicts: conflict id → the op that had lost.
    """
    record, by = _record(row), row.field_op
    stands = {name: record.by_name[name].to_json(getattr(row, name)) for name in chosen}
    values = {name: _as_change(record.by_name[name], stands[name], value) for name, value in chosen.items()}
    # Whoever deletes says which version they delete, as a tombstone does (class G).
    base = dict(by) if chosen.get("void") else {}
    base |= {name: by.get(name, by.get(INSERTED_BY, "")) for name in chosen}
    base |= {f"{CLOSES}{conflict}": lost for conflict, lost in conflicts.items()}
    was = {name: each for name, each in stands.items() if record.by_name[name].conflict is Conflict.STATE}
    draft = _Draft(ids.new_id(), row, record.noun, "close", values, base, was)
    _write_ops(session, block_of(session), [draft])
    return draft.op_id


def _before_flush(session: RecordedSession, _context: object, _instances: object) -> None:
    if any(isinstance(row, Synced) for row in session.deleted):
        raise RuntimeError("a synced row is never deleted: use tombstone(reason)")
    _write_synced(session)
    session.connection().info[_FLUSHING] = True


def _after_flush(session: Session, _context: object) -> None:
    session.connection().info[_FLUSHING] = False


def _write_synced(session: RecordedSession) -> None:
    block = block_of(session)
    drafts = [_inserted(row, block) for row in session.new if isinstance(row, Synced)]
    for row in session.dirty:
        draft = _changed(row) if isinstance(row, Synced) else None
        if draft is not None:
            drafts.append(draft)
        elif isinstance(row, Synced) and instance_state(row).committed_state.keys().isdisjoint(
            _BESIDE_FIELDS
        ):
            # Set to what it was: nothing is left for SQLAlchemy to look at.
            session.settle([row])
    if not drafts:
        return
    if block.mode is Mode.OPS:
        _write_ops(session, block, drafts)
    elif block.mode is Mode.CONFIRMED:
        _write_shadows(session, block, drafts)
    else:
        raise RuntimeError(f"a {block.mode.value} block may not change synced rows")
    _write_rows(session, drafts)


def _inserted(row: Synced, block: Block) -> _Draft:
    if row.void:
        raise RuntimeError("a record is not born void")
    record = _record(row)
    # Past SQLAlchemy's events: what a new row holds is written whole.
    given, defaults = row.__dict__, record.defaults
    given["scope_id"] = given.get("scope_id") or block.identity.scope_id
    values: dict[str, Change] = {}
    for each in record.fields:
        # A field not in the row's dict was not set and stands at its default; the op leaves it out.
        if each.name in given:
            value = each.to_json(given[each.name])
            if value != defaults[each.name]:
                values[each.name] = _as_change(each, "", value)
    op_id = ids.new_id()
    given["field_op"] = {INSERTED_BY: op_id}
    return _Draft(op_id, row, record.noun, "insert", values, {}, {})


def _changed(row: Synced) -> _Draft | None:
    record = _record(row)
    touched = instance_state(row).committed_state
    values: dict[str, Change] = {}
    was: dict[str, Json] = {}
    for each in record:
        if each.name not in touched:
            continue
        before, now = touched[each.name], row.__dict__[each.name]
        if before == now:
            continue
        # Else nothing is told of the old value: one that fits no more must not stop its own mending.
        told = each.conflict in _TELLS_OLD and before is not LoaderCallableStatus.NO_VALUE
        old = each.to_json(before) if told else None
        new = each.to_json(now)
        values[each.name] = _as_change(each, old, new)
        if each.conflict is Conflict.STATE:
            was[each.name] = old
    if not values:
        return None
    kind: Kind = "void" if "void" in values else "patch"
    _refuse_change(row, record, kind, values)
    by = row.field_op
    # A tombstone says which version it made void, so that a concurrent edit is noticed (class G).
    base = dict(by) if kind == "void" else {name: by.get(name, by.get(INSERTED_BY, "")) for name in values}
    op_id = ids.new_id()
    row.field_op = by | dict.fromkeys(values, op_id)
    if row.extra and not row.extra.keys().isdisjoint(values):
        # What was kept aside there, being none of the field's values, is replaced.
        row.extra = {name: value for name, value in row.extra.items() if name not in values}
    return _Draft(op_id, row, record.noun, kind, values, base, was)


def _refuse_change(row: Synced, record: Record, kind: Kind, values: dict[str, Change]) -> None:
    if kind == "void":
        if not row.void or not row.void_reason.strip():
            raise RuntimeError("a tombstone stays, and says why")
        return
    if row.void:
        raise RuntimeError(f"a void {record.noun} is closed")
    facts = [name for name in values if record.by_name[name].conflict is Conflict.FACT]
    if facts:
        raise RuntimeError(f"{record.noun} is a fact: correct it by a new row, not {', '.join(facts)}")


def _as_change(each: Field, old: Json, new: Json) -> Change:
    return changes.set_change(old, new) if each.conflict is Conflict.SET else new


def _write_ops(session: Session, block: Block, drafts: list[_Draft]) -> None:
    # One statement takes as many numbers as there are ops: without a hole, since a rollback gives them back.
    last, incarnation, offset, scope = plain.write(session, _TAKE_NUMBERS, (len(drafts),))[0]
    _move(drafts, block.identity.scope_id, scope)
    stamp = incarnation, offset, instant_text(clock.now()), clock.monotonic_ms()
    first = last - len(drafts) + 1
    rows = [_outbox_row(draft, block, first + n, stamp) for n, draft in enumerate(drafts)]
    plain.write_many(session, _KEEP_OPS, rows)


def _move(drafts: Iterable[_Draft], before: str, scope: str) -> None:
    """Put what is written into the scope the store belongs to now: it may have been given another one between
    the beginning of the block and its hold on the file (`new_scope`)."""
    if scope != before:
        for draft in drafts:
            if draft.row.scope_id == before:
                draft.row.scope_id = scope


def _outbox_row(
    draft: _Draft, block: Block, seq: int, stamp: tuple[str, int | None, str, int]
) -> tuple[Any, ...]:
    me, row = block.identity, draft.row
    incarnation, offset, at, mono = stamp
    said: dict[str, Any] = {
        "op": draft.op_id,
        "device": me.device_id,
        "incarnation": incarnation,
        "run": me.run,
        "seq": seq,
        "tx": block.tx,
        "scope": row.scope_id,
        "type": draft.noun,
        "rec": row.record_id,
        "kind": draft.kind,
        "set": draft.set,
        "base": draft.base,
        "user": block.user_id,
        "at": at,
        "offset": offset,
        "mono": mono,
        "schema": SCHEMA,
    }
    if draft.was:
        said["from"] = draft.was
    body = op.written(said)
    return draft.op_id, draft.noun, row.record_id, incarnation, seq, body, op.digest(body), row.scope_id


def _write_rows(session: RecordedSession, drafts: list[_Draft]) -> None:
    row_writer.insert(session, [draft.row for draft in drafts if draft.kind == "insert"])
    for draft in drafts:
        if draft.kind != "insert":
            touched = instance_state(draft.row).committed_state
            beside = (name for name in _BESIDE_FIELDS if name in touched)
            row_writer.update(session, draft.row, [*draft.set, *beside])
    session.settle([draft.row for draft in drafts])


def _write_shadows(session: Session, block: Block, drafts: list[_Draft]) -> None:
    for draft in drafts:
        row = draft.row
        row.version += 1
        row.field_op = {INSERTED_BY: block.tx}
    rows = [shadow_row(draft.row) for draft in drafts]
    session.connection().execute(insert(ShadowHead).prefix_with("OR REPLACE"), rows)


def shadow_row(row: Synced) -> dict[str, Any]:
    """Return what the shadow table keeps of a row: its fields but those at their default."""
    record = _record(row)
    values = record.to_json({each.name: getattr(row, each.name) for each in record})
    return {
        "noun": record.noun,
        "record_id": row.record_id,
        "scope_id": row.scope_id,
        "version": row.version,
        "fields": {name: value for name, value in values.items() if value != record.defaults[name]},
        "field_op": row.field_op,
    }


def _record(row: Synced) -> Record:
    return _record_of(type(row))


@lru_cache(maxsize=256)
def _record_of(table: type[Synced]) -> Record:
    return RECORDS[str(inspect(table).local_table.description)]


def _refuse_orm_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        mapper = state.bind_mapper
        if mapper is not None and issubclass(mapper.class_, Synced):
            raise RuntimeError(f"bulk statement on {mapper.class_.__name__}: change rows through the session")


def _refuse_core_bulk(
    connection: Connection, statement: object, _multi: object, _params: object, _options: object
) -> None:
    if isinstance(statement, (Insert, Update, Delete)) and not connection.info.get(_FLUSHING):
        name = str(statement.table.description)
        if name in SYNCED:
            raise RuntimeError(f"bulk statement on {name}: change rows through the session")


def _forget_flush(connection: Connection) -> None:
    connection.info[_FLUSHING] = False


event.listen(RecordedSession, "before_flush", _before_flush)
event.listen(RecordedSession, "after_flush", _after_flush)
event.listen(RecordedSession, "do_orm_execute", _refuse_orm_bulk)
