"""The conflict check of advisers and mediators against this store (FL-11): one question, one answer.

`check` is the only way to ask. It looks up who shares a key with the quarrel in an index (`conflict_key`),
reads those records and lets `rules.conflict_check` compare. A county-wide check joins as one more `Source`.
What stands in the index is written beside the records by the `file_...` functions, in the same block.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, Protocol

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.base import alive
from desk.models.committee import Mediator
from desk.models.conflict_check import ConflictCheck, Interest
from desk.models.consultation import Consultation, Opponent
from desk.models.local import ConflictKey
from desk.models.party import Party
from desk.models.user import User as UserRow
from desk.models.visit import Visit
from desk.rules import conflict_check as rule
from desk.rules.conflict_check import Adviser, Earlier, Finding, Quarrel, Side
from desk.rules.profile import Profile
from desk.services import audit
from desk.services.conflict_records import Looked, found_here
from desk.services.visit_rows import Act

if TYPE_CHECKING:
    from desk.services.index_lines import VisitLine

Noun = Literal["consultation", "mediation"]

Place = tuple[str, str, str, str]
"""Where somebody stands in the index: noun, record, case and side (ours, theirs, applicant…)."""

FILED_OUTCOMES: Final = frozenset({"consultation", "mediation"})
"""Visits that ended in one of these name a quarrel; others are no business of the check."""

_TAKE_OUT = "DELETE FROM conflict_key WHERE noun = ? AND record_id = ?"
_PUT_IN = "INSERT INTO conflict_key (key, noun, record_id, case_id, side) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Question:
    """Who is to advise or mediate in which quarrel.

    `adviser_id` is a user's id, or a mediator's; of somebody with a `name` and no record it is the id of
    their place in the case. `case_id` is the record that asks, which is not held against itself.
    """

    quarrel: Quarrel
    adviser_id: str
    case_id: str
    mediates: bool = False
    name: str = ""


class Source(Protocol):
    """Where earlier records come from: this store now, a county's answer later."""

    def __call__(self, rows: Rows, wanted: Looked) -> Iterable[Earlier]:
        """Return the records that may stand against this adviser; too many do no harm."""
        ...


def check(
    rows: Rows,
    question: Question,
    profile: Profile,
    on: date,
    sources: Sequence[Source] = (found_here,),
) -> Finding:
    """Return what stands against this adviser or mediator (FL-11; Lawyers Law art. 39)."""
    whole_station = profile.flag("conflict.whole_station", on)
    keys = rule.quarrel_keys(question.quarrel)
    hits: list[rule.Hit] = []
    for who, deputy_id in _advisers(rows, question, on):
        looked = Looked(
            keys=keys,
            user_id=who.user_id,
            deputy_id=deputy_id,
            case_id=question.case_id,
            mediates=question.mediates,
            whole_station=whole_station,
        )
        earlier = [record for source in sources for record in source(rows, looked)]
        hits.extend(rule.check(question.quarrel, who, earlier, whole_station=whole_station).hits)
    return Finding(tuple(dict.fromkeys(hits)))


def note(
    act: Act, noun: Noun, question: Question, finding: Finding, result: str, *, reason: str = ""
) -> ConflictCheck:
    """Write down that a check was made and its answer; what was hit is read by the head alone.

    `result` is a code of `consultation_codes.CONFLICT`; `reason` why it was made where nobody asked for it.
    """
    worst = max(finding.hits, key=lambda hit: hit.strength, default=None)
    row = ConflictCheck(
        noun=noun,
        for_id=question.case_id,
        adviser_id=question.adviser_id,
        adviser_name=question.name or name_of(act.rows, question.adviser_id),
        checked_at=act.at,
        checked_by=act.user.id,
        result=result,
        strength=worst.strength.code if worst is not None else rule.Strength.NONE.code,
        hit_noun=worst.noun if worst is not None else "",
        hit_id=worst.record_id if worst is not None else "",
        hit_number=worst.number if worst is not None else "",
        reason=reason,
    )
    act.rows.add(row)
    return row


def judged(act: Act, hit: ConflictCheck, reason: str) -> ConflictCheck:
    """Return the row that says a hit was only a namesake, and write down in the audit who judged so."""
    audit.append(
        act.rows,
        "conflict_judge",
        user_id=act.user.id,
        noun="conflict_check",
        target_id=hit.record_id,
        fields="result",
    )
    return ConflictCheck(
        noun=hit.noun,
        for_id=hit.for_id,
        adviser_id=hit.adviser_id,
        adviser_name=hit.adviser_name,
        checked_at=act.at,
        checked_by=act.user.id,
        result="namesake",
        strength=hit.strength,
        hit_noun=hit.hit_noun,
        hit_id=hit.hit_id,
        hit_number=hit.hit_number,
        reason=reason.strip(),
    )


def newest(rows: Rows, for_id: str) -> ConflictCheck | None:
    """Return the last check made for a record."""
    return next(iter(made(rows, for_id, limit=1)), None)


def made(rows: Rows, for_id: str, *, limit: int | None = None) -> Sequence[ConflictCheck]:
    """Return the checks made for a record, the last one first, at most `limit` of them."""
    rows.flush()
    query = alive(ConflictCheck).where(ConflictCheck.for_id == for_id)
    query = query.order_by(ConflictCheck.checked_at.desc(), literal_column("conflict_check.rowid").desc())
    return rows.scalars(query.limit(limit)).all()


def name_of(rows: Rows, adviser_id: str) -> str:
    """Return the name of an adviser (user) or mediator, "" if unknown."""
    user = rows.get(UserRow, adviser_id) if adviser_id else None
    if user is not None:
        return user.name
    mediator = rows.get(Mediator, adviser_id) if adviser_id else None
    return mediator.name if mediator is not None else ""


