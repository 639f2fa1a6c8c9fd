"""Numbers in clear that an older version left in drafts, though they were only looked at (SEC-05).

Since then a number shown in clear is in no draft (`ui/parts/headed_rows.py`). One that stands in the field of
its own row, and that the record has there, is starred like that here, once; saved so, it stays what it is.
Every other number is somebody's words, such as a safe contact, or nobody has written it down yet: it stays.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models.base import Base
from desk.models.local import Draft, SettingValue
from desk.models.person import Person
from desk.models.store import Store
from desk.rules import draft_words, field_values

Known = Mapping[str, Mapping[str, frozenset[str]]]
"""The numbers of each row, by its id and by the field of a form: phone, id_no."""

_MARK: Final = "drafts_starred"
_OWN: Final = ""
"""The row a draft is about itself."""


def star(store: Store) -> int:
    """Star them in every draft the first time; return how many were changed.

    Raises StoreProblem: the disk is full.
    """
    with store.read() as rows:
        if rows.get(SettingValue, _MARK) is not None:
            return 0
        found = [(draft, _starred(draft, _numbers(rows, draft))) for draft in rows.scalars(select(Draft))]
        changed = {draft.draft_id: fields for draft, fields in found if fields != draft.fields}
    with store.write_local() as rows:
        rows.merge(SettingValue(key=_MARK, value="1"))
        for draft in rows.scalars(select(Draft).where(Draft.draft_id.in_(changed))):
            draft.fields = changed[draft.draft_id]
    return len(changed)


def _numbers(rows: Rows, draft: Draft) -> Known:
    """Return the numbers of the record of a draft, of the person chosen for it and of the rows below it."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    person = Person.__tablename__
    for table in Base.metadata.sorted_tables:
        names = [each.name for each in table.columns if field_values.is_starred(table.name, each.name)]
        below = f"{draft.kind}_id"
        if not names:
            continue
        if table.name == draft.kind:
            chosen = table.c.record_id == draft.record_id
        elif table.name == person:
            chosen = table.c.record_id == draft.fields.get("person_id", "")
        elif below in table.columns:
            chosen = table.c[below] == draft.record_id
        else:
            continue
        own = table.name in (draft.kind, person)
        for row in rows.execute(select(table).where(chosen, table.c.record_id != "")).mappings():
            into = found.setdefault(_OWN if own else row["record_id"], {})
            for name in names:
                field = name.removesuffix("_told")
                into[field] = into.get(field, frozenset()) | ({row[name]} - {""})
    return found


def _starred(draft: Draft, known: Known) -> dict[str, str]:
    return {
        name: _text(draft.kind, name.rpartition(".")[2], text, known) for name, text in draft.fields.items()
    }


def _text(kind: str, name: str, text: str, known: Known) -> str:
    form = draft_words.opened(text)
    if isinstance(form, str):
        return _number(kind, name, text, known.get(_OWN, {}))
    starred = _form(kind, form, known)
    return text if starred == form else json.dumps(starred, ensure_ascii=False)


def _form(kind: str, form: Any, known: Known) -> Any:
    if isinstance(form, list):
        return [_form(kind, each, known) for each in form]
    if not isinstance(form, dict):
        return form
    has = known.get(form.get("id") or "new", {})
    return {
        name: _number(kind, name, each, has) if isinstance(each, str) else _form(kind, each, known)
        for name, each in form.items()
    }


def _number(kind: str, name: str, text: str, has: Mapping[str, frozenset[str]]) -> str:
    is_known = text.strip() in has.get(name, frozenset())
    return field_values.starred(kind, name, text.strip()) if is_known else text
