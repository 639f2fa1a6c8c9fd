"""Rows of attachments as values, and the queries over them."""

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.attachment import Attachment as Row
from desk.models.base import alive
from desk.rules import attachments as rules
from desk.services.attachments.values import Attachment, Prepared

_COPIED = (
    *("noun", "target_id", "slot", "party_id", "n", "name", "mime", "size", "sha256", "pages", "width"),
    *("height", "turn", "kind", "note", "added_at", "added_by", "state"),
)


def copied(row: Row) -> Row:
    """Return a new row that says the same."""
    return Row(**{name: getattr(row, name) for name in _COPIED})


def hanging_on(rows: Rows, noun: str, target_id: str) -> list[Row]:
    """Return the rows of what hangs on a record, in order."""
    query = alive(Row).where(Row.target_id == target_id, Row.noun == noun).order_by(Row.n, Row.record_id)
    return list(rows.scalars(query))


def row_of(ready: Prepared, sha256: str, n: int) -> Row:
    """Return the row of a new attachment at place `n`; what it hangs on is set by the caller."""
    return Row(
        n=n,
        name=ready.name,
        mime=ready.mime,
        size=len(ready.content),
        sha256=sha256,
        pages=ready.pages,
        width=ready.width,
        height=ready.height,
        kind=ready.kind,
        added_at=clock.now(),
        state="pending",
    )


def value(row: Row) -> Attachment:
    """Return a row as pages show it."""
    return Attachment(
        id=row.record_id,
        noun=row.noun,
        target_id=row.target_id,
        slot=row.slot,
        slot_label=rules.slot_label(row.slot),
        party_id=row.party_id,
        n=row.n,
        name=row.name,
        kind=row.kind,
        mime=row.mime,
        size=row.size,
        pages=row.pages,
        width=row.width,
        height=row.height,
        turn=row.turn,
        note=row.note,
        added_at=row.added_at,
        added_by=row.added_by,
        protected=rules.is_protected(row.slot),
        sha256=row.sha256,
        state=row.state,
    )
