"""Drafts: what is half typed, on disk at once, on this PC only; nothing typed is ever lost.

They are saved without a right and also while the desk is locked: a half-typed word must not depend on either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from desk import clock
from desk.models.local import Draft as DraftRow
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services.session import Session
from desk.services.visit_safety import may_read, reader_of

_KIND: Literal["visit"] = "visit"


@dataclass(frozen=True)
class Draft:
    """One open editor: the fields as text, and the field the cursor was in.

    `record_id` is the visit's, or "" while there is none.
    """

    id: str
    kind: Literal["visit"]
    record_id: str
    fields: Mapping[str, str] | tuple[tuple[str, str], ...]
    cursor_field: str = ""
    saved_at: datetime | None = None


class Drafts:
    """Keeps one row per open editor."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def save(self, draft: Draft) -> datetime:
        """Write the draft over the one with its id and return when; durable when this returns."""
        now = clock.now()
        values = {
            "kind": draft.kind,
            "record_id": draft.record_id,
            "fields": dict(draft.fields),
            "cursor_field": draft.cursor_field,
            "saved_at": now,
        }
        statement = insert(DraftRow).values(draft_id=draft.id, **values)
        with self._store.write_local() as rows:
            rows.execute(statement.on_conflict_do_update(index_elements=["draft_id"], set_=values))
        return now

    def load_all(self) -> tuple[Draft, ...]:
        """Return the drafts, oldest first, but those of safe visits somebody else may read."""
        with self._store.read() as rows:
            reader = reader_of(rows, self._session)
            found = []
            for row in rows.scalars(select(DraftRow).order_by(DraftRow.saved_at)):
                visit = rows.get(Visit, row.record_id) if row.record_id else None
                if visit is None or (not visit.void and may_read(rows, reader, visit)):
                    found.append(
                        Draft(row.draft_id, _KIND, row.record_id, row.fields, row.cursor_field, row.saved_at)
                    )
        return tuple(found)

    def drop(self, draft_id: str) -> None:
        """Forget a draft whose words are in the record, or were given up."""
        with self._store.write_local() as rows:
            rows.execute(delete(DraftRow).where(DraftRow.draft_id == draft_id))
