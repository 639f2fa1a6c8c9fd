"""Drafts of records that have ended: what they still hold that stands nowhere, to be read and copied.

A record that is finished, archived or void takes no more words, so its draft is not gone on with; but what
somebody typed into it is not forgotten in silence either.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session as Rows

from desk.models.base import Base, Synced
from desk.models.consultation import Consultation
from desk.models.local import Draft
from desk.models.local_value import LocalValue
from desk.models.mediation import Mediation
from desk.models.person import Person
from desk.models.visit import Visit
from desk.rules import consultation_codes, draft_words, field_values, field_words, labels, mediation_labels
from desk.rules.consultation_states import ENDED
from desk.services.visit_safety import OPEN_TO_ALL, is_safe
from desk.text import _

RECORDS: Final[Mapping[str, type[Synced]]] = {
    "visit": Visit,
    "mediation": Mediation,
    "consultation": Consultation,
}
"""Whose editors keep drafts, and where those records stand."""

_ENDED: Final[Mapping[str, frozenset[str]]] = {
    "visit": frozenset({"finished"}),
    # Whatever else a case has ended by, it is still filed.
    "mediation": frozenset({"archived"}),
    "consultation": frozenset(ENDED),
}
_STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "visit": labels.VISIT_STATE,
    "mediation": mediation_labels.STATE,
    "consultation": consultation_codes.STATE,
}
_PERSON: Final = "person_id"
_BETWEEN: Final = re.compile(r"[\s·•-]")


@dataclass(frozen=True)
class LaidAside:
    """One draft that is gone on with no more: of which record, and (label, words) that stand nowhere.

    `shown` are the words with numbers starred (SEC-05), as they may stand on a page that is open all day.
    Those that are `veiled` stand there only for who asks: of cases, consultations and safe visits. `may_go`:
    the reader typed them, or is the head, and may let go of them.
    """

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]
    shown: tuple[tuple[str, str], ...] = ()
    veiled: bool = False
    may_go: bool = True


def has_ended(kind: str, record: Any) -> bool:
    """Tell whether a record takes no more words."""
    return bool(record.void) or record.state in _ENDED[kind]


def aside(rows: Rows, draft: Draft, record: Any, *, may_go: bool) -> LaidAside:
    """Return what a draft still holds; without lines where all of it stands in the record."""
    found = left_over(rows, draft)
    return LaidAside(
        draft.draft_id,
        title(draft.kind, record),
        tuple((_label(name), words) for name, words in found),
        tuple((_label(name), field_values.starred(draft.kind, name, words)) for name, words in found),
        _is_veiled(draft, record),
        may_go,
    )


def left_over(rows: Rows, draft: Draft) -> tuple[draft_words.Said, ...]:
    """Return (field, words) of a draft that neither its record nor a part of it holds."""
    stands = "\0".join(_plain(text) for _name, text in _texts(rows, draft))
    said = draft_words.typed(draft.fields)
    return tuple((name, words) for name, words in said if not _stands(words, stands))


def title(kind: str, record: Any) -> str:
    """Return what a clerk calls the record and how it ended: 来访 LF2026-A0288（已结束）."""
    number = getattr(record, "case_no", "") or record.number
    called = " ".join(filter(None, (field_words.noun(kind), number)))
    state = _("已作废") if record.void else _STATES[kind][record.state]
    return _("{record}（{state}）").format(record=called, state=state)


def _texts(rows: Rows, draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield (column, text) of the record, of all that hangs on it, and of the person chosen for it."""
    below, ids = f"{draft.kind}_id", {draft.record_id} - {""}
    for table in Base.metadata.sorted_tables if draft.record_id else ():
        if table.name == draft.kind or below in table.columns:
            column = "record_id" if table.name == draft.kind else below
            for name, text in _of(rows, table, column, draft.record_id):
                ids |= {text} if name == "record_id" else set()
                yield name, text
    # A field that a county added is kept under the row its paper is about: a sitting, a party.
    for each in sorted(ids):
        yield from _of(rows, Base.metadata.tables[LocalValue.__tablename__], "target_id", each)
    if draft.fields.get(_PERSON):
        yield from _of(rows, Base.metadata.tables[Person.__tablename__], "record_id", draft.fields[_PERSON])


def _of(rows: Rows, table: Table, column: str, record_id: str) -> Iterator[tuple[str, str]]:
    for row in rows.execute(select(table).where(table.c[column] == record_id)).mappings():
        yield from ((name, str(value)) for name, value in row.items() if value not in (None, ""))


def _is_veiled(draft: Draft, record: Any) -> bool:
    if draft.kind != Visit.__tablename__:
        return True
    return is_safe(record) or draft.fields.get("safety", "") not in OPEN_TO_ALL


def _stands(words: str, texts: str) -> bool:
    return all(_plain(line) in texts for line in words.splitlines())


def _plain(text: str) -> str:
    # Names and numbers are stored without what is only typed between their parts.
    return _BETWEEN.sub("", text)


def _label(name: str) -> str:
    return field_words.FIELDS.get(name) or field_words.FIELDS.get(f"{name}_told") or _("内容")
