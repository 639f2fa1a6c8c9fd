"""What has to be there before each step of a mediation (domain.md §3.4): the guards of its states.

Every guard returns all that is missing, with field and sentence, in the form's order, so that a page can show
it before anybody tries the step.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from desk.rules.agreement import Agreement, missing_content, missing_signatures, wrong_dates
from desk.rules.dispute_codes import (
    DISPUTE_TYPE,
    PERFORMANCE,
    SOURCE,
    Report,
    report_sentence,
    source_group,
    unreported,
)
from desk.rules.mediation_eligibility import Seat, mediator_gaps
from desk.rules.mediation_parties import (
    Party,
    missing_consent,
    missing_parties,
    missing_rights_notice,
    refusals,
)
from desk.rules.visit_states import Missing

_NOT_INFORMED: Final = (
    "申请书上要载明申请人已被告知有关规定、自愿申请：请先告知，再勾选“申请人已被告知有关规定、自愿申请”。"
)


@dataclass(frozen=True)
class Case:
    """What the rules look at of one mediation on the day `today`; codes are those of the label tables.

    `obstacles` are the sentences of `mediation_eligibility`, `missing_papers` those of `dossier`. `sessions`
    counts the sittings held, `follow_ups` the visits after the agreement that stands, the last of which found
    `followed_performance` ("" while the visit the case came from still waits for it). `applied_on` is None
    while nobody applied, `informed_ack` the fixed words of F-01; `mediators` are who is to mediate;
    `fed_back` tells whether the organ that referred the case knows the result (MED-29).
    """

    today: dt.date
    committee: str = ""
    dispute_type: str = ""
    source: str = ""
    summary: str = ""
    difficulty: str = "ordinary"
    parties: tuple[Party, ...] = ()
    max_representatives: int = 5
    mediators: tuple[Seat, ...] = ()
    applied_on: dt.date | None = None
    informed_ack: bool = False
    accepted_on: dt.date | None = None
    entrust_letter: bool = False
    obstacles: tuple[Missing, ...] = ()
    flags: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    sessions: int = 0
    agreement: Agreement | None = None
    end_cause: str = ""
    remedies_told: bool = False
    referred_to: str = ""
    follow_ups: int = 0
    followed_performance: str = ""
    missing_papers: tuple[Missing, ...] = ()
    fed_back: bool = False
    archived_from: str = ""


def missing_to_accept(case: Case) -> tuple[Missing, ...]:
    """Return what acceptance still needs (F-01, F-02; LZ-04, MED-02, 20, 21, 27, 29).

    One application, with the words that its applicant was told the rules and asks of his own will (F-01), or
    主动调解 is enough; the other side is asked before the first session.
    """
    gaps = [*refusals(case.parties), *case.obstacles]
    if not case.committee:
        gaps.append(Missing("committee", "请选择受理的人民调解委员会：没有调委会，协议没有人民调解的效力。"))
    if case.dispute_type not in DISPUTE_TYPE:
        gaps.append(Missing("dispute_type", "请选择纠纷类型。"))
    if case.source not in SOURCE:
        gaps.append(Missing("source", "请选择案件来源。"))
    else:
        gaps.extend(_source_gaps(case))
    if not case.summary.strip():
        gaps.append(Missing("summary", "请写明纠纷简要情况。"))
    gaps.extend(_acceptance_day(case))
    gaps.extend(missing_parties(case.parties, case.today, max_representatives=case.max_representatives))
    return tuple(gaps)


def missing_to_mediate(case: Case) -> tuple[Missing, ...]:
    """Return what the first session still needs: both sides' consent (MED-02), a mediator (MED-03) who may
    take part (MED-04, LZ-05), the rights told (MED-05, 06).
    """
    gaps = list(refusals(case.parties) or missing_consent(case.parties))
    if not case.mediators:
        gaps.append(Missing("mediators", "请登记调解员。"))
    gaps.extend(mediator_gaps(case.mediators))
    gaps.extend(missing_rights_notice(case.parties))
    return tuple(gaps)


def missing_to_settle(case: Case, *, accepted: bool) -> tuple[Missing, ...]:
    """Return what the one step of a small oral case still needs (F-08): all that acceptance, a session and an
    oral agreement need, and that the case is small.
    """
    gaps = []
    if case.difficulty == "hard":
        gaps.append(Missing("difficulty", "重大（疑难复杂）的纠纷不能用一页登记，请按调解程序办理。"))
    if not accepted:
        gaps.extend(missing_to_accept(case))
    gaps.extend(gap for gap in missing_to_agree(case, "oral") if gap not in gaps)
    return tuple(gaps)


def missing_to_agree(case: Case, form: str) -> tuple[Missing, ...]:
    """Return what an agreement still needs: all that a session needs, for consent may have been taken back
    (MED-02, 05), its words (MED-11) and dates; written also all signatures and the seal (MED-12), while an
    oral one stands on the day it is reached (MED-13).
    """
    agreement, gaps = case.agreement, missing_to_mediate(case)
    if agreement is None or agreement.form != form:
        word = "协议书" if form == "written" else "口头协议登记表"
        return (*gaps, Missing("agreement", f"请先填写{word}。"))
    return (
        *gaps,
        *missing_content(agreement),
        *wrong_dates(agreement, accepted_on=case.accepted_on, today=case.today),
        *missing_signatures(agreement),
    )


def missing_to_end(case: Case, way: str, *, begun: bool) -> tuple[Missing, ...]:
    """Return what an end by `way` (refuse, terminate, refer_out) still needs: who refused (MED-02), the cause
    (MED-26), where a referred case went, and the notice of the other ways once mediation had begun (MED-08).
    """
    gaps = []
    if way == "refuse" and not refusals(case.parties):
        gaps.append(Missing("consent", "请在当事人里标明是谁拒绝调解。"))
    if way == "terminate" and not case.end_cause:
        gaps.append(Missing("end_cause", "请选择终止调解的原因。"))
    if way == "refer_out" and not case.referred_to.strip():
        gaps.append(Missing("referred_to", "请写明移送给哪个机关。"))
    ends = way == "terminate" or (way == "refuse" and (begun or case.sessions > 0))
    if ends and not case.remedies_told:
        sentence = "请先告知当事人可以通过仲裁、行政、司法等途径维护权利，并勾选“已告知”。"
        gaps.append(Missing("remedies_told", sentence))
    return tuple(gaps)


def missing_to_archive(case: Case) -> tuple[Missing, ...]:
    """Return the mandatory reports not made (MED-07, LZ-11), the word to the organ that referred the case
    (MED-29) and the mandatory papers missing (§3.6).
    """
    gaps = [Missing("reports", report_sentence(flag)) for flag in unreported(case.flags, case.reports)]
    if case.source in SOURCE and source_group(case.source) == "referred" and not case.fed_back:
        gaps.append(Missing("referred_back_on", f"{SOURCE[case.source]}的案件，请先把结果反馈给委托的机关。"))
    return (*gaps, *case.missing_papers)


def missing_to_close(case: Case, performance: str) -> tuple[Missing, ...]:
    """Return why the clauses do not bear out 已履行, 部分履行 or 未履行 (MED-14).

    The state of each clause is the evidence; the state of the case only sums it up.
    """
    found = performance_of(case.agreement)
    if found == performance:
        return ()
    if performance == "performed" and case.agreement is not None:
        return tuple(
            Missing("clauses", f"第 {number} 条还没有登记为已履行。")
            for number, clause in enumerate(case.agreement.clauses, start=1)
            if clause.kind != "declaration" and clause.state != "performed"
        )
    return (Missing("clauses", f"协议各条的履行情况是“{PERFORMANCE[found]}”，请核对。"),)


def performance_of(agreement: Agreement | None) -> str:
    """Return performed, partly or not_performed from the clauses; one that is a mere word asks nothing."""
    states = (
        [clause.state for clause in agreement.clauses if clause.kind != "declaration"] if agreement else []
    )
    if agreement is not None and all(state == "performed" for state in states):
        return "performed"
    return "partly" if any(state != "open" for state in states) else "not_performed"


def missing_follow_up(case: Case) -> tuple[Missing, ...]:
    """Return the follow-up record (F-09) if there is none yet."""
    return () if case.follow_ups else (Missing("follow_up", "请先填写回访记录。"),)


def _acceptance_day(case: Case) -> list[Missing]:
    if case.accepted_on is None:
        return [Missing("accepted_on", "请填写受理日期。")]
    if case.accepted_on > case.today:
        return [Missing("accepted_on", "受理日期还没有到，请核对。")]
    if case.applied_on is not None and case.accepted_on < case.applied_on:
        return [Missing("accepted_on", "受理日期早于申请日期，请核对。")]
    return []


def _source_gaps(case: Case) -> list[Missing]:
    group = source_group(case.source)
    if group == "referred" and not case.entrust_letter:
        return [Missing("entrust_letter", f"{SOURCE[case.source]}的案件要有委托调解函。")]
    willing = any(party.consent in {"applied", "agreed"} for party in case.parties)
    if group == "referred" and not willing:
        return [Missing("consent", "委托移送调解要先征得当事人同意。")]
    if group != "application":
        return []
    applied = any(party.consent == "applied" for party in case.parties)
    if not applied or case.applied_on is None:
        return [Missing("application", "请登记当事人的申请；口头申请由工作人员记下，申请人签名。")]
    if not case.informed_ack:
        return [Missing("informed_ack", _NOT_INFORMED)]
    return []
