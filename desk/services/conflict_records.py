"""Earlier records of this store that share a key with a quarrel, as the conflict check compares them.

Only those that can stand against this adviser are read, however many namesakes there are: consultations they
gave, cases they mediated, visits they received as a deputy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, bindparam, column, or_, select, table
from sqlalchemy.orm import Session as Rows

from desk.models.committee import Mediator
from desk.models.consultation import Consultation, Opponent
from desk.models.matter import Matter
from desk.models.mediation import CaseMediator, Mediation
from desk.models.party import Party
from desk.models.user import User
from desk.models.visit import Receiver, Visit
from desk.rules.conflict_check import Earlier, Side, comparable_name
from desk.rules.mediation_states import OPEN_TO_REGISTRAR

_KEYS = table("conflict_key", column("key", String), column("noun", String), column("case_id", String))
_SHARED = select(_KEYS.c.case_id).where(
    _KEYS.c.key.in_(bindparam("keys", expanding=True)), _KEYS.c.noun == bindparam("noun")
)
_HEARD = ("checked", "answered", "finished")
_NOT_TAKEN = (*OPEN_TO_REGISTRAR, "rejected", "refused")


@dataclass(frozen=True)
class Looked:
    """What a source is asked: the keys of everybody, who is to serve them, and the record that asks.

    `user_id` is a user, or a mediator without one; `deputy_id` the deputy they are, or "". `mediates`: both
    sides are to be served; `whole_station`: what anybody here did counts.
    """

    keys: tuple[str, ...]
    user_id: str
    deputy_id: str
    case_id: str
    mediates: bool = False
    whole_station: bool = False


def found_here(rows: Rows, wanted: Looked) -> Iterable[Earlier]:
    """Return the records of this store that may stand against the adviser."""
    if not wanted.keys:
        return ()
    found = _consultations(rows, wanted)
    if not wanted.mediates:
        # Who mediated or received the same people before may mediate them again.
        found += _mediations(rows, wanted)
        found += _visits(rows, wanted)
    return found


def _consultations(rows: Rows, wanted: Looked) -> list[Earlier]:
    """Return consultations in which somebody was heard; one stopped before that served nobody."""
    columns = (
        *(Consultation.record_id, Consultation.number, Consultation.matter_id, Consultation.adviser_id),
        *(Consultation.name_told, Consultation.id_no_told, Consultation.uscc_told),
        *(Consultation.phone_told, Consultation.no_opponent),
    )
    query = select(*columns).where(
        Consultation.record_id.in_(_SHARED),
        Consultation.record_id != wanted.case_id,
        Consultation.void.is_(False),
        or_(Consultation.state.in_(_HEARD), Consultation.answer != ""),
    )
    if not wanted.whole_station:
        query = query.where(Consultation.adviser_id.in_((wanted.user_id, "")))
    lines = _asked(rows, query, wanted, "consultation")
    against = _sides(rows, [line.record_id for line in lines])
    return [
        Earlier(
            "consultation",
            line.number,
            (Side(line.name_told, line.id_no_told, line.uscc_told, line.phone_told),),
            against.get(line.record_id, ()),
            alone=line.no_opponent,
            by=frozenset(filter(None, (line.adviser_id,))),
            matter=line.matter_id,
            record_id=line.record_id,
        )
        for line in lines
    ]


def _sides(rows: Rows, consultation_ids: list[str]) -> dict[str, tuple[Side, ...]]:
    if not consultation_ids:
        return {}
    columns = (Opponent.consultation_id, Opponent.name, Opponent.id_no, Opponent.uscc, Opponent.phone)
    query = select(*columns).where(Opponent.consultation_id.in_(consultation_ids), Opponent.void.is_(False))
    found: dict[str, tuple[Side, ...]] = {}
    for case_id, name, id_no, uscc, phone in rows.connection().execute(query):
        found[case_id] = (*found.get(case_id, ()), Side(name, id_no, uscc, phone))
    return found


def _mediations(rows: Rows, wanted: Looked) -> list[Earlier]:
    """Return cases somebody mediated; one without a mediator that nobody has taken yet served nobody."""
    query = select(Mediation.record_id, Mediation.number, Mediation.matter_id, Mediation.state).where(
        Mediation.record_id.in_(_SHARED), Mediation.void.is_(False)
    )
    lines = _asked(rows, query, wanted, "mediation")
    by = _mediators(rows, [line.record_id for line in lines], wanted)
    taken = [line for line in lines if line.record_id in by or line.state not in _NOT_TAKEN]
    if not wanted.whole_station:
        taken = [line for line in taken if wanted.user_id in by.get(line.record_id, {wanted.user_id})]
    parties = _parties(rows, [line.record_id for line in taken])
    return [
        Earlier(
            "mediation",
            line.number,
            parties.get((line.record_id, True), ()),
            parties.get((line.record_id, False), ()),
            by=frozenset(by.get(line.record_id, ())),
            matter=line.matter_id,
            record_id=line.record_id,
        )
        for line in taken
    ]


def _mediators(rows: Rows, case_ids: list[str], wanted: Looked) -> dict[str, set[str]]:
    """Return who mediated, as users where they are, by case.

    Of whom only a name was typed is the adviser asked about if they bear it; who is not named at all counts
    as them (`rules.conflict_check`). Anybody else of no record is "".
    """
    if not case_ids:
        return {}
    names: frozenset[str] | None = None
    query = (
        select(CaseMediator.mediation_id, CaseMediator.mediator_id, CaseMediator.name, Mediator.user_id)
        .outerjoin(Mediator, Mediator.record_id == CaseMediator.mediator_id)
        .where(CaseMediator.mediation_id.in_(case_ids), CaseMediator.void.is_(False))
    )
    found: dict[str, set[str]] = {}
    for case_id, mediator_id, typed, user_id in rows.connection().execute(query):
        served = user_id or mediator_id
        if not served:
            names = _names(rows, wanted.user_id) if names is None else names
            told = comparable_name(typed)
            served = wanted.user_id if not told or not names or told in names else ""
        found.setdefault(case_id, set()).add(served)
    return found


def _names(rows: Rows, user_id: str) -> frozenset[str]:
    """Return what an adviser is called, as a user and as a mediator; nothing if nobody knows."""
    asked = (
        select(User.name).where(User.record_id == user_id),
        select(Mediator.name).where(or_(Mediator.record_id == user_id, Mediator.user_id == user_id)),
    )
    found = [name for query in asked if user_id for name in rows.scalars(query)]
    return frozenset(filter(None, map(comparable_name, found)))


def _parties(rows: Rows, case_ids: list[str]) -> dict[tuple[str, bool], tuple[Side, ...]]:
    """Return the sides by (case, applied); a third party was served beside either."""
    if not case_ids:
        return {}
    columns = (Party.mediation_id, Party.side, Party.name, Party.id_no, Party.uscc, Party.phone, Party.alias)
    query = select(*columns).where(Party.mediation_id.in_(case_ids), Party.void.is_(False))
    found: dict[tuple[str, bool], tuple[Side, ...]] = {}
    for case_id, side, name, id_no, uscc, phone, alias in rows.connection().execute(query):
        told = Side(name, id_no, uscc, phone, (alias,) if alias else ())
        for applied in (True, False):
            if side != ("respondent" if applied else "applicant"):
                found[case_id, applied] = (*found.get((case_id, applied), ()), told)
    return found


def _visits(rows: Rows, wanted: Looked) -> list[Earlier]:
    """Return visits the adviser received as a deputy; a visit names no other side."""
    if not wanted.deputy_id and not wanted.whole_station:
        return []
    query = (
        select(
            *(Visit.record_id, Visit.number, Visit.name_told, Visit.id_no_told, Visit.phone_told),
            Matter.record_id.label("matter_id"),
        )
        .join(Matter, Matter.visit_id == Visit.record_id)
        .where(Visit.record_id.in_(_SHARED), Visit.void.is_(False), Matter.void.is_(False))
    )
    if not wanted.whole_station:
        mine = select(Receiver.visit_id).where(
            Receiver.deputy_id == wanted.deputy_id, Receiver.void.is_(False)
        )
        query = query.where(Visit.record_id.in_(mine))
    return [
        Earlier(
            "visit",
            line.number,
            (Side(name=line.name_told, id_no=line.id_no_told, phone=line.phone_told),),
            by=frozenset((wanted.user_id,)),
            matter=line.matter_id,
            record_id=line.record_id,
        )
        for line in _asked(rows, query, wanted, "visit")
    ]


def _asked(rows: Rows, query: Select[*tuple[Any, ...]], wanted: Looked, noun: str) -> list[Any]:
    return list(rows.connection().execute(query, {"keys": wanted.keys, "noun": noun}))
