"""Between a visit and the mediation that came of it: people and words go over, the outcome comes back.

The words of a mediation stay in its room: what the matter of the visit is told is only how it ended.
"""

from typing import Final, TypeVar

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.committee import Committee
from desk.models.matter import Matter
from desk.models.mediation import Claim, Mediation
from desk.models.party import Party
from desk.models.report import Report
from desk.models.visit import Companion, Visit
from desk.rules import identity
from desk.rules.dispute_codes import RISK_FLAG
from desk.rules.mediation_eligibility import USUAL_COMPETENCE
from desk.services import conflicts, matter_replies, search_index
from desk.services.mediation import case_terms, sheet
from desk.services.mediation.access import OPEN_STATES
from desk.services.mediation.sheet import Sheet
from desk.services.visit_rows import Act
from desk.services.visit_safety import is_safe
from desk.text import _

_FLAG_OF: Final = {"minor": "minor_harm", "domestic_violence": "domestic_violence"}


def carry_over(act: Act, case: Mediation, visit: Visit, matter: Matter) -> None:
    """Fill what a new case lacks from its visit: the visitor becomes the applicant, the words the summary.

    What is written on the case already stays: a visit finished again only fills the gaps. Of a safe visit the
    case is out of its registrar's view like the visit itself. What has one answer only is not asked: the one
    committee takes the case, for the usual reason (MED-22).
    """
    whole = sheet.fresh(act.rows, case) if case in act.rows.new else sheet.load(act.rows, case)
    case.registered_at = case.registered_at or visit.finished_at or act.at
    case.registrar_id = "" if is_safe(visit) else case.registrar_id or act.user.id
    case.registrar_name = case.registrar_name or act.user.name
    case.profile_version = case.profile_version or act.profile.version
    case.title = case.title or matter.subject
    case.summary = case.summary or matter.statement
    case.source = case.source or "application"
    case.difficulty = case.difficulty or "ordinary"
    case.headcount = case.headcount or visit.headcount
    begin(act.rows, case)
    if matter.request and not whole.of(Claim):
        whole.add(Claim(mediation_id=case.record_id, n=1, text=matter.request))
    if not whole.of(Party) and not visit.anonymous:
        _applicants(act, whole, visit)
        _file(whole)
    reports(act, whole, visit)
    at = case.registered_at
    search_index.put(act.rows, "mediation", case.record_id, at, case_terms.terms(whole))


def begin(rows: Rows, case: Mediation) -> None:
    """Give a new case what has one answer only: the one committee there is, the usual reason (MED-22)."""
    if not case.committee_id:
        found = rows.scalars(alive(Committee).limit(2)).all()
        case.committee_id = found[0].record_id if len(found) == 1 else ""
    case.competence = case.competence or USUAL_COMPETENCE


def refuse_taken(case: Mediation) -> None:
    """Refuse to take back a case that a committee has accepted or ended. Raises InputProblem."""
    if case.state not in OPEN_STATES:
        raise InputProblem(
            _("由这次来访转出的纠纷（{number}）已经受理或者办结，不能改处理方式或者作废。").format(
                number=case_terms.called(case)
            ),
            way_out=_("请到“矛盾调解”里办理。"),
            field="outcome",
        )


def void_case(rows: Rows, case: Mediation, reason: str) -> None:
    """Make a case that is not accepted yet void with everything below it; its number is never given again."""
    refuse_taken(case)
    for row in sheet.load(rows, case).everything():
        row.tombstone(reason)
        if isinstance(row, Party):
            conflicts.file_party(rows, row)
    case.tombstone(reason)
    search_index.drop(rows, "mediation", case.record_id)


def reports(act: Act, whole: Sheet, visit: Visit) -> None:
    """Carry the mandatory report of the visit over as a risk of the case (LZ-11)."""
    known = {row.kind for row in whole.of(Report)}
    for row in _of(act, Report, visit):
        flag = _FLAG_OF.get(row.kind, "")
        if not flag or flag in known:
            continue
        flags = {*filter(None, (whole.case.risk_flags or "").split(",")), flag}
        whole.case.risk_flags = ",".join(sorted(flags))
        whole.add(
            Report(
                mediation_id=whole.case.record_id,
                kind=flag,
                reported_at=row.reported_at,
                recipient=RISK_FLAG[flag].recipients[0] if row.reported_at is not None else "",
                reporter=row.reporter,
            )
        )


def tell(act: Act, whole: Sheet, words: str, *, close: bool) -> frozenset[str]:
    """Write how the mediation went onto the matter of its visit as the reply; `close` ends the matter.

    Returns the nouns touched; a case without a visit has nobody to tell this way.
    """
    return matter_replies.tell(act, whole.matter, words, by=act.user.name, close=close)


def open_again(whole: Sheet) -> frozenset[str]:
    """Open the matter again whose mediation goes on; return the nouns touched."""
    return matter_replies.open_again(whole.matter)


def _applicants(act: Act, whole: Sheet, visit: Visit) -> None:
    birth, sex = identity.born_and_sex(visit.id_no_told, act.at.date())
    whole.add(
        Party(
            mediation_id=whole.case.record_id,
            side="applicant",
            n=1,
            kind="natural_person",
            person_id=visit.person_id,
            name=visit.name_told,
            phone=visit.phone_told,
            address=visit.address_told,
            sex=sex if visit.sex_told in {"", identity.SEX_UNKNOWN} else visit.sex_told,
            id_no=visit.id_no_told,
            id_type="resident_id" if visit.id_no_told else "",
            birth_date=birth,
        )
    )
    for n, row in enumerate(_of(act, Companion, visit), start=2):
        whole.add(
            Party(
                mediation_id=whole.case.record_id,
                side="applicant",
                n=n,
                kind="natural_person",
                name=row.name_told,
                phone=row.phone_told,
                sex="0",
            )
        )


def _file(whole: Sheet) -> None:
    for row in whole.of(Party):
        conflicts.file_party(whole.rows, row)


_Told = TypeVar("_Told", Companion, Report)


def _of(act: Act, table: type[_Told], visit: Visit) -> list[_Told]:
    """Return the living rows of a visit, those of this very block included."""
    rows = list(act.rows.scalars(alive(table).where(table.visit_id == visit.record_id)))
    rows += [row for row in act.rows.new if isinstance(row, table) and row.visit_id == visit.record_id]
    return [row for row in rows if not row.void]
