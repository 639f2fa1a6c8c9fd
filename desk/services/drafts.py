"""Drafts: what is half typed, on disk at once, on this PC only; nothing typed is ever lost.

They are saved without a right and also while the desk is locked: a half-typed word must not depend on either.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.base import Synced
from desk.models.consultation import Consultation
from desk.models.local import Draft as DraftRow
from desk.models.mediation import Mediation
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services.session import Session
from desk.services.visit_safety import may_read, reader_of

Kind = Literal["visit", "mediation", "consultation"]
"""Whose editor it is: each page brings back its own."""

_CASES: Final[Mapping[str, type[Synced]]] = {
    "mediation": Mediation,
    "consultation": Consultation,
}
_BY: Final = "by"


@dataclass(frozen=True)
class Draft:
    """One open editor: the fields as text, and the field the cursor was in.

    `record_id` is the visit's or the case's, or "" while there is none.
    """

    id: str
    kind: Kind
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
            # Words of a case come back to whoever typed them and to those who may read cases.
            "fields": {
                **dict(draft.fields),
                **({_BY: self._session.user.id} if draft.kind in _CASES else {}),
            },
            "cursor_field": draft.cursor_field,
            "saved_at": now,
        }
        statement = insert(DraftRow).values(draft_id=draft.id, **values)
        with self._store.write_local() as rows:
            rows.execute(statement.on_conflict_do_update(index_elements=["draft_id"], set_=values))
        return now

    def load_all(self, kind: Kind = "visit") -> tuple[Draft, ...]:
        """Return the drafts of a kind, oldest first, but those only somebody else may read."""
        if kind in _CASES and not self._session.may("write", kind):
            return ()
        with self._store.read() as rows:
            query = select(DraftRow).where(DraftRow.kind == kind).order_by(DraftRow.saved_at)
            offered = self._visits(rows) if kind == "visit" else self._cases(kind)
            return tuple(
                Draft(
                    row.draft_id,
                    kind,
                    row.record_id,
                    {name: text for name, text in row.fields.items() if name != _BY},
                    row.cursor_field,
                    row.saved_at,
                )
                for row in rows.scalars(query)
                if offered(rows, row)
            )

    def drop(self, draft_id: str) -> None:
        """Forget a draft whose words are in the record, or were given up."""
        with self._store.write_local() as rows:
            rows.execute(delete(DraftRow).where(DraftRow.draft_id == draft_id))

    def bind(self, draft_id: str, record_id: str) -> None:
        """Let a draft go on with the record that came of it; nothing happens when it is gone."""
        with self._store.write_local() as rows:
            rows.execute(update(DraftRow).where(DraftRow.draft_id == draft_id).values(record_id=record_id))

    def _visits(self, rows: Rows) -> Callable[[Rows, DraftRow], bool]:
        reader = reader_of(rows, self._session)

        def offered(rows: Rows, row: DraftRow) -> bool:
            visit = rows.get(Visit, row.record_id) if row.record_id else None
            return visit is None or (not visit.void and may_read(rows, reader, visit))

        return offered

    def _cases(self, kind: Kind) -> Callable[[Rows, DraftRow], bool]:
        reads_all, mine = self._session.may("read", kind), self._session.user.id

        def offered(rows: Rows, row: DraftRow) -> bool:
            case = rows.get(_CASES[kind], row.record_id) if row.record_id else None
            return not (case is not None and case.void) and (reads_all or row.fields.get(_BY) == mine)

        return offered
