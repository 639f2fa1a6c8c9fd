"""转人民调解: a consultation becomes a case of the committee, carrying people and words over (LZ-04)."""

from collections.abc import Mapping
from typing import Final

from desk.models.consultation import Consultation
from desk.models.mediation import Claim, Mediation
from desk.models.party import Party
from desk.rules.consultation_codes import CATEGORY
from desk.rules.identity import SEX_UNKNOWN, born_and_sex
from desk.services import conflicts, search_index
from desk.services.consultation.forms import ConsultationForm, OpponentForm
from desk.services.consultation.rows import split
from desk.services.mediation import case_terms, sheet
from desk.services.mediation import visit_link as mediation_link
from desk.services.numbers import Numbers
from desk.services.visit_rows import Act
from desk.services.visit_safety import is_safe
from desk.text import _

_TYPE_OF: Final[Mapping[str, str]] = {
    "marriage": "marriage_family",
    "child_support": "marriage_family",
    "elder_support": "marriage_family",
    "inheritance": "marriage_family",
    "neighbour": "neighbour",
    "housing": "house_homestead",
    "contract": "contract",
    "tort": "damages",
    "traffic": "traffic",
    "medical": "medical",
    "consumer": "other_consumer",
    "property_management": "property_mgmt",
    "land": "forest_land",
    "labour": "other_labour",
    "intellectual_property": "intellectual_property",
}


def to_mediation(act: Act, row: Consultation, form: ConsultationForm, numbers: Numbers) -> Mediation:
    """Register the case: the client applies, the other side responds. Asked twice, it is made once.

    It begins like one from a visit: the one committee and the usual reason (MED-22), what was asked for at
    the visit and its mandatory report (LZ-11), a safe visit hidden from its registrar; and it says which
    consultation it came from. Only the question goes over; what was advised stays with lawyer and head
    (FL-12).
    """
    standing = act.rows.get(Mediation, row.mediation_id) if row.mediation_id else None
    if standing is not None and not standing.void:
        return standing
    case = Mediation(
        matter_id=row.matter_id,
        consultation_id=row.record_id,
        number=numbers.next(act.rows, "mediation"),
        state="registered",
        title=_title(row, form),
        dispute_type=_dispute_type(row),
        source="application",
        difficulty="ordinary",
        summary=form.question,
        headcount=1 + len(form.opponents),
        registered_at=act.at,
        registrar_name=act.user.name,
        registrar_id=act.user.id,
        profile_version=act.profile.version,
    )
    row.mediation_id = case.record_id
    whole = sheet.fresh(act.rows, case)
    mediation_link.begin(act.rows, case)
    _from_visit(act, whole)
    parties = [] if form.identity_refused else [_applicant(act, case, row, form)]
    parties += [_respondent(act, case, n, each) for n, each in enumerate(form.opponents, start=1)]
    for party in parties:
        conflicts.file_party(act.rows, whole.add(party))
    search_index.put(act.rows, "mediation", case.record_id, act.at, case_terms.terms(whole))
    return case


def _from_visit(act: Act, whole: sheet.Sheet) -> None:
    """Take over what the visit behind the consultation told, if there was one."""
    matter, visit = whole.matter, whole.visit
    if matter is None or visit is None:
        return
    if matter.request:
        whole.add(Claim(mediation_id=whole.case.record_id, n=1, text=matter.request))
    if is_safe(visit):
        whole.case.registrar_id = ""
    mediation_link.reports(act, whole, visit)


def _applicant(act: Act, case: Mediation, row: Consultation, form: ConsultationForm) -> Party:
    birth, sex = born_and_sex(form.id_no, act.at.date())
    return Party(
        mediation_id=case.record_id,
        side="applicant",
        n=1,
        kind="legal_person" if form.uscc else "natural_person",
        person_id=row.person_id,
        name=form.name,
        sex=sex if form.sex == SEX_UNKNOWN else form.sex,
        phone=form.phone,
        address=form.address,
        id_no=form.id_no,
        id_type="resident_id" if form.id_no else "",
        uscc=form.uscc,
        birth_date=birth,
    )


def _respondent(act: Act, case: Mediation, n: int, told: OpponentForm) -> Party:
    birth, sex = born_and_sex(told.id_no, act.at.date())
    return Party(
        mediation_id=case.record_id,
        side="respondent",
        n=n,
        kind=told.kind,
        name=told.name,
        sex=sex,
        phone=told.phone,
        id_no=told.id_no,
        id_type="resident_id" if told.id_no else "",
        uscc=told.uscc,
        birth_date=birth,
    )


def _title(row: Consultation, form: ConsultationForm) -> str:
    """Return 钱某与冯某邻里纠纷, of whoever is named."""
    topic = next((CATEGORY[code].label for code in split(row.topic) if code in CATEGORY), "")
    topic = topic.removesuffix(_("纠纷"))
    names = [name for name in (form.name, *(each.name for each in form.opponents[:1])) if name]
    return _("{names}{topic}纠纷").format(names=_("与").join(names), topic=topic)


def _dispute_type(row: Consultation) -> str:
    """Return the type of dispute where the topic names it beyond doubt; else the mediator chooses."""
    return next((_TYPE_OF[code] for code in split(row.topic) if code in _TYPE_OF), "")
