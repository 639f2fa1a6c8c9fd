"""News of records that two changed at the same time and the hub put together: told once, no question."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.rules import field_words
from desk.services.session import Session
from desk.services.tray import owners
from desk.services.tray.values import News
from desk.text import _

_SHOWN = 30
_LISTED = (
    "SELECT op_id, noun, record_id, fields, user_id, at FROM merge_news WHERE read = 0"
    " ORDER BY at DESC, op_id LIMIT ?"
)
_READ = "UPDATE merge_news SET read = 1 WHERE op_id = ?"


def listed(rows: Rows, session: Session) -> tuple[News, ...]:
    """Return what is not marked as read, the newest first, as far as the user may see the records."""
    made = []
    for op_id, noun, record_id, fields, user_id, at in plain.ask(rows, _LISTED, (_SHOWN,)):
        owner = owners.owner_of(rows, noun, record_id)
        if owners.may_see(rows, session, owner, noun):
            words = _("、").join(field_words.field(noun, each) for each in fields.split(",") if each)
            name = owners.title(rows, session, owner, noun, "")
            when = datetime.fromisoformat(at) if at else None
            made.append(News(op_id, owner, name, words, owners.who(rows, user_id), when))
    return tuple(made)


def mark_read(rows: Rows, op_ids: Iterable[str]) -> None:
    """Mark news as read on this PC."""
    plain.write_many(rows, _READ, [(each,) for each in op_ids])
