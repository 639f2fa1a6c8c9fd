"""Numbers in clear that an older version left in drafts, though they were only looked at (SEC-05).

Since then a number shown in clear is in no draft (`ui/parts/headed_rows.py`). One that the record of a draft
has is starred like that here; saved so, it stays what it is. A number nobody has written down yet stays.
"""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models.local import Draft
from desk.models.store import Store
from desk.services import laid_aside


def star(store: Store) -> int:
    """Star them in every draft; return how many were changed. Raises StoreProblem: the disk is full."""
    with store.read() as rows:
        found = [(draft, _starred(draft.fields, laid_aside.numbers(rows, draft))) for draft in _all(rows)]
        changed = {draft.draft_id: fields for draft, fields in found if fields != draft.fields}
    if changed:
        with store.write_local() as rows:
            for draft in _all(rows):
                draft.fields = changed.get(draft.draft_id, draft.fields)
    return len(changed)


def _all(rows: Rows) -> list[Draft]:
    return list(rows.scalars(select(Draft)))


def _starred(fields: Mapping[str, str], stars: Mapping[str, str]) -> dict[str, str]:
    """Star each number where it is the whole of a field, by itself or inside a form that is kept as JSON."""
    quoted = {json.dumps(clear): json.dumps(starred) for clear, starred in stars.items()}
    return {name: _inside(stars.get(text.strip(), text), quoted) for name, text in fields.items()}


def _inside(text: str, quoted: Mapping[str, str]) -> str:
    for clear, starred in quoted.items():
        text = text.replace(clear, starred)
    return text
