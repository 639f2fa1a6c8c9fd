"""Who may see or change what hangs on a record: whoever may do so with the record itself."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import Synced
from desk.models.consultation import Consultation
from desk.models.mediation import Mediation
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


def _case(noun: str, table: type[Synced]) -> Check:
    def check(rows: Rows, session: Session, record_id: str, verb: str) -> None:
        session.require(verb, noun)
        row = rows.get(table, record_id)
        if row is None or row.void:
            raise InputProblem(_("没有找到这件事，可能已经作废。"), field=noun)

    return check


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "visit": _visit,
        "mediation": _case("mediation", Mediation),
        "consultation": _case("consultation", Consultation),
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
