"""Who may see or change what hangs on a record: whoever may do so with the record itself."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from sqlalchemy.orm import Session as Rows

from desk.errors import AccessProblem, InputProblem
from desk.models.consultation import Consultation
from desk.models.mediation import Mediation
from desk.rules import consultation_states, mediation_states
from desk.services import visit_reading
from desk.services.session import Session
from desk.services.visit_safety import is_receiver, is_safe, reader_of, require_read
from desk.text import _

Check = Callable[[Rows, Session, str, str], None]


def _visit(rows: Rows, session: Session, visit_id: str, verb: str) -> None:
    reader = reader_of(rows, session)
    visit = visit_reading.found(rows, visit_id)
    require_read(rows, reader, visit)
    if verb != "read":
        session.require(verb, "visit")
    if verb == "reveal" and is_safe(visit):
        session.require(verb, "safe_visit", is_receiver=is_receiver(rows, reader, visit))


_Case = TypeVar("_Case", Mediation, Consultation)


def _case(noun: str, table: type[_Case], open_states: Collection[str]) -> Check:
    """Return the guard of cases: who may read them all, and who registers one until it is taken or ended."""

    def check(rows: Rows, session: Session, record_id: str, verb: str) -> None:
        sees_all = session.may("read", noun)
        session.require("write" if verb == "read" and not sees_all else verb, noun)
        row = rows.get(table, record_id)
        if row is None or row.void:
            raise InputProblem(_("没有找到这件事，可能已经作废。"), field=noun)
        if not sees_all and not (row.registrar_id == session.user.id and row.state in open_states):
            raise AccessProblem(_("这件事由别人办理，您不能查看。"), way_out=_("请联系办理人或站长。"))
        if verb == "write" and row.state == "archived":
            raise InputProblem(
                _("本案已经归档，不能再改。"),
                way_out=_("需要更正时，请写明理由重新打开案卷。"),
                field="state",
            )

    return check


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "visit": _visit,
        "mediation": _case("mediation", Mediation, mediation_states.OPEN_TO_REGISTRAR),
        "consultation": _case("consultation", Consultation, consultation_states.OPEN_TO_REGISTRAR),
    }
)
"""Nouns whose records may have attachments, each with its guard."""


def require(rows: Rows, session: Session, noun: str, record_id: str, verb: str) -> None:
    """Let pass who may do `verb` (read, write, reveal) with what hangs on this record (SEC-04).

    Raises AccessProblem, or InputProblem if the record is not there.
    """
    if verb != "reveal":
        session.require(verb, "attachment")
    CHECKS[noun](rows, session, record_id, verb)
