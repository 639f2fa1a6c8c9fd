"""Folds pending ops over the shadow into the typed rows (sync.md 2.2); decides nothing.

Values stand in the file as they stand on the wire, but yes and no, so a row is written without becoming
Python's first.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.fold import fold
from desk.services.sync import aside, shadow
from desk.services.sync.heads import Key
from desk.services.sync.shadow import spell
from desk.wire.fields import Record
from desk.wire.heads import Head
from desk.wire.incoming import OpIn
from desk.wire.op import Op
from desk.wire.records import RECORDS

_SCOPE = (
    "SELECT scope_id FROM shadow_head WHERE noun = ? AND record_id = ?"
    " UNION ALL SELECT scope_id FROM outbox WHERE noun = ? AND record_id = ? LIMIT 1"
)
_LED_BY = ("record_id", "scope_id", "version", "field_op", "extra")


def rebuild(rows: Rows, scope: str, heads: Mapping[Key, Head | None]) -> None:
    """Make the typed rows of these records what shadow and outbox say; a record of neither is taken out.

    Records of a newer desk have no table here: their shadow waits until this program knows them.
    """
    known = {key: head for key, head in heads.items() if key[0] in RECORDS}
    waiting = shadow.pending(rows, known)
    kept_aside: dict[Key, tuple[Head, frozenset[str]]] = {}
    for noun, ids in shadow.by_noun(known).items():
        record = RECORDS[noun]
        folded, said, gone = {}, {}, []
        for record_id in ids:
            key = (noun, record_id)
            if known[key] is None and key not in waiting:
                gone.append((record_id,))
            else:
                folded[record_id] = _folded(record, known[key], waiting.get(key))
                # What nobody said stands at its default, which always fits.
                said[record_id] = (known[key] if key not in waiting else None) or folded[record_id]
        unfit = aside.unfit(record, said)
        kept_aside |= {(noun, record_id): (folded[record_id], bad) for record_id, bad in unfit.items()}
        if folded:
            lines = (_line(record, rec, scope, head, unfit.get(rec)) for rec, head in folded.items())
            plain.write_many(rows, _upsert(noun), list(lines))
        if gone:
            plain.write_many(rows, f"DELETE FROM {noun} WHERE record_id = ?", gone)  # noqa: S608 - our own noun
    aside.note(rows, scope, known, kept_aside)


def rebuild_keys(rows: Rows, scope: str, keys: Collection[Key]) -> None:
    """Rebuild the rows of records whose shadow is the stored one."""
    rebuild(rows, scope, shadow.heads(rows, keys))


def rebuild_one(rows: Rows, key: Key) -> None:
    """Rebuild the row of one record wherever it belongs."""
    found = plain.ask(rows, _SCOPE, (*key, *key))
    rebuild_keys(rows, found[0][0] if found else "", {key})


def _folded(record: Record, head: Head | None, ops: Iterable[OpIn] | None) -> Head:
    if head is not None and ops is None:
        return Head(head.version, {**record.defaults, **head.fields}, head.field_op)
    return fold(record, head, [Op.from_bytes(each.body) for each in ops or ()])


def _line(
    record: Record, record_id: str, scope: str, head: Head, unfit: frozenset[str] | None
) -> tuple[Any, ...]:
    known: Mapping[str, Any] = head.fields
    extra: Mapping[str, Any] = {}
    if unfit or len(known) > len(record.by_name):
        known, extra = record.parted(head.fields, unfit or frozenset())
    led = (record_id, scope, head.version, spell(head.field_op), spell(extra) if extra else "{}")
    values = map(known.__getitem__, record.by_name)
    return (*led, *[int(value) if value is True or value is False else value for value in values])


@lru_cache(maxsize=128)
def _upsert(noun: str) -> str:
    names = (*_LED_BY, *RECORDS[noun].by_name)
    listed, marks = ", ".join(names), ", ".join("?" * len(names))
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    return (
        f"INSERT INTO {noun} ({listed}) VALUES ({marks})"  # noqa: S608 - names of our own declarations
        f" ON CONFLICT (record_id) DO UPDATE SET {changes}"
    )
