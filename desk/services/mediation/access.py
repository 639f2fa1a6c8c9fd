"""Who may read and change which case: mediator and head; whoever registers one, until it is accepted.

Words of a mediation never reach a role without the right (product.md). A clerk or deputy who writes a dispute
down keeps it in view until it is accepted or ended, as with safe visits; then the rule holds for them too.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_

from desk.errors import AccessProblem
from desk.models.mediation import Mediation
from desk.rules.mediation_states import OPEN_TO_REGISTRAR
from desk.services.session import Session
from desk.text import _

OPEN_STATES: Final = OPEN_TO_REGISTRAR
"""States in which the registrar still sees and corrects the case; only these may be made void."""


@dataclass(frozen=True)
class CaseReader:
    """Who asks: the user, whether they read all cases, and what they are called."""

    user_id: str
    name: str
    sees_all: bool


def reader_of(session: Session) -> CaseReader:
    """Return who is at the desk. Raises AccessProblem when locked, or with neither right to cases."""
    sees_all = session.may("read", "mediation")
    if not sees_all:
        session.require("write", "mediation")
    return CaseReader(session.user.id, session.user.name, sees_all)


def listed(reader: CaseReader) -> ColumnElement[bool]:
    """Return the condition for lists and counts: never void, others' cases by right only."""
    alive = Mediation.void.is_(False)
    if reader.sees_all:
        return alive
    return and_(alive, Mediation.registrar_id == reader.user_id, Mediation.state.in_(OPEN_STATES))


def may_read(reader: CaseReader, case: Mediation) -> bool:
    """Tell whether the reader may see this case."""
    return reader.sees_all or (case.registrar_id == reader.user_id and case.state in OPEN_STATES)


def require_read(reader: CaseReader, case: Mediation) -> None:
    """Let pass who may see the case. Raises AccessProblem."""
    if not may_read(reader, case):
        raise AccessProblem(
            _("这个纠纷已由调解员办理，您不能查看。"), way_out=_("请联系本案的调解员或站长。")
        )
