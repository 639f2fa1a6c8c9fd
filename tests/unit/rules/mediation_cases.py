"""The dispute of the picture (楼上漏水赔偿纠纷), as the rules of mediation look at it at each stage."""

from dataclasses import replace
from datetime import date

from desk.rules.agreement import Clause
from desk.rules.mediation_eligibility import Seat
from desk.rules.mediation_guards import Case
from desk.rules.mediation_parties import Party
from tests.unit.rules.test_agreement import ORAL, WRITTEN

TODAY = date(2026, 11, 23)
QIAN = Party("钱某", "applicant", consent="applied", rights_told=True)
SEATED = (Seat("周某", "member"), Seat("郑某", "engaged"))
FENG = Party("冯某", "respondent", consent="agreed", rights_told=True)

APPLIED = Case(
    today=TODAY,
    committee="示例镇人民调解委员会",
    dispute_type="neighbour",
    source="application",
    summary="楼上漏水，天花板受损。",
    parties=(QIAN, replace(FENG, consent="unasked", rights_told=False)),
    applied_on=date(2026, 11, 3),
    informed_ack=True,
    accepted_on=date(2026, 11, 3),
)
READY = replace(APPLIED, parties=(QIAN, FENG), mediators=SEATED, sessions=1)
SIGNED = replace(READY, agreement=WRITTEN)
SMALL = replace(READY, difficulty="simple", sessions=0, agreement=ORAL)


def performed(case: Case, *states: str) -> Case:
    """Return the case with its clauses in the given states."""
    assert case.agreement is not None
    clauses: tuple[Clause, ...] = tuple(
        replace(clause, state=state) for clause, state in zip(case.agreement.clauses, states, strict=True)
    )
    return replace(case, agreement=replace(case.agreement, clauses=clauses))
