"""Changes the hub did not take: what they wanted in plain words, and the two ways out.

Sent again, a change goes as it is. Given up, it leaves the record, with the later ones of the same record
that lie here too; its bytes stay in the list for good. Values that are kept aside stand here as well: there
is nothing to send, they go once their field is filled in, and may be put down.
"""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import AccessProblem, InputProblem
from desk.models import plain
from desk.rules import field_values, field_words
from desk.services.session import Session
from desk.services.sync import aside, refusals
from desk.services.sync.heads import Key
from desk.services.tray import owners, reasons
from desk.services.tray.values import Left, NotTaken
from desk.text import _
from desk.wire.codecs import instant_text
from desk.wire.records import RECORDS

_SHOWN: Final = 100
_MOST_FIELDS: Final = 6
_COLUMNS = "op_id, noun, record_id, verdict, code, sentence, body, noted_at, given_up_at, given_up_by"
_WAITING = f"SELECT {_COLUMNS} FROM attention WHERE given_up_at IS NULL ORDER BY noted_at, op_id LIMIT ?"  # noqa: S608 - our own
_LEFT = f"SELECT {_COLUMNS} FROM attention WHERE given_up_at IS NOT NULL ORDER BY given_up_at DESC LIMIT ?"  # noqa: S608 - our own
_ONE = f"SELECT {_COLUMNS} FROM attention WHERE op_id = ? AND given_up_at IS NULL"  # noqa: S608 - our own
_WITH_IT = (
    "SELECT a.op_id FROM attention a JOIN outbox o ON o.op_id = a.op_id WHERE a.noun = ? AND a.record_id = ?"
    " AND a.given_up_at IS NULL AND o.position >= coalesce((SELECT position FROM outbox WHERE op_id = ?), 0)"
)
_TO_BE_SENT = "SELECT 1 FROM outbox WHERE noun = ? AND record_id = ? AND held = 0 LIMIT 1"
_GIVE_UP = "UPDATE attention SET given_up_at = ?, given_up_by = ? WHERE op_id = ?"
_TAKE_OUT = "DELETE FROM outbox WHERE op_id = ?"


def listed(rows: Rows, session: Session) -> tuple[NotTaken, ...]:
    """Return what the hub did not take, the oldest first, as far as the user may see the records."""
    found = (_not_taken(rows, session, each) for each in plain.ask(rows, _WAITING, (_SHOWN,)))
    return tuple(filter(None, found))


def left(rows: Rows, session: Session) -> tuple[Left, ...]:
    """Return what somebody has given up, the newest first."""
    made = []
    for op_id, noun, record_id, _verdict, _code, _sentence, body, _noted, at, by in plain.ask(
        rows, _LEFT, (_SHOWN,)
    ):
        owner = owners.owner_of(rows, noun, record_id)
        if owners.may_see(rows, session, owner, noun):
            name = owners.title(rows, session, owner, noun, "")
            made.append(Left(op_id, name, wanted(noun, _op(body)), owners.who(rows, by), _moment(at)))
    return tuple(made)


def send_again(rows: Rows, session: Session, op_id: str) -> Key:
    """Let a change be sent once more with the next round; return its record. Raises AccessProblem."""
    _mine(rows, session, op_id)
    key = refusals.send_again(rows, op_id)
    if key is None:
        raise _gone()
    return key


def give_up(rows: Rows, session: Session, op_id: str) -> Key:
    """Take a change and the later ones of its record out of the view; return the record.

    Raises:
        AccessProblem, InputProblem: not allowed; nothing to give up; something of it is still to be sent.
    """
    noun, record_id = _mine(rows, session, op_id)
    now, user_id = instant_text(clock.now()), session.user.id
    if _is_aside(rows, op_id):
        plain.write(rows, _GIVE_UP, (now, user_id, op_id))
        return noun, record_id
    if plain.ask(rows, _TO_BE_SENT, (noun, record_id)):
        raise InputProblem(
            _("这条记录还有改动没有送出"), way_out=_("请先“立即同步”，再来决定。"), field="waiting"
        )
    for (each,) in plain.ask(rows, _WITH_IT, (noun, record_id, op_id)) or [(op_id,)]:
        plain.write(rows, _GIVE_UP, (now, user_id, each))
        plain.write(rows, _TAKE_OUT, (each,))
    return noun, record_id


def wanted(noun: str, op: dict[str, Any]) -> str:
    """Say what a change wanted: its fields and their values, starred; the first few of a long one."""
    record = RECORDS.get(noun)
    said = []
    for name, change in op.get("set", {}).items():
        known = record.by_name.get(name) if record is not None else None
        value = ",".join(change.get("add", ())) if isinstance(change, dict) else change
        kind = known.codec.name if known is not None else "text"
        words = field_words.field(noun, name)
        if kind != "id":
            try:
                text = field_values.said(noun, name, kind, value)
            except ValueError:
                # Refused because of this value: it is shown as it was written.
                text = str(value)
            words = _("{field}：{value}").format(field=words, value=field_values.starred(noun, name, text))
        said.append(words)
    more = _("等 {n} 项").format(n=len(said)) if len(said) > _MOST_FIELDS else ""
    return "；".join([*said[:_MOST_FIELDS], *filter(None, [more])])


def _not_taken(rows: Rows, session: Session, row: tuple[Any, ...]) -> NotTaken | None:
    op_id, noun, record_id, verdict, code, sentence, body, noted, _at, _by = row
    owner = owners.owner_of(rows, noun, record_id)
    if not owners.may_see(rows, session, owner, noun):
        return None
    op = _op(body)
    is_aside = code == aside.CODE
    held = 0 if is_aside else len(plain.ask(rows, _WITH_IT, (noun, record_id, op_id)))
    return NotTaken(
        id=op_id,
        owner=owner,
        title=owners.title(rows, session, owner, noun, ""),
        text=wanted(noun, op),
        who=owners.who(rows, str(op.get("user", ""))),
        at=_moment(noted),
        sentence=sentence or verdict,
        advice=reasons.advice(code),
        may_give_up=verdict != "deferred",
        may_act=_may_act(session, noun),
        with_it=max(0, held - 1),
        may_send=not is_aside,
    )


def _mine(rows: Rows, session: Session, op_id: str) -> Key:
    found = plain.ask(rows, _ONE, (op_id,))
    if not found:
        raise _gone()
    noun, record_id = found[0][1], found[0][2]
    owner = owners.owner_of(rows, noun, record_id)
    if not (owners.may_see(rows, session, owner, noun) and _may_act(session, noun)):
        raise AccessProblem(_("这条改动您不能处理"), way_out=_("请能改这类记录的同事或站长来定。"))
    return noun, record_id


def _is_aside(rows: Rows, op_id: str) -> bool:
    return bool(plain.ask(rows, "SELECT 1 FROM attention WHERE op_id = ? AND code = ?", (op_id, aside.CODE)))


def _may_act(session: Session, noun: str) -> bool:
    return session.may("write", "setting") or owners.may_write(session, noun)


def _gone() -> InputProblem:
    return InputProblem(_("这条改动已经不在这里了"), way_out=_("请再看一遍名单。"), field="op")


def _op(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