def file_consultation(rows: Rows, consultation: Consultation, opponents: Iterable[Opponent]) -> None:
    """Put client and opposite parties of a consultation into the index, in place of what stood there."""
    case_id = consultation.record_id
    client = Side(
        name=consultation.name_told,
        id_no=consultation.id_no_told,
        uscc=consultation.uscc_told,
        phone=consultation.phone_told,
    )
    _file(rows, ("consultation", case_id, case_id, "ours"), client)
    for row in opponents:
        other = None if row.void else opponent_side(row)
        _file(rows, ("consultation", row.record_id, case_id, "theirs"), other)


def file_party(rows: Rows, party: Party) -> None:
    """Put one party of a mediation into the index; one made void is taken out."""
    side = None if party.void else party_side(party)
    _file(rows, ("mediation", party.record_id, party.mediation_id, party.side), side)


def file_visit(rows: Rows, visit: Visit, outcome: str) -> None:
    """Put the visitor of a quarrel into the index; a visit that ended otherwise, or is void, is taken out."""
    side = _visitor_side(visit, outcome)
    _file(rows, ("visit", visit.record_id, visit.record_id, "ours"), side)


def file_visits(rows: Rows, visits: Sequence[tuple["VisitLine", str]]) -> None:
    """Do the same for many visits at once, each with its outcome."""
    plain.write_many(rows, _TAKE_OUT, [("visit", visit.record_id) for visit, _outcome in visits])
    sides = ((visit.record_id, _visitor_side(visit, outcome)) for visit, outcome in visits)
    file_new(rows, [(("visit", each, each, "ours"), side) for each, side in sides if side is not None])


def forget(rows: Rows, noun: str, record_id: str) -> None:
    """Take a row that was made void out of the index."""
    plain.write(rows, _TAKE_OUT, (noun, record_id))


def file_new(rows: Rows, entries: Iterable[tuple[Place, Side]]) -> None:
    """Put people of records that were just made into the index, many at once; nothing stood there before."""
    values = [(key, *place) for place, side in entries for key in rule.keys(side)]
    if values:
        plain.write_many(rows, _PUT_IN, values)


def any_filed(rows: Rows, noun: str, record_ids: Sequence[str]) -> bool:
    """Tell whether anybody of these records stands in the index."""
    query = select(ConflictKey.row).where(ConflictKey.noun == noun, ConflictKey.record_id.in_(record_ids))
    return rows.scalars(query.limit(1)).first() is not None


def party_side(party: Party) -> Side:
    """Return a party as the check compares it."""
    aliases = (party.alias,) if party.alias else ()
    return Side(party.name, party.id_no, party.uscc, party.phone, aliases)


def opponent_side(row: Opponent) -> Side:
    """Return an opposite party as the check compares it."""
    return Side(row.name, row.id_no, row.uscc, row.phone)


def _visitor_side(visit: "Visit | VisitLine", outcome: str) -> Side | None:
    if outcome not in FILED_OUTCOMES or visit.void or visit.anonymous:
        return None
    return Side(name=visit.name_told, id_no=visit.id_no_told, phone=visit.phone_told)


def _file(rows: Rows, place: Place, side: Side | None) -> None:
    # Plain statements: this is in the way of every save.
    noun, record_id, case_id, where = place
    plain.write(rows, _TAKE_OUT, (noun, record_id))
    found = rule.keys(side) if side is not None else ()
    if found:
        values = [(key, noun, record_id, case_id, where) for key in found]
        plain.write_many(rows, _PUT_IN, values)


def _advisers(rows: Rows, question: Question, on: date) -> list[tuple[Adviser, str]]:
    """Return who is asked about: one person, or, of a name without a record, everybody here who bears it."""
    if not question.name:
        return [_adviser(rows, question, question.adviser_id, on)]
    found = [_adviser(rows, question, each, on) for each in _namesakes(rows, question.name)]
    own = (Side(question.name),) if question.mediates else ()
    stranger = Adviser(question.adviser_id, own=own, mediates=question.mediates)
    return [(replace(who, named_only=True), deputy_id) for who, deputy_id in (*found, (stranger, ""))]


def _namesakes(rows: Rows, name: str) -> list[str]:
    """Return the users and mediators of a name, those who left too: what they heard, they heard."""
    wanted = rule.comparable_name(name)
    users = rows.execute(select(UserRow.record_id, UserRow.name).where(UserRow.void.is_(False)))
    mediators = rows.execute(select(Mediator.record_id, Mediator.name).where(Mediator.void.is_(False)))
    named = [(record_id, told) for found in (users, mediators) for record_id, told in found]
    return [record_id for record_id, told in named if wanted and rule.comparable_name(told) == wanted]


def _adviser(rows: Rows, question: Question, adviser_id: str, on: date) -> tuple[Adviser, str]:
    """Return somebody by the user they are if they have one, and the deputy they are, or ""."""
    mediator = rows.get(Mediator, adviser_id)
    user_id = (mediator.user_id if mediator is not None else "") or adviser_id
    user = rows.get(UserRow, user_id)
    ids = {adviser_id, user_id}
    if mediator is None:
        ids |= set(rows.scalars(select(Mediator.record_id).where(Mediator.user_id == user_id)))
    declared = alive(Interest).where(Interest.user_id.in_(ids) | Interest.mediator_id.in_(ids))
    interests = tuple(
        Side(row.name, row.id_no, row.uscc, row.phone)
        for row in rows.scalars(declared)
        if row.until_on is None or row.until_on >= on
    )
    own: tuple[Side, ...] = ()
    if question.mediates and mediator is not None:
        own = (Side(mediator.name, phone=mediator.phone),)
    made = Adviser(user_id, interests, own, mediates=question.mediates)
    return made, user.deputy_id if user is not None else ""
