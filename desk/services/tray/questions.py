"""Open conflicts made readable: both values, what they began from, who wrote them, how they may be closed."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk.models import plain, row_reader
from desk.models.base import Synced
from desk.models.tables import SYNCED
from desk.rules import field_values, field_words, sentence_marks
from desk.services.session import Session
from desk.services.sync import origin
from desk.services.tray import owners
from desk.services.tray.values import Clear, Closed, Kind, Question, Side, Way
from desk.text import _
from desk.wire.codecs import Json
from desk.wire.fields import Conflict as Class
from desk.wire.fields import Field
from desk.wire.records import RECORDS

OPEN: Final = (
    "state = 'open' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.op_id = conflict.closed_by AND o.held = 0)"
)
"""A question waits for a person: the hub has it open, and no decision of ours is on its way."""

_COLUMNS = (
    "conflict_id, scope_id, noun, record_id, field, mine_op, theirs_op, mine, theirs, reason, state,"
    " closed_by, at, before, mine_user, mine_at, theirs_user, theirs_at"
)
_IDS: Final = {
    "person_id": "person", "deputy_id": "deputy", "user_id": "user", "adviser_id": "user",
    "registrar_id": "user", "told_by": "user", "vouched_by": "user", "added_by": "user",
    "committee_id": "committee", "mediator_id": "mediator", "merged_into": "person",
    "ower_id": "party", "payee_id": "party", "party_id": "party", "number_device": "device",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the conflict table."""

    conflict_id: str
    scope_id: str
    noun: str
    record_id: str
    field: str
    mine_op: str
    theirs_op: str
    mine: str
    theirs: str
    reason: str
    state: str
    closed_by: str
    at: str | None
    before: str
    mine_user: str
    mine_at: str | None
    theirs_user: str
    theirs_at: str | None


def open_rows(rows: Rows) -> list[Row]:
    """Return what waits for a person, the oldest first."""
    return _asked(rows, f"WHERE {OPEN} ORDER BY version, conflict_id")


def one(rows: Rows, conflict_id: str) -> Row | None:
    """Return an open question by its id; None if it is closed or was never there."""
    return next(iter(_asked(rows, f"WHERE conflict_id = ? AND {OPEN}", (conflict_id,))), None)


def decided_rows(rows: Rows, limit: int) -> list[Row]:
    """Return what was closed, here or elsewhere, the newest first."""
    words = f"WHERE (state = 'closed' OR closed_by != '') AND NOT ({OPEN}) ORDER BY version DESC LIMIT ?"
    return _asked(rows, words, (limit,))


def stands(rows: Rows, row: Row) -> Synced | None:
    """Return the record as it stands here; None for a noun of a newer desk, or one that is not here."""
    table = SYNCED.get(row.noun)
    return row_reader.get(rows, table, row.record_id) if table is not None else None


def question(rows: Rows, session: Session, row: Row) -> Question:
    """Return an open question in words; the caller has asked whether it may be seen."""
    owner = owners.owner_of(rows, row.noun, row.record_id)
    kind = kind_of(row)
    record = stands(rows, row)
    mine, theirs = Side(), Side()
    now, stand = _now(row, record)
    before = json.loads(row.before) if row.before else None
    mine = _side(rows, session, row, json.loads(row.mine), (row.mine_user, row.mine_at))
    theirs = _side(rows, session, row, now, _writer(rows, row, stand))
    theirs = replace(theirs, edited=stand not in ("", row.theirs_op) and kind != "void")
    if kind == "words":
        left, right = sentence_marks.compare(mine.text, theirs.text)
        mine, theirs = replace(mine, pieces=left), replace(theirs, pieces=right)
    writable = record is not None and owners.may_settle(
        session, row.noun, row.field, whole=owner[0] == row.noun
    )
    return Question(
        id=row.conflict_id,
        owner=owner,
        title=owners.title(rows, session, owner, row.noun, row.field),
        field=field_words.field(row.noun, row.field),
        station=_station(rows, row.scope_id),
        kind=kind,
        mine=mine,
        theirs=theirs,
        before=_said(rows, row, before) if row.before else None,
        stand=stand,
        ways=ways_of(row),
        sentence=_sentence(kind, mine, theirs),
        starred=field_values.is_starred(row.noun, row.field),
        may_close=writable,
    )


def closed(rows: Rows, session: Session, row: Row) -> Closed:
    """Return a closed conflict with both values and what was chosen."""
    owner = owners.owner_of(rows, row.noun, row.record_id)
    choice = origin.told_by_op(rows, row.closed_by)
    given = choice.get("set", {}).get(row.field)
    if isinstance(given, dict):
        given = None
    return Closed(
        id=row.conflict_id,
        owner=owner,
        title=owners.title(rows, session, owner, row.noun, row.field),
        field=field_words.field(row.noun, row.field),
        mine=_side(rows, session, row, json.loads(row.mine), (row.mine_user, row.mine_at)),
        theirs=_side(rows, session, row, json.loads(row.theirs), (row.theirs_user, row.theirs_at)),
        chosen=_said(rows, row, given) if row.field in choice.get("set", {}) else "",
        who=owners.who(rows, str(choice.get("user", ""))),
        at=_moment(choice.get("at")),
        sent=row.state == "closed",
    )


