"""Drafts of records that have ended: what they still hold that stands nowhere, to be read and copied.

A record that is finished, archived or void takes no more words, so its draft is not gone on with; but what
somebody typed into it is not forgotten in silence either.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
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
from desk.wire.codecs import TEXT
from desk.wire.fields import Field
from desk.wire.records import RECORDS

KEPT_FOR: Final[Mapping[str, type[Synced]]] = {
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
_IDS: Final = re.compile(r"(^|_)ids?$")
_SURE: Final = 4
"""Characters of words that stand in a longer text by no chance."""


@dataclass(frozen=True)
class LaidAside:
    """One draft that is gone on with no more: of which record, and (label, words) that stand nowhere.

    `shown` are the words with numbers starred (SEC-05), as they may stand on a page that is open all day.
    Those that are `veiled` stand there only for who asks: of cases, consultations and safe visits. `may_go`:
    the reader typed them, or is the head, and may let go of them. `saved_at` tells words typed since.
    """

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]
    shown: tuple[tuple[str, str], ...] = ()
    veiled: bool = False
    may_go: bool = True
    saved_at: datetime | None = None


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
        draft.saved_at,
    )


def left_over(rows: Rows, draft: Draft) -> tuple[draft_words.Said, ...]:
    """Return (field, words) of a draft that neither its record nor a part of it holds."""
    record = _record(rows, draft)
    return tuple(each for each in draft_words.typed(draft.fields) if not record.has(*each))


def stands_whole(rows: Rows, draft: Draft) -> bool:
    """Tell whether all a draft holds, codes and ticks too, equals what the same fields of its record hold."""
    record = _record(rows, draft)
    return all(record.equals(name, value) for name, value in draft_words.held(draft.fields))


def title(kind: str, record: Any) -> str:
    """Return what a clerk calls the record and how it ended: 来访 LF2026-A0288（已结束）."""
    number = getattr(record, "case_no", "") or record.number
    called = " ".join(filter(None, (field_words.noun(kind), number)))
    state = _("已作废") if record.void else _STATES[kind][record.state]
    return _("{record}（{state}）").format(record=called, state=state)


class _Record:
    """What a record says: the values of each field, and the words people put into it."""

    def __init__(self, values: Sequence[tuple[Field, str]]) -> None:
        self._values: dict[str, set[str]] = {}
        for field, value in values:
            self._values.setdefault(field.name, set()).add(value)
        # Ids, codes and moments hold any short word or number by chance.
        said = [
            _plain(value) for field, value in values if field.codec is TEXT and not _IDS.search(field.name)
        ]
        self._whole = frozenset(said)
        self._text = "\0".join(said)

    def equals(self, name: str, value: str) -> bool:
        """Tell whether a field has this very value."""
        here = self._named(name)
        return value in here if value else not here

    def has(self, name: str, words: str) -> bool:
        """Tell whether words stand in the field they were typed into or among the words of the record."""
        here = {_plain(value) for value in self._named(name)}
        return self._says(_plain(words), here) or all(
            self._says(_plain(line), here) for line in words.splitlines()
        )

    def _named(self, name: str) -> set[str]:
        return self._values.get(name, set()) | self._values.get(f"{name}_told", set())

    def _says(self, words: str, here: set[str]) -> bool:
        if words in here or words in self._whole:
            return True
        return len(words) >= _SURE and not words.isdigit() and words in self._text


def _record(rows: Rows, draft: Draft) -> _Record:
    """Read the record, all that hangs on it, and the person chosen for it."""
    below, ids, found = f"{draft.kind}_id", {draft.record_id} - {""}, list[tuple[Field, str]]()
    for noun in RECORDS if draft.record_id else ():
        table = Base.metadata.tables.get(noun)
        if table is not None and (noun == draft.kind or below in table.columns):
            column = "record_id" if noun == draft.kind else below
            for record_id, values in _of(rows, noun, column, draft.record_id):
                ids.add(record_id)
                found += values
    # A field that a county added is kept under the row its paper is about: a sitting, a party.
    asked = [(LocalValue.__tablename__, "target_id", each) for each in sorted(ids)]
    if draft.fields.get(_PERSON):
        asked.append((Person.__tablename__, "record_id", draft.fields[_PERSON]))
    for noun, column, each in asked:
        for _record_id, values in _of(rows, noun, column, each):
            found += values
    return _Record(found)


def _of(rows: Rows, noun: str, column: str, record_id: str) -> Iterator[tuple[str, list[tuple[Field, str]]]]:
    """Yield the id of each row and what is written in its fields."""
    table = Base.metadata.tables[noun]
    for row in rows.execute(select(table).where(table.c[column] == record_id)).mappings():
        yield row["record_id"], [(field, str(row[field.name])) for field in RECORDS[noun] if row[field.name]]


def _is_veiled(draft: Draft, record: Any) -> bool:
    if draft.kind != Visit.__tablename__:
        return True
    return is_safe(record) or draft.fields.get("safety", "") not in OPEN_TO_ALL


def _plain(text: str) -> str:
    # Names and numbers are stored without what is only typed between their parts.
    return _BETWEEN.sub("", text)


def _label(name: str) -> str:
    return field_words.FIELDS.get(name) or field_words.FIELDS.get(f"{name}_told") or _("内容")
