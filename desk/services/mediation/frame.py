"""What the forms of 矛盾调解 offer: committees, mediators, and the lists of codes with their words."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session as Rows

from desk.rules import dispute_codes as codes
from desk.rules import mediation_eligibility as eligibility
from desk.rules import mediation_labels as labels
from desk.rules.confirmation import COURT, INELIGIBLE
from desk.rules.dossier_grade import GRADE
from desk.services import committees
from desk.services.mediation import local_lines
from desk.services.mediation.people_values import Choice
from desk.services.mediation.values import CaseFrame

_LISTS: Final[Mapping[str, Mapping[str, str]]] = {
    "dispute_type": codes.DISPUTE_TYPE,
    "source": codes.SOURCE,
    "difficulty": codes.DIFFICULTY,
    "intensity": codes.INTENSITY,
    "risk_outlook": codes.RISK_OUTLOOK,
    "risk_flag": {code: flag.label for code, flag in codes.RISK_FLAG.items()},
    "report_recipient": codes.REPORT_RECIPIENT,
    "barred": eligibility.BARRIER,
    "competence": eligibility.COMPETENCE,
    "party_kind": labels.PARTY_KIND,
    "side": labels.PARTY_SIDE,
    "id_type": labels.ID_TYPE,
    "agent_scope": labels.AGENT_SCOPE,
    "remedy": labels.REMEDY,
    "participant": labels.PARTICIPANT_KIND,
    "mediator_kind": labels.MEDIATOR_KIND,
    "chosen_by": labels.MEDIATOR_CHOICE,
    "told_way": labels.TOLD_WAY,
    "openness": labels.OPENNESS,
    "session_result": labels.SESSION_RESULT,
    "move": labels.MOVE,
    "mode": labels.PERFORMANCE_MODE,
    "term_kind": labels.CLAUSE_KIND,
    "way": labels.CLAUSE_WAY,
    "term_state": labels.CLAUSE_STATE,
    "sign_way": labels.SIGN_KIND,
    "follow_up_mode": labels.FOLLOW_UP_MODE,
    "performance": codes.PERFORMANCE,
    "satisfaction": labels.SATISFACTION,
    "litigation": labels.LITIGATION,
    "confirmation": codes.CONFIRMATION,
    "court": COURT,
    "ineligible": INELIGIBLE,
    "end_cause": codes.END_CAUSE,
    "grade": GRADE,
    "prevented": codes.PREVENTED,
    "keeping": codes.KEEPING,
    "state": labels.STATE,
    "committee_kind": codes.COMMITTEE_KIND,
}


def frame(
    rows: Rows,
    device_id: str,
    local: local_lines.Offered,
    *,
    may_decide: bool,
    may_sum: bool = False,
    may_report: bool = False,
    may_grade: bool = False,
) -> CaseFrame:
    """Return the frame; mediators that left are not offered. `local`: the fields the county added."""
    return CaseFrame(
        committees=committees.committees(rows, device_id),
        mediators=tuple(row for row in committees.mediators(rows) if row.active),
        choices={
            name: tuple(Choice(code, label) for code, label in listed.items())
            for name, listed in _LISTS.items()
        },
        prompts=labels.MOVE_PROMPT,
        may_decide=may_decide,
        may_sum=may_sum or may_decide,
        may_report=may_report,
        may_grade=may_grade,
        local=local,
    )
