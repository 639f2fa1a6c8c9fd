"""Writes a form onto the rows of its consultation, and reads it back: opponents, citations, the notice."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from sqlalchemy import Select, bindparam, literal_column
from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.consent import Consent
from desk.models.consultation import Citation, Consultation, Opponent
from desk.models.matter import Matter
from desk.models.visit import Visit
from desk.rules.consultation_codes import top_category
from desk.rules.masking import mask_id, mask_phone
from desk.rules.three_way import placed
from desk.services import conflicts, station
from desk.services.consultation import intake
from desk.services.consultation.forms import CitationForm, ConsultationForm, OpponentForm
from desk.services.visit_input import identity_as_shown, phone_as_shown
from desk.services.visit_rows import Act
from desk.text import _

_OWN: Final = (
    *("channel", "identity_refused", "age", "no_opponent", "question", "procedure_note", "limitation_kind"),
    *("happened_on", "known_on", "still_employed", "real_estate", "interrupted_on", "interrupted_by"),
    *("limitation_note", "answer"),
    *("disposition", "disposition_note", "referred_to", "adviser_id", "licence_no", "disclaimer_ack"),
    *("aid_class", "aid_told", "aid_note", "appointment_at", "signed"),
)
"""Fields that are called the same in the form and in the record."""

_TOLD: Final = {
    "name": "name_told",
    "phone": "phone_told",
    "id_no": "id_no_told",
    "uscc": "uscc_told",
    "address": "address_told",
    "sex": "sex_told",
}
_SETS: Final = {"person_class": "person_class", "topics": "topic", "procedures": "procedures"}

# Built once: making a statement costs as much as asking it.
_OPPONENTS = (
    alive(Opponent)
    .where(Opponent.consultation_id == bindparam("id"))
    .order_by(literal_column("opponent.rowid"))
)
_CITATIONS = alive(Citation).where(Citation.consultation_id == bindparam("id")).order_by(Citation.n)
_NOTICE = alive(Consent).where(Consent.consultation_id == bindparam("id")).limit(1)
_NOTICE_AT_VISIT = alive(Consent).where(Consent.visit_id == bindparam("id")).limit(1)

_Row = TypeVar("_Row", Opponent, Citation)


def found(rows: Rows, consultation_id: str) -> Consultation:
    """Return the consultation. Raises InputProblem if there is none, or it was voided."""
    row = rows.get(Consultation, consultation_id)
    if row is None or row.void:
        raise InputProblem(_("没有找到这次咨询，可能已经作废。"), field="consultation")
    return row


def opponents_of(rows: Rows, row: Consultation) -> list[Opponent]:
    """Return the opposite parties in the order they were written down."""
    return _below(rows, _OPPONENTS, row)


def citations_of(rows: Rows, row: Consultation) -> list[Citation]:
    """Return the articles cited in their order."""
    return _below(rows, _CITATIONS, row)


def visit_of(rows: Rows, row: Consultation) -> Visit | None:
    """Return the visit a consultation grew out of."""
    matter = rows.get(Matter, row.matter_id) if row.matter_id else None
    return rows.get(Visit, matter.visit_id) if matter is not None else None


def notice_told(rows: Rows, row: Consultation) -> bool:
    """Tell whether the notice was told, here or at the visit before (PI-03)."""
    return _notice(rows, row) is not None or _told_at_visit(rows, row)


def put(act: Act, row: Consultation, form: ConsultationForm) -> list[Opponent]:
    """Write a cleaned form onto the consultation and what is below it; return its opposite parties.

    State, number, times and the check belong to the verbs.
    """
    row.person_id = _person_of(act.rows, row, form)
    for name in _OWN:
        setattr(row, name, getattr(form, name))
    for name, stored in _TOLD.items():
        setattr(row, stored, getattr(form, name))
    for name, stored in _SETS.items():
        setattr(row, stored, ",".join(getattr(form, name)))
    row.category = top_category(form.topics)
    row.adviser_name = conflicts.name_of(act.rows, form.adviser_id)
    others = _put_opponents(act.rows, row, form.opponents)
    _put_citations(act.rows, row, form.citations)
    _put_notice(act, row, told=form.notice_told)
    conflicts.file_consultation(act.rows, row, others)
    return [each for each in others if not each.void]


def form_of(rows: Rows, row: Consultation, *, clear: bool = False) -> ConsultationForm:
    """Return what was typed; phones and ID numbers starred (saved so, they stay) unless `clear`."""
    told = {name: getattr(row, stored) for name, stored in _TOLD.items()}
    sets = {name: split(getattr(row, stored)) for name, stored in _SETS.items()}
    own = {name: getattr(row, name) for name in _OWN}
    form = ConsultationForm(
        **{**own, **told, **sets},
        opponents=tuple(_opponent(each) for each in opponents_of(rows, row)),
        citations=tuple(_citation(each) for each in citations_of(rows, row)),
        notice_told=notice_told(rows, row),
        person_id=row.person_id,
    )
    return form if clear else starred(form)


def stored_of(rows: Rows, row: Consultation) -> tuple[intake.Stored, intake.Stored]:
    """Return the numbers of the client and of the other side in clear, for a form that comes back starred."""
    others = opponents_of(rows, row)
    return (
        intake.Stored((row.phone_told,), (row.id_no_told,)),
        intake.Stored(
            tuple(each.phone for each in others),
            tuple(each.id_no for each in others),
            tuple(each.name for each in others),
        ),
    )


def starred(form: ConsultationForm) -> ConsultationForm:
    """Return the form with phones and ID numbers starred."""
    return replace(
        form,
        phone=mask_phone(form.phone),
        id_no=mask_id(form.id_no),
        opponents=tuple(
            replace(each, phone=mask_phone(each.phone), id_no=mask_id(each.id_no)) for each in form.opponents
        ),
    )


def as_shown(form: ConsultationForm, stands: ConsultationForm) -> ConsultationForm:
    """Return the form with the numbers starred that are those of the record, as it `stands` in clear."""
    return replace(
        form,
        phone=phone_as_shown(form.phone, stands.phone),
        id_no=identity_as_shown(form.id_no, stands.id_no),
        opponents=tuple(_as_shown(each, stands.opponents) for each in form.opponents),
    )


def unstarred(form: ConsultationForm, typed: ConsultationForm, stands: ConsultationForm) -> ConsultationForm:
    """Return the form with the numbers of opponents that came from the record in clear, as it `stands`.

    Stars that were typed mean the number of whoever is named there, and stay; those another desk added
    belong to the row whatever name it has now.
    """
    mine = {text for each in typed.opponents for text in (each.phone, each.id_no)}
    phones = {mask_phone(each.phone): each.phone for each in stands.opponents}
    numbers = {mask_id(each.id_no): each.id_no for each in stands.opponents}
    return replace(
        form,
        opponents=tuple(
            replace(
                each,
                phone=each.phone if each.phone in mine else phones.get(each.phone, each.phone),
                id_no=each.id_no if each.id_no in mine else numbers.get(each.id_no, each.id_no),
            )
            for each in form.opponents
        ),
    )


def split(text: str) -> tuple[str, ...]:
    """Return the codes of a stored set."""
    return tuple(text.split(",")) if text else ()


def _as_shown(typed: OpponentForm, stands: Sequence[OpponentForm]) -> OpponentForm:
    mine = [each for each in stands if each.name == typed.name]
    if len(mine) != 1:
        # Under their stars the numbers of two of one name may look alike.
        return typed
    return replace(
        typed,
        phone=phone_as_shown(typed.phone, mine[0].phone),
        id_no=identity_as_shown(typed.id_no, mine[0].id_no),
    )


def _person_of(rows: Rows, row: Consultation, form: ConsultationForm) -> str:
    """Return who in the register asks: under another name than the row has, nobody is known to."""
    is_other = row not in rows.new and row.name_told != form.name
    return "" if form.identity_refused or is_other else form.person_id or row.person_id


def _below(rows: Rows, query: Select[_Row], row: Consultation) -> list[_Row]:
    return [] if row in rows.new else list(rows.scalars(query, {"id": row.record_id}))


def _put_opponents(rows: Rows, row: Consultation, wanted: Sequence[OpponentForm]) -> list[Opponent]:
    """Write the opposite parties over those that stand, each on its own; what is left over becomes void."""
    before = opponents_of(rows, row)
    pairs, left = placed(before, wanted, _opponent)
    rows_in_turn = [each for _told, each in pairs]
    known = [each for each in before if each in rows_in_turn]
    if rows_in_turn != [*known, *[None] * (len(pairs) - len(known))]:
        # Their order is that of the rows: named in another one, each row says what is told in its place.
        pairs = list(zip(wanted, [*before, *[None] * len(wanted)], strict=False))
        left = before[len(wanted) :]
    for gone in left:
        gone.tombstone(_("登记更正"))
    found = left
    for told, standing in pairs:
        each = standing or Opponent(consultation_id=row.record_id)
        each.kind, each.name, each.id_no = told.kind, told.name, told.id_no
        each.uscc, each.phone = told.uscc, told.phone
        rows.add(each)
        found.append(each)
    return found


def _put_citations(rows: Rows, row: Consultation, wanted: Sequence[CitationForm]) -> None:
    pairs, left = placed(citations_of(rows, row), wanted, _citation)
    for gone in left:
        gone.tombstone(_("登记更正"))
    for n, (cited, standing) in enumerate(pairs, start=1):
        each = standing or Citation(consultation_id=row.record_id)
        each.n, each.law, each.title = n, cited.law, cited.title
        each.article, each.version_on = cited.article, cited.version_on
        rows.add(each)


def _opponent(row: Opponent) -> OpponentForm:
    return OpponentForm(row.name, row.kind or "natural_person", row.id_no, row.uscc, row.phone)


def _citation(row: Citation) -> CitationForm:
    return CitationForm(row.law, row.title, row.article, row.version_on)


def _notice(rows: Rows, row: Consultation) -> Consent | None:
    if row in rows.new:
        return None
    return rows.scalars(_NOTICE, {"id": row.record_id}).first()


def _told_at_visit(rows: Rows, row: Consultation) -> bool:
    visit = visit_of(rows, row)
    return visit is not None and rows.scalars(_NOTICE_AT_VISIT, {"id": visit.record_id}).first() is not None


def _put_notice(act: Act, row: Consultation, *, told: bool) -> None:
    standing = _notice(act.rows, row)
    if told and standing is None and not _told_at_visit(act.rows, row):
        act.rows.add(
            Consent(
                consultation_id=row.record_id,
                notice_version=station.current_notice(act.rows),
                told_at=act.at,
                told_by=act.user.id,
                legal_basis=act.profile.text("notice.legal_basis", act.at.date()),
            )
        )
    elif not told and standing is not None:
        standing.tombstone(_("登记更正"))
