"""Who may read and change which consultation (FL-12): lawyer and head; whoever registers one, until it ends.

A clerk or deputy who writes a question down keeps it in view until it is finished or referred, as with safe
visits; then what was said and advised is for lawyer and head only.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_

from desk.errors import AccessProblem
from desk.models.consultation import Consultation
from desk.rules.consultation_states import OPEN_TO_REGISTRAR
from desk.rules.masking import mask_name
from desk.services.session import Session
from desk.text import _

OPEN_STATES: Final = OPEN_TO_REGISTRAR
"""States in which the registrar still sees and corrects what was written."""

_BEFORE = "registered"


@dataclass(frozen=True)
class Reader:
    """Who asks: the user, whether they read all consultations, see whole names, judge checks, make void."""

    user_id: str
    sees_all: bool
    sees_names: bool
    judges: bool
    voids: bool = False

    def name(self, row: Consultation) -> str:
        """Return the client's name as this reader sees it."""
        if row.identity_refused:
            return _("不愿透露")
        mine = row.registrar_id == self.user_id and state_of(row) in OPEN_STATES
        return row.name_told if self.sees_names or mine else mask_name(row.name_told)


def reader_of(session: Session) -> Reader:
    """Return who is at the desk. Raises AccessProblem when locked, or with neither right to consultations."""
    sees_all = session.may("read", "consultation")
    if not sees_all:
        session.require("write", "consultation")
    return Reader(
        user_id=session.user.id,
        sees_all=sees_all,
        sees_names=session.may("reveal", "consultation"),
        judges=session.may("read", "conflict_check"),
        voids=session.may("void", "consultation"),
    )


def state_of(row: Consultation) -> str:
    """Return the state; what a store of 0.1.0 called registered is opened now."""
    return "opened" if row.state in ("", _BEFORE) else row.state


def listed(reader: Reader) -> ColumnElement[bool]:
    """Return the condition for lists and counts: never void, others' consultations by right only."""
    alive = Consultation.void.is_(False)
    if reader.sees_all:
        return alive
    mine = Consultation.registrar_id == reader.user_id
    return and_(alive, mine, Consultation.state.in_((*OPEN_STATES, _BEFORE)))


def may_read(reader: Reader, row: Consultation) -> bool:
    """Tell whether the reader may see what was asked and advised."""
    return reader.sees_all or (row.registrar_id == reader.user_id and state_of(row) in OPEN_STATES)


def require_read(reader: Reader, row: Consultation) -> None:
    """Let pass who may see the consultation. Raises AccessProblem."""
    if not may_read(reader, row):
        raise AccessProblem(
            _("咨询的内容只给解答人和站长看。"), way_out=_("需要更正或者补充的，请联系解答人或站长。")
        )
