"""What the search index needs of records that came, read past SQLAlchemy (decision 0008): there are many.

Values stand as in the file: moments as ISO text, yes and no as 1 and 0.
"""

from collections.abc import Collection
from typing import Final, NamedTuple

import orjson
from sqlalchemy.orm import Session as Rows

from desk.models import plain


class VisitLine(NamedTuple):
    """What a visit is found by, and what the conflict check keeps of it (FL-11)."""

    record_id: str
    void: int
    state: str
    anonymous: int
    received_at: str | None
    arrived_at: str | None
    name_told: str
    phone_told: str
    id_no_told: str
    address_told: str
    grid_told: str
    number: str
    spoken: str


class MatterLine(NamedTuple):
    """What a visit is found by of its matter."""

    record_id: str = ""
    outcome: str = ""
    category: str = ""
    subject: str = ""
    statement: str = ""
    request: str = ""
    deputy_view: str = ""
    answer_text: str = ""


class PersonLine(NamedTuple):
    """What a person is found by."""

    record_id: str
    void: int
    name: str
    alias: str
    name_initials: str
    phone: str
    id_no: str
    address: str
    grid: str


_AMONG: Final = "IN (SELECT value FROM json_each(?))"
_VISITS: Final = f"SELECT {', '.join(VisitLine._fields)} FROM visit WHERE record_id {_AMONG}"  # noqa: S608 - ours
_PEOPLE: Final = f"SELECT {', '.join(PersonLine._fields)} FROM person WHERE record_id {_AMONG}"  # noqa: S608 - ours
# The first matter of a visit is the one it is found by: it comes last.
_MATTERS: Final = (
    f"SELECT visit_id, {', '.join(MatterLine._fields)} FROM matter"  # noqa: S608 - names of our own
    f" WHERE visit_id {_AMONG} AND void = 0 ORDER BY rowid DESC"
)
_COMPANIONS: Final = (
    "SELECT visit_id, name_told FROM companion"
    " WHERE visit_id IN (SELECT value FROM json_each(?)) AND void = 0"
)


def visits(rows: Rows, record_ids: Collection[str]) -> list[VisitLine]:
    """Return the visits of these ids, void ones too."""
    return [VisitLine._make(row) for row in plain.ask(rows, _VISITS, _listed(record_ids))]


def matters(rows: Rows, visit_ids: Collection[str]) -> dict[str, MatterLine]:
    """Return the matter of each visit that has one."""
    found = plain.ask(rows, _MATTERS, _listed(visit_ids))
    return {visit_id: MatterLine._make(row) for visit_id, *row in found}


def companions(rows: Rows, visit_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the names of who came along, by visit."""
    found: dict[str, list[str]] = {}
    for visit_id, name in plain.ask(rows, _COMPANIONS, _listed(visit_ids)):
        found.setdefault(visit_id, []).append(name)
    return found


def people(rows: Rows, record_ids: Collection[str]) -> list[PersonLine]:
    """Return the people of these ids, void ones too."""
    return [PersonLine._make(row) for row in plain.ask(rows, _PEOPLE, _listed(record_ids))]


def _listed(ids: Collection[str]) -> tuple[str]:
    return (orjson.dumps(list(ids)).decode(),)
