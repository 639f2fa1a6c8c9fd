"""Drafts: what is half typed, on disk at once, on this PC only; nothing typed is ever lost.

They are saved without a right and also while the desk is locked: a half-typed word must not depend on either.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import AccessProblem, StoreProblem
from desk.models.local import Draft as DraftRow
from desk.models.store import Store
from desk.services import audit, laid_aside
from desk.services.laid_aside import LaidAside
from desk.services.session import Session
from desk.services.visit_safety import may_read, reader_of
from desk.text import _

Kind = Literal["visit", "mediation", "consultation"]
"""Whose editor it is: each page brings back its own."""

_CASES: Final = frozenset({"mediation", "consultation"})
_KINDS: Final[tuple[Kind, ...]] = ("visit", "mediation", "consultation")
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
            # Words of a case come back to whoever typed them and to those who may read cases; what is left of
            # them when a record has ended is let go of by whoever typed it.
            "fields": {**dict(draft.fields), _BY: self._session.user.id},
            "cursor_field": draft.cursor_field,
            "saved_at": now,
        }
        statement = insert(DraftRow).values(draft_id=draft.id, **values)
        with self._store.write_local() as rows:
            rows.execute(statement.on_conflict_do_update(index_elements=["draft_id"], set_=values))
        return now

    def load_all(self, kind: Kind = "visit") -> tuple[Draft, ...]:
        """Return the drafts of a kind, oldest first, but those only somebody else may read.

        Those of a record that has ended are not gone on with: they are `laid_aside`.
        """
        with self._store.read() as rows:
            return tuple(
                Draft(
                    row.draft_id,
                    kind,
                    row.record_id,
                    {name: text for name, text in row.fields.items() if name != _BY},
                    row.cursor_field,
                    row.saved_at,
                )
                for row, record in self._readable(rows, kind)
                if record is None or not laid_aside.has_ended(kind, record)
            )

    def laid_aside(self) -> tuple[LaidAside, ...]:
        """Return what drafts of ended records hold that stands nowhere, oldest first, by the reader's rights.

        Whoever typed it, or the head, lets go of it by `let_go`.
        """
        with self._store.read() as rows:
            found = [
                laid_aside.aside(rows, row, record, may_go=self._may_let_go(row))
                for row, record in self._ended(rows)
            ]
        return tuple(each for each in found if each.lines)

    def forget_what_stands(self) -> None:
        """Forget the drafts of ended records all of which stands there, field by field.

        What somebody typed of a person is not kept without need; what may stand nowhere else is kept.
        """
        with self._store.read() as rows:
            done = {
                row.draft_id: row.saved_at
                for row, _record in self._ended(rows)
                if laid_aside.stands_whole(rows, row)
            }
        if done:
            self._forget(done)

    def let_go(self, draft_id: str, saved_at: datetime | None) -> None:
        """Give up words that were laid aside: of which record and fields they were is written down (SEC-05).

        Nothing happens where they are not those shown any more: typed on since `saved_at`, or going into a
        record that was opened again.

        Raises:
            AccessProblem: somebody else typed them, and the user is not the head.
            StoreProblem: the disk is full or fails; then they are still there.
        """
        user_id = self._session.user.id
        with self._store.write(user_id) as rows:
            row = rows.get(DraftRow, draft_id)
            if row is None:
                return
            if not self._may_let_go(row):
                raise AccessProblem(
                    _("这些字是别的同事写的，您不能丢掉"), way_out=_("请写的人自己处理，或请站长处理")
                )
            record = rows.get(laid_aside.KEPT_FOR[row.kind], row.record_id)
            if row.saved_at != saved_at or record is None or not laid_aside.has_ended(row.kind, record):
                return
            names = dict.fromkeys(name for name, _words in laid_aside.left_over(rows, row))
            audit.append(
                rows,
                "words_let_go",
                user_id=user_id,
                noun=row.kind,
                target_id=row.record_id,
                fields=",".join(names),
            )
            rows.delete(row)

    def drop(self, draft_id: str) -> None:
        """Forget a draft whose words are in the record, or were given up."""
        with self._store.write_local() as rows:
            rows.execute(delete(DraftRow).where(DraftRow.draft_id == draft_id))

    def bind(self, draft_id: str, record_id: str) -> None:
        """Let a draft go on with the record that came of it; nothing happens when it is gone."""
        with self._store.write_local() as rows:
            rows.execute(update(DraftRow).where(DraftRow.draft_id == draft_id).values(record_id=record_id))

    def _forget(self, done: Mapping[str, datetime | None]) -> None:
        # A full disk keeps nobody from reading what is left of others; these go the next time.
        with suppress(StoreProblem), self._store.write_local() as rows:
            for draft_id, saved_at in done.items():
                # One that was typed on meanwhile stays.
                same = DraftRow.draft_id == draft_id, DraftRow.saved_at == saved_at
                rows.execute(delete(DraftRow).where(*same))

    def _ended(self, rows: Rows) -> Iterator[tuple[DraftRow, Any]]:
        for kind in _KINDS:
            # Who writes cases without reading them has their own words of them.
            if kind in _CASES or self._session.may("read", kind):
                for row, record in self._readable(rows, kind):
                    if record is not None and laid_aside.has_ended(kind, record):
                        yield row, record

    def _readable(self, rows: Rows, kind: Kind) -> Iterator[tuple[DraftRow, Any | None]]:
        """Yield the drafts of a kind that may be read here, oldest first, each with its record if any."""
        if kind in _CASES and not self._session.may("write", kind):
            return
        may_see = self._visits(rows) if kind == "visit" else self._cases(kind)
        query = select(DraftRow).where(DraftRow.kind == kind).order_by(DraftRow.saved_at)
        for row in rows.scalars(query):
            record = rows.get(laid_aside.KEPT_FOR[kind], row.record_id) if row.record_id else None
            if may_see(row, record):
                yield row, record

    def _may_let_go(self, row: DraftRow) -> bool:
        user = self._session.user
        return row.fields.get(_BY) == user.id or "head" in user.roles

    def _visits(self, rows: Rows) -> Callable[[DraftRow, Any | None], bool]:
        reader = reader_of(rows, self._session)
        return lambda _row, visit: visit is None or may_read(rows, reader, visit)

    def _cases(self, kind: Kind) -> Callable[[DraftRow, Any | None], bool]:
        reads_all, mine = self._session.may("read", kind), self._session.user.id
        return lambda row, _case: reads_all or row.fields.get(_BY) == mine


def newest_of(drafts: Sequence[Draft], record_id: str) -> Draft | None:
    """Return the draft of one record that was saved last; `drafts` are oldest first."""
    return next((each for each in reversed(drafts) if record_id and each.record_id == record_id), None)
