"""Consultations as pages may show them: rows in, frozen cards out."""

from sqlalchemy.orm import Session as Rows

from desk.models.consultation import Consultation as Row
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.user import User
from desk.models.visit import Visit
from desk.rules import consultation_codes as codes
from desk.rules.conflict_check import CHANGE_ADVISER
from desk.rules.consultation_states import STEPS, Record, may_write_answer
from desk.rules.labels import RATING
from desk.services import conflicts
from desk.services.consultation.access import Reader, may_read, state_of
from desk.services.consultation.rows import split
from desk.services.consultation.values import ConflictView, Consultation
from desk.services.visit_safety import contact_words
from desk.text import _


def card(rows: Rows, row: Row, reader: Reader) -> Consultation:
    """Return one consultation as its reader may see it; what is pending in the block is written first."""
    rows.flush()
    readable = may_read(reader, row)
    state = state_of(row)
    matter = rows.get(Matter, row.matter_id) if row.matter_id else None
    visit = rows.get(Visit, matter.visit_id) if matter is not None else None
    case = _mediation(rows, row)
    registrar = rows.get(User, row.registrar_id) if row.registrar_id else None
    return Consultation(
        id=row.record_id,
        number=row.number,
        state=state,
        state_label=codes.STATE.get(state, ""),
        readable=readable,
        name=reader.name(row) if readable else "",
        identity_refused=row.identity_refused,
        channel=row.channel,
        channel_label=codes.CHANNEL.get(row.channel, ""),
        topics=split(row.topic) if readable else (),
        category=row.category if readable else "",
        category_label=codes.category_words(split(row.topic)) if readable else "",
        consulted_at=row.consulted_at,
        finished_at=row.finished_at,
        appointment_at=row.appointment_at,
        adviser_id=row.adviser_id,
        adviser_name=row.adviser_name,
        conflict=conflict_view(rows, row, reader),
        answer_open=readable and may_write_answer(state, Record(conflict=row.conflict)),
        disposition=row.disposition if readable else "",
        disposition_label=codes.DISPOSITION.get(row.disposition, "") if readable else "",
        rating=row.rating,
        rating_label=RATING.get(row.rating, ""),
        visit_id=visit.record_id if visit is not None else "",
        visit_number=visit.number if visit is not None else "",
        matter_id=row.matter_id,
        mediation_id=case.record_id if case is not None else "",
        mediation_number=case.number if case is not None else "",
        joint_day_id=row.joint_day_id,
        registrar=registrar.name if registrar is not None else "",
        verbs=_verbs(state, reader) if readable else (),
        safe_contact=contact_words(visit) if readable else "",
    )


def conflict_view(rows: Rows, row: Row, reader: Reader) -> ConflictView:
    """Return all an adviser may learn of the check; the head also gets the way to its record (FL-11)."""
    code = row.conflict or "unchecked"
    hit = code == "hit"
    check = conflicts.newest(rows, row.record_id) if hit and reader.judges else None
    return ConflictView(
        code=code,
        label=codes.CONFLICT.get(code, ""),
        sentence=_(CHANGE_ADVISER) if hit else "",
        blocks=hit,
        check_id=check.record_id if check is not None else "",
    )


def _verbs(state: str, reader: Reader) -> tuple[str, ...]:
    """Return the steps from a state; 作废 only for who has the right: nobody types a reason in vain."""
    return tuple(
        step.verb for step in STEPS if step.source == state and (step.verb != "void" or reader.voids)
    )


def _mediation(rows: Rows, row: Row) -> Mediation | None:
    """Return the mediation this consultation was referred to."""
    case = rows.get(Mediation, row.mediation_id) if row.mediation_id else None
    return None if case is None or case.void else case