def clear(rows: Rows, row: Row) -> Clear:
    """Return the three values in clear; who asks for it has been checked and written down."""
    now, _stand = _now(row, stands(rows, row))
    before = _said(rows, row, json.loads(row.before), in_clear=True) if row.before else None
    return Clear(
        _said(rows, row, json.loads(row.mine), in_clear=True), _said(rows, row, now, in_clear=True), before
    )


def declared(row: Row) -> Field | None:
    """Return the field's declaration; None for one of a newer desk."""
    record = RECORDS.get(row.noun)
    return record.by_name.get(row.field) if record is not None else None


def kind_of(row: Row) -> Kind:
    """Return what is asked of the person."""
    field = declared(row)
    if row.reason in ("state", "void"):
        return "state" if row.reason == "state" else "void"
    if row.reason == "number" and row.mine == row.theirs:
        return "number"
    return "words" if field is not None and field.conflict is Class.WORDS else "value"


def ways_of(row: Row) -> tuple[Way, ...]:
    """Return how a question may be closed.

    A value that is none of the field's, which somebody wrote before it was known here, is not to be had.
    """
    field = declared(row)
    if field is not None and not field.fits(json.loads(row.mine)):
        return ("theirs",)
    return ways(kind_of(row), field)


def ways(kind: Kind, field: Field | None) -> tuple[Way, ...]:
    """Return how such a question may be closed.

    A refused step is never forced through: the record stays as it stands, and the step is done anew there.
    """
    if kind in ("state", "number"):
        return ("theirs",)
    if kind == "words":
        return ("mine", "theirs", "both", "third")
    is_text = kind == "value" and field is not None and field.codec.name == "text"
    return ("mine", "theirs", "third") if is_text else ("mine", "theirs")


def now_json(row: Row, record: Synced) -> Json:
    """Return the stored value of the field as the record stands."""
    return RECORDS[row.noun].by_name[row.field].to_json(getattr(record, row.field))


def _now(row: Row, record: Synced | None) -> tuple[Json, str]:
    """Return the value the record has now and the op that set it; the hub's word where we cannot know."""
    field = declared(row)
    if record is None or field is None or row.reason == "number":
        return json.loads(row.theirs), row.theirs_op
    by = record.field_op.get(row.field, record.field_op.get("*", ""))
    return now_json(row, record), by


def _writer(rows: Rows, row: Row, stand: str) -> tuple[str, str | None]:
    if stand == row.theirs_op or row.reason in ("void", "number"):
        return row.theirs_user, row.theirs_at
    told = origin.told_by_op(rows, stand)
    return str(told.get("user", "")), told.get("at")


def _side(rows: Rows, session: Session, row: Row, value: Json, wrote: tuple[str, str | None]) -> Side:
    return Side(
        who=owners.who(rows, wrote[0]),
        at=_moment(wrote[1]),
        text=_said(rows, row, value),
        is_me=wrote[0] == session.user.id,
    )


def _said(rows: Rows, row: Row, value: Json, *, in_clear: bool = False) -> str:
    field = declared(row)
    kind = field.codec.name if field is not None and field.fits(value) else "text"
    if kind == "id" and value:
        return _named(rows, row.field, str(value))
    text = field_values.said(row.noun, row.field, kind, value)
    return text if in_clear else field_values.starred(row.noun, row.field, text)


def _named(rows: Rows, field: str, record_id: str) -> str:
    noun = _IDS.get(field)
    found = plain.ask(rows, f"SELECT name FROM {noun} WHERE record_id = ?", (record_id,)) if noun else []  # noqa: S608 - our own names
    return str(found[0][0]) if found and found[0][0] else _("另一条记录（尾号 {n}）").format(n=record_id[-6:])


def _sentence(kind: Kind, mine: Side, theirs: Side) -> str:
    if kind == "state":
        words = _("这一步没有做成：{who}已经把状态改为“{now}”，后到的“{wanted}”做不了。")
        return words.format(who=theirs.who or _("别人"), now=theirs.text, wanted=mine.text)
    if kind == "void":
        return _("一边作废了这条记录，另一边同时还在改。改动没有丢，记录仍然有效，要定下是否作废。")
    if kind == "number":
        return _("两条记录用了同一个编号。已经打印的都有效，请两边核对，记下是哪两件。")
    return ""


def _station(rows: Rows, scope_id: str) -> str:
    found = plain.ask(rows, "SELECT name FROM station WHERE scope_id = ? LIMIT 1", (scope_id,))
    return str(found[0][0] or "") if found else ""


def _asked(rows: Rows, words: str, values: tuple[Any, ...] = ()) -> list[Row]:
    return [Row(*each) for each in plain.ask(rows, f"SELECT {_COLUMNS} FROM conflict {words}", values)]  # noqa: S608 - our own words


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
