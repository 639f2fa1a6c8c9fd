"""What lies below some visits, for their cards: two questions, however many visits there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.matter import Matter
from desk.models.visit import Visit

# The first matter of a visit is the one its card tells about: it comes last.
_MATTERS: Final = (
    "SELECT visit_id, record_id, subject, category, outcome, tell_by, statement, request, level,"
    " proposed_unit, answer_text, guide_to, guide_reason FROM matter"
    " WHERE visit_id IN ({ids}) AND void = 0 ORDER BY rowid DESC"
)
# Of each part: its name, whose it is, two values, when, and the place in its table.
_OF_ALL: Final = (
    "SELECT 'receiver', visit_id, name, levels_text, NULL, rowid FROM receiver"
    " WHERE visit_id IN ({ids}) AND void = 0"
    " UNION ALL SELECT 'rating', visit_id, about, value, rated_at, rowid FROM rating"
    " WHERE visit_id IN ({ids}) AND void = 0"
    " UNION ALL SELECT 'reply', matter_id, NULL, NULL, replied_at, rowid FROM reply"
    " WHERE matter_id IN ({matters})"
    " UNION ALL SELECT 'link', matter_id, number, NULL, NULL, rowid FROM proposal"
    " WHERE matter_id IN ({proposed}) AND void = 0"
    " UNION ALL SELECT 'link', matter_id, number, NULL, NULL, rowid FROM mediation"
    " WHERE matter_id IN ({mediation}) AND void = 0"
    " UNION ALL SELECT 'link', matter_id, number, NULL, NULL, rowid FROM consultation"
    " WHERE matter_id IN ({consultation}) AND void = 0"
    " UNION ALL SELECT 'printed', target_id, NULL, NULL, NULL, rowid FROM print_job"
    " WHERE target_id IN ({ids}) AND paper = 'receipt'"
    " AND state IN ('printed', 'saved')"
    " UNION ALL SELECT 'registrar', record_id, name, NULL, NULL, rowid FROM user"
    " WHERE record_id IN ({registrars})"
)
_OF_UNFINISHED: Final = (
    " UNION ALL SELECT 'companion', visit_id, NULL, NULL, NULL, rowid FROM companion"
    " WHERE visit_id IN ({unfinished}) AND void = 0"
    " UNION ALL SELECT 'told', visit_id, NULL, NULL, NULL, rowid FROM consent"
    " WHERE visit_id IN ({unfinished}) AND void = 0"
    " UNION ALL SELECT 'report', visit_id, kind, recipient, NULL, rowid FROM report"
    " WHERE visit_id IN ({unfinished}) AND void = 0"
)
_LINKED: Final = ("proposed", "mediation", "consultation")
_LINKS: Final = (
    "SELECT matter_id, number FROM proposal WHERE matter_id IN ({proposed}) AND void = 0"
    " UNION ALL SELECT matter_id, number FROM mediation WHERE matter_id IN ({mediation}) AND void = 0"
    " UNION ALL SELECT matter_id, number FROM consultation WHERE matter_id IN ({consultation}) AND void = 0"
)


class MatterLine(NamedTuple):
    """What a card says and needs of a matter."""

    visit_id: str
    record_id: str
    subject: str
    category: str
    outcome: str
    tell_by: date | None
    statement: str
    request: str
    level: str
    proposed_unit: str
    answer_text: str
    guide_to: str
    guide_reason: str


@dataclass(frozen=True)
class Below:
    """What lies below some visits, by visit id (replies and links by matter id, registrars by user id)."""

    matters: dict[str, MatterLine]
    receivers: dict[str, list[tuple[str, str]]]
    ratings: dict[tuple[str, str], str]
    replied: dict[str, datetime | None]
    links: dict[str, str]
    printed: set[str]
    registrars: dict[str, str]
    companions: dict[str, int]
    told: set[str]
    reports: dict[str, tuple[str, str]]


def find(rows: Rows, visits: Sequence[Visit], matter: Matter | None = None) -> Below:
    """Return what lies below the visits; of ratings and replies the newest counts.

    `matter` is the first one of a single visit: what was just written need not be read.
    """
    ids = [visit.record_id for visit in visits]
    matters = _matters(rows, ids) if matter is None else {matter.visit_id: _line(matter)}
    parts = _parts(rows, visits, ids, matters.values())
    receivers: dict[str, list[tuple[str, str]]] = {}
    for visit_id, name, levels, _at in parts["receiver"]:
        receivers.setdefault(visit_id, []).append((name, levels))
    return Below(
        matters=matters,
        receivers=receivers,
        ratings={(about, visit_id): value for visit_id, about, value, _at in parts["rating"]},
        replied={row[0]: datetime.fromisoformat(row[3]) if row[3] else None for row in parts["reply"]},
        links={row[0]: row[1] for row in parts["link"]},
        printed={row[0] for row in parts["printed"]},
        registrars={row[0]: row[1] for row in parts["registrar"]},
        companions=_counted(row[0] for row in parts["companion"]),
        told={row[0] for row in parts["told"]},
        reports={visit_id: (kind, recipient) for visit_id, kind, recipient, _at in parts["report"]},
    )


def linked_numbers(rows: Rows, outcomes: Mapping[str, str]) -> dict[str, str]:
    """Return the number of the proposal, mediation or consultation by matter id; given are the outcomes."""
    lists = {each: [matter for matter, outcome in outcomes.items() if outcome == each] for each in _LINKED}
    if not any(lists.values()):
        return {}
    return dict(plain.ask_lists(rows, _LINKS, lists))


def _parts(
    rows: Rows, visits: Sequence[Visit], ids: list[str], matters: Iterable[MatterLine]
) -> defaultdict[str, list[tuple[str, str, str, str | None]]]:
    """Return (whose, two values, when) of each part below, the newest last."""
    lists = {"ids": ids, "registrars": list({visit.registrar_id for visit in visits})}
    lists["matters"] = [matter.record_id for matter in matters]
    for outcome in _LINKED:
        lists[outcome] = [matter.record_id for matter in matters if matter.outcome == outcome]
    lists["unfinished"] = [visit.record_id for visit in visits if visit.state != "finished"]
    words = _OF_ALL + _OF_UNFINISHED if lists["unfinished"] else _OF_ALL
    found = defaultdict(list)
    for row in sorted(plain.ask_lists(rows, words, lists), key=_in_time):
        found[row[0]].append(row[1:5])
    return found


def _matters(rows: Rows, ids: list[str]) -> dict[str, MatterLine]:
    found = {}
    for line in plain.ask_lists(rows, _MATTERS, {"ids": ids}):
        matter = MatterLine(*line)
        if line[5]:
            matter = matter._replace(tell_by=date.fromisoformat(line[5]))
        found[matter.visit_id] = matter
    return found


def _counted(visit_ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for visit_id in visit_ids:
        found[visit_id] = found.get(visit_id, 0) + 1
    return found


def _line(matter: Matter) -> MatterLine:
    return MatterLine._make([getattr(matter, name) for name in MatterLine._fields])


def _in_time(row: tuple[Any, ...]) -> tuple[str, int]:
    return row[4] or "", row[5]
