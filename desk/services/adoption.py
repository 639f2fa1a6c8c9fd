"""Takes over what 0.1.0 left: mediations and consultations that had a number and a state, no more, and
visits that no conflict check knows.

Such a record has no time yet and would stand in no list. It is given what its visit knows by an ordinary
write, with ops, when the store is first opened by this version; once it has its time it is left alone.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.models.base import alive
from desk.models.consultation import Consultation
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.store import Store
from desk.models.user import User as UserRow
from desk.models.visit import Visit
from desk.rules.profile import Profile
from desk.services import conflicts
from desk.services.consultation import visit_link as consultation_link
from desk.services.mediation import visit_link
from desk.services.session import User
from desk.services.visit_rows import Act

_AT_ONCE: Final = 100
"""How many of each are written in one block; a power cut between two leaves the rest for the next time."""

_A_FEW: Final = 8
"""How many visits of a quarrel tell whether all are filed: this is asked whenever the store is opened."""

_MEDIATIONS = alive(Mediation).where(Mediation.registered_at.is_(None)).limit(_AT_ONCE)
_QUARRELS = (
    select(Visit, Matter.outcome)
    .join(Matter, Matter.visit_id == Visit.record_id)
    .where(
        Matter.outcome.in_(sorted(conflicts.FILED_OUTCOMES)),
        *(Matter.void.is_(False), Visit.void.is_(False), Visit.anonymous.is_(False)),
    )
)
_CONSULTATIONS = alive(Consultation).where(Consultation.consulted_at.is_(None)).limit(_AT_ONCE)


def adopt(store: Store, user: User, profile: Profile) -> int:
    """Give every record of a visit that has no time yet what the visit knows; return how many there were.

    Visitors of a quarrel are put where the conflict check looks for them (FL-11).

    Raises StoreProblem: the disk is full or fails; what was not taken over is the next time.
    """
    _file_visits(store)
    taken = 0
    while _waiting(store):
        with store.write(user.id) as rows, rows.no_autoflush:
            found = _found(rows)
            for row in found:
                _take_over(Act(rows, user, clock.now(), profile), row)
            taken += len(found)
    return taken


def _file_visits(store: Store) -> None:
    """Put the visitors of every quarrel into the index of the conflict check, once for all.

    Since then each visit has put itself there, so if any of the first is there, all are.
    """
    with store.read() as rows:
        first = rows.scalars(_QUARRELS.with_only_columns(Visit.record_id).limit(_A_FEW)).all()
        if not first or conflicts.any_filed(rows, "visit", first):
            return
    with store.write_local() as rows:
        for visit, outcome in rows.execute(_QUARRELS):
            conflicts.file_visit(rows, visit, outcome)


def _waiting(store: Store) -> bool:
    with store.read() as rows:
        return bool(_found(rows))


def _found(rows: Rows) -> Sequence[Mediation | Consultation]:
    return [*rows.scalars(_MEDIATIONS), *rows.scalars(_CONSULTATIONS)]


def _take_over(act: Act, row: Mediation | Consultation) -> None:
    matter = act.rows.get(Matter, row.matter_id) if row.matter_id else None
    visit = act.rows.get(Visit, matter.visit_id) if matter is not None else None
    if matter is None or visit is None:
        _stand_alone(act, row)
        return
    made = Act(act.rows, _registrar(act, visit), act.at, act.profile)
    if isinstance(row, Mediation):
        visit_link.carry_over(made, row, visit, matter)
    else:
        consultation_link.carry_over(made, row, visit, matter)
    conflicts.file_visit(act.rows, visit, matter.outcome)


def _stand_alone(act: Act, row: Mediation | Consultation) -> None:
    """Let a record whose visit is not in this store be seen at least, under the time it was found."""
    if isinstance(row, Mediation):
        row.registered_at = act.at
    else:
        row.consulted_at = act.at


def _registrar(act: Act, visit: Visit) -> User:
    """Return who wrote the visit down: they keep their case in view, not whoever opens the store today."""
    row = act.rows.get(UserRow, visit.registrar_id) if visit.registrar_id else None
    return User(row.record_id, row.name, frozenset()) if row is not None else act.user
