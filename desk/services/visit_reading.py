"""A visit read back: found by id, as a form for the editor, what was said since, or one field in clear."""

from typing import Final

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models import row_reader
from desk.models.base import alive
from desk.models.consent import Consent
from desk.models.matter import Matter
from desk.models.rating import Rating
from desk.models.reply import Reply
from desk.models.report import Report
from desk.models.visit import Companion, Visit
from desk.rules.labels import RATING, REPLY_WAY
from desk.rules.masking import mask_id, mask_phone
from desk.services import visit_receivers
from desk.services.visit_rows import matter_of
from desk.services.visit_values import After, VisitForm
from desk.text import _

REVEALED: Final = {
    "phone": "phone_told",
    "id_no": "id_no_told",
    "name": "name_told",
    "address": "address_told",
    "safe_contact": "safe_contact",
}
"""Fields of the form that may be asked for in clear, and the columns they stand in."""


def found(rows: Rows, visit_id: str) -> Visit:
    """Return the visit. Raises InputProblem if there is none, or it was voided."""
    visit = row_reader.get(rows, Visit, visit_id)
    if visit is None or visit.void:
        raise InputProblem(_("没有找到这次来访，可能已经作废。"), field="visit")
    return visit


def found_by_matter(rows: Rows, matter_id: str) -> tuple[Visit, Matter]:
    """Return a matter and its visit. Raises InputProblem if there is none, or it was voided."""
    matter = row_reader.get(rows, Matter, matter_id)
    if matter is None or matter.void:
        raise InputProblem(_("没有找到这个事项，可能已经作废。"), field="matter")
    return found(rows, matter.visit_id), matter


def form_of(rows: Rows, visit: Visit) -> VisitForm:
    """Return what was typed, for the editor; phone and ID number starred (saved so, they stay)."""
    matter = matter_of(rows, visit.record_id) or Matter()
    told = alive(Consent).where(Consent.visit_id == visit.record_id).limit(1)
    consent = rows.scalars(told).first()
    report = rows.scalars(alive(Report).where(Report.visit_id == visit.record_id).limit(1)).first()
    return VisitForm(
        kind=visit.kind,
        name=visit.name_told,
        anonymous=visit.anonymous,
        phone=mask_phone(visit.phone_told),
        id_no=mask_id(visit.id_no_told),
        headcount=visit.headcount,
        companions=companions_of(rows, visit.record_id),
        receiver_ids=visit_receivers.ids_of(rows, visit.record_id),
        own_voter=visit.own_voter,
        first_or_repeat=visit.first_or_repeat,
        address=visit.address_told,
        grid=visit.grid_told,
        sex=visit.sex_told,
        age_band=visit.age_told,
        place=visit.place,
        subject=matter.subject,
        category=matter.category,
        statement=matter.statement,
        request=matter.request,
        deputy_view=matter.deputy_view,
        safety=visit.safety,
        safe_contact=visit.safe_contact,
        litigation=visit.litigation,
        report_kind=report.kind if report is not None else "",
        report_recipient=report.recipient if report is not None else "",
        outcome=matter.outcome,
        level=matter.level,
        unit=matter.proposed_unit,
        fast_track=matter.fast_track,
        answer_text=matter.answer_text,
        guide_to=matter.guide_to,
        guide_reason=matter.guide_reason,
        notice_told=consent is not None,
        phone_ok=consent is not None and consent.phone_ok,
        contact_ok=consent is not None and consent.contact_ok,
        person_id=visit.person_id,
        comfort_note=visit.comfort_note,
        backfilled=visit.backfilled,
        pad_no=visit.pad_no,
        arrived_at=visit.arrived_at,
        received_at=visit.received_at,
    )


def companions_of(rows: Rows, visit_id: str) -> tuple[str, ...]:
    """Return the names of the other representatives, in the order they were written down."""
    query = select(Companion.name_told).where(Companion.visit_id == visit_id, Companion.void.is_(False))
    return tuple(rows.scalars(query.order_by(literal_column("companion.rowid"))))


def after_of(rows: Rows, visit: Visit) -> tuple[After, ...]:
    """Return the answers given and the ratings with their reasons, oldest first; each is a fact and stays."""
    matters = select(Matter.record_id).where(Matter.visit_id == visit.record_id, Matter.void.is_(False))
    replies = rows.scalars(alive(Reply).where(Reply.matter_id.in_(matters))).all()
    ratings = rows.scalars(alive(Rating).where(Rating.visit_id == visit.record_id)).all()
    found = [*map(_answer, replies), *map(_rating, ratings)]
    return tuple(sorted(found, key=lambda each: each.at.timestamp() if each.at is not None else 0.0))


def _answer(reply: Reply) -> After:
    words = f"{REPLY_WAY.get(reply.way, reply.way)} · {reply.text}"
    return After("reply", reply.replied_at, words, reply.by_name)


def _rating(rating: Rating) -> After:
    words = "：".join(filter(None, (RATING.get(rating.value, rating.value), rating.reason)))
    return After(rating.about, rating.rated_at, words)
