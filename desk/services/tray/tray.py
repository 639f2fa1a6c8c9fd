"""The conflicts tray: open questions and their closing, news of merges, and what the hub did not take.

A decision is an op like any other: it stands here at once, travels with the next round and is the same at
both ends. The text that lost stays in the conflict, which is never deleted.
"""

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session as Rows

from desk.errors import AccessProblem, InputProblem
from desk.models import plain
from desk.models.base import Synced
from desk.models.recorder import record_close
from desk.models.store import Store
from desk.rules import field_values
from desk.services import audit
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.sync import finding, view
from desk.services.tray import choices, news, not_taken, owners, questions
from desk.services.tray.questions import Row
from desk.services.tray.values import Clear, Marks, Tray, Way
from desk.text import _
from desk.wire.codecs import Json

_SHOWN = 200
_CLOSED_SHOWN = 50
_DECIDED = "UPDATE conflict SET closed_by = ? WHERE conflict_id = ?"


class ConflictTray:
    """What waits for a person after two stores became one."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def look(self) -> Tray:
        """Return everything the page shows, as far as the user may see it. Raises AccessProblem if locked."""
        session = self._session
        if session.locked or session.password_expired:
            session.require("read", "visit")
        with self._store.read() as rows:
            waiting = questions.open_rows(rows)
            seen = [each for each in waiting if self._sees(rows, each)][:_SHOWN]
            past = [each for each in questions.decided_rows(rows, _CLOSED_SHOWN) if self._sees(rows, each)]
            return Tray(
                questions=tuple(questions.question(rows, session, each) for each in seen),
                news=news.listed(rows, session),
                closed=tuple(questions.closed(rows, session, each) for each in past),
                not_taken=not_taken.listed(rows, session),
                left=not_taken.left(rows, session),
                hidden=len(seen) < min(len(waiting), _SHOWN),
            )

    def marks(self) -> Marks:
        """Return how many wait and which records are in question; quick, asked after every change."""
        if self._session.locked:
            return Marks()
        with self._store.read() as rows:
            seen = [each for each in questions.open_rows(rows) if self._sees(rows, each)]
            records = {owners.owner_of(rows, each.noun, each.record_id) for each in seen}
            refused = len(not_taken.listed(rows, self._session))
        return Marks(len(seen) + refused, frozenset(records))

    def reveal(self, conflict_id: str) -> Done[Clear]:
        """Return the values of a starred field in clear; that it was asked for is written down (SEC-05).

        Raises:
            AccessProblem, InputProblem: not allowed; no such open question.
        """
        with self._store.write(self._session.user.id) as rows:
            row = self._open(rows, conflict_id)
            owners.require_reveal(rows, self._session, owners.owner_of(rows, row.noun, row.record_id))
            audit.append(
                rows,
                "reveal",
                user_id=self._session.user.id,
                noun=row.noun,
                target_id=row.record_id,
                fields=row.field,
            )
            return Done(questions.clear(rows, row))

    def preview(self, conflict_id: str, way: Way, text: str = "") -> str:
        """Return what the field will say after this decision, starred like the question.

        Raises:
            AccessProblem, InputProblem: not allowed; closed already; the new text is empty or too long.
        """
        with self._store.read() as rows:
            row = self._open(rows, conflict_id)
            record = self._record(rows, row)
            value = self._chosen(rows, row, record, way, text).get(row.field)
            field = questions.declared(row)
            kind = field.codec.name if field is not None else "text"
            if row.field == "void":
                return _("作废这条记录") if value else _("记录保持有效")
            if value is None and questions.kind_of(row) == "number":
                return _("两个编号都留着")
            return field_values.starred(
                row.noun, row.field, field_values.said(row.noun, row.field, kind, value)
            )

    def close(self, conflict_id: str, way: Way, text: str = "", stand: str = "") -> Done[None]:
        """Close a question by one of its ways; the decision is an op and travels with the next round.

        Args:
            conflict_id: of the question.
            way: how.
            text: the new text of `third`.
            stand: the question's, so that nobody decides over a value they have not seen; "" does not ask.

        Raises:
            AccessProblem, InputProblem: not allowed; closed meanwhile; the value has changed meanwhile.
        """
        with self._store.write(self._session.user.id) as rows:
            row = self._open(rows, conflict_id)
            record = self._record(rows, row)
            if way not in questions.ways_of(row):
                raise InputProblem(_("这一处不能这样处理"), field="way")
            by = record.field_op.get(row.field, record.field_op.get("*", ""))
            if stand and row.reason != "number" and by != stand:
                raise InputProblem(
                    _("这一项刚刚又有改动"), way_out=_("请看过新的内容再决定。"), field="stand"
                )
            values = self._chosen(rows, row, record, way, text)
            op_id = record_close(rows, record, values, {row.conflict_id: row.mine_op})
            plain.write(rows, _DECIDED, (op_id, row.conflict_id))
            audit.append(
                rows,
                "conflict_close",
                user_id=self._session.user.id,
                noun=row.noun,
                target_id=row.record_id,
                fields=row.field,
            )
            rows.flush()
            # The op is folded over the row by plain words; what the block has read of it is of before.
            rows.expunge(record)
            view.rebuild_keys(rows, row.scope_id, {(row.noun, row.record_id)})
            finding.refresh(rows, {row.noun: (row.record_id,)})
        return Done(None, frozenset({row.noun, "conflict"}))

    def read_news(self, op_ids: tuple[str, ...]) -> Done[None]:
        """Mark news as read; with none named, all that the user may see."""
        with self._store.write_local() as rows:
            named = op_ids or tuple(each.id for each in news.listed(rows, self._session))
            news.mark_read(rows, named)
        return Done(None, frozenset({"conflict"}))

    def send_again(self, op_id: str) -> Done[None]:
        """Send a change the hub did not take once more as it is. Raises AccessProblem."""
        with self._store.write_confirmed() as rows:
            key = not_taken.send_again(rows, self._session, op_id)
            view.rebuild_one(rows, key)
        return Done(None, frozenset({key[0], "conflict"}))

    def give_up(self, op_id: str) -> Done[None]:
        """Do without a change the hub did not take, and those of its record after it; all are kept to read.

        Raises:
            AccessProblem, InputProblem: not allowed; something of this record is still to be sent.
        """
        with self._store.write_confirmed() as rows:
            key = not_taken.give_up(rows, self._session, op_id)
            view.rebuild_one(rows, key)
            finding.refresh(rows, {key[0]: (key[1],)})
        return Done(None, frozenset({key[0], "conflict"}))

    def _sees(self, rows: Rows, row: Row) -> bool:
        owner = owners.owner_of(rows, row.noun, row.record_id)
        return owners.may_see(rows, self._session, owner, row.noun)

    def _open(self, rows: Rows, conflict_id: str) -> Row:
        row = questions.one(rows, conflict_id)
        if row is None:
            raise InputProblem(
                _("这一处冲突已经处理过了"), way_out=_("请看“处理过的”里的结果。"), field="conflict"
            )
        if not self._sees(rows, row):
            raise _not_yours()
        return row

    def _record(self, rows: Rows, row: Row) -> Synced:
        owner = owners.owner_of(rows, row.noun, row.record_id)
        record = questions.stands(rows, row)
        if record is None or questions.declared(row) is None:
            raise InputProblem(_("这一项是新版程序才有的"), way_out=_("请先升级程序。"), field="conflict")
        if not owners.may_settle(self._session, row.noun, row.field, whole=owner[0] == row.noun):
            raise _not_yours()
        return record

    def _chosen(self, rows: Rows, row: Row, record: Synced, way: Way, text: str) -> Mapping[str, Json]:
        mine, theirs = json.loads(row.mine), questions.now_json(row, record)
        joined = ""
        if way == "both":
            shown = questions.question(rows, self._session, row)
            joined = choices.both((str(mine or ""), shown.mine), (str(theirs or ""), shown.theirs))
        kind = questions.kind_of(row)
        return choices.chosen(kind, row.field, way, (mine, theirs), text=text, joined=joined)


def _not_yours() -> AccessProblem:
    return AccessProblem(_("这一处冲突您不能处理"), way_out=_("请能改这一项的同事或站长来定。"))
