"""Many confirmed rows at once: what a seeded store would have pulled from a hub. Rows and shadow, no ops."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desk import ids
from desk.models import recorder
from desk.models.base import Synced
from desk.models.outbox import ShadowHead
from desk.models.recorder import Mode
from desk.models.tables import SYNCED
from desk.wire.codecs import Value
from desk.wire.fields import Record
from desk.wire.op import INSERTED_BY
from desk.wire.records import RECORDS

_AT_ONCE = 2000


def add_many(session: Session, noun: str, rows: Iterable[Mapping[str, Value]]) -> int:
    """Insert rows inside a `write_confirmed` block, faster than through the session.

    Args:
        session: of the block.
        noun: which table.
        rows: fields by name, `record_id` where others point at it; the rest stands at its default.

    Returns:
        How many rows were inserted.
    """
    if recorder.block_of(session).mode is not Mode.CONFIRMED:
        raise RuntimeError("many rows at once are for confirmed blocks only")
    source, count = iter(rows), 0
    while chunk := list(islice(source, _AT_ONCE)):
        _insert(session, RECORDS[noun], SYNCED[noun], chunk)
        count += len(chunk)
    return count


def _insert(session: Session, record: Record, table: type[Synced], chunk: list[Mapping[str, Value]]) -> None:
    block = recorder.block_of(session)
    connection = session.connection()
    field_op = {INSERTED_BY: block.tx}
    untouched = {field.name: field.default for field in record}
    full: list[dict[str, Any]] = []
    shadows: list[dict[str, Any]] = []
    for row in chunk:
        head = {
            "record_id": row.get("record_id") or ids.new_id(),
            "scope_id": block.identity.scope_id,
            "version": 1,
            "field_op": field_op,
        }
        fields = {name: value for name, value in row.items() if name != "record_id"}
        full.append({**untouched, **fields, **head, "extra": {}})
        shadows.append({**head, "noun": record.noun, "fields": dict(_touched(record, fields))})
    with recorder.open_tables(connection):
        connection.execute(insert(table), full)
        connection.execute(insert(ShadowHead), shadows)


def _touched(record: Record, fields: Mapping[str, Value]) -> Iterator[tuple[str, Any]]:
    for name, value in record.to_json(fields).items():
        if value != record.defaults[name]:
            yield name, value
