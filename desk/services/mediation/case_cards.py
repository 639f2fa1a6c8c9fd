"""One mediation as a page or a paper may show it: all rows in, one frozen card out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from desk.models.agreement import Agreement
from desk.models.follow_up import FollowUp
from desk.models.mediation import CaseMediator, Claim, Extension, Mediation
from desk.models.party import Party
from desk.models.sitting import Inquiry, Presence, Sitting
from desk.rules import clear_content, dossier, mediation_parties, mediation_states
from desk.rules import dispute_codes as codes
from desk.rules import mediation_labels as labels
from desk.rules.dossier_grade import GRADE, is_own_grade, proposed_grade
from desk.rules.profile import Profile
from desk.services.mediation import (
    agreement_cards,
    case_terms,
    clocks,
    dossier_list,
    local_lines,
    people_cards,
    seen,
)
from desk.services.mediation.agreement_values import FollowUpView
from desk.services.mediation.sheet import Sheet
from desk.services.mediation.timeline import timeline
from desk.services.mediation.values import (
    CaseCard,
    Clock,
    EndView,
    ExtensionView,
    InquiryView,
    PresenceView,
    SittingView,
    VerbView,
)
from desk.services.visit_safety import contact_words
from desk.text import _

ROLE_LABEL = {
    "party": "当事人",
    "agent": "代理人",
    "participant": "参加人",
    "mediator": "调解员",
    "recorder": "记录人",
}
_SAME: Final = (
    *("number", "case_no", "state", "matter_id", "committee_id", "dispute_type", "source", "referrer"),
    *("referral_letter", "referred_back_on", "difficulty", "intensity", "risk_outlook", "summary"),
    *("remark", "small", "oral_application", "informed_ack", "applied_on", "known_on", "registered_at"),
    *(
        "accepted_on",
        "scope_ok",
        "competence",
        "headcount",
        "grade",
        "graded_by",
        "prevented_people",
        "keeping",
    ),
    *("filed_by", "checked_by", "dossier_note", "filed_on", "archived_on", "consultation_id"),
)
"""Columns a card shows as they are."""

_LABELS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "state_label": ("state", labels.STATE),
    "dispute_label": ("dispute_type", codes.DISPUTE_TYPE),
    "source_label": ("source", codes.SOURCE),
    "difficulty_label": ("difficulty", codes.DIFFICULTY),
    "intensity_label": ("intensity", codes.INTENSITY),
    "risk_outlook_label": ("risk_outlook", codes.RISK_OUTLOOK),
    "grade_label": ("grade", GRADE),
}
_REGISTRAR_VERBS = frozenset({"ask_consent", "void"})
_STRENGTH: Final = {"": 0, "white": 1, "yellow": 2, "red": 3}


@dataclass(frozen=True)
class View:
    """How a card is shown: on which day, by which profile, on which PC, to whom, and whether in clear."""

    today: date
    profile: Profile
    device_id: str
    may_decide: bool
    judges: bool = False
    clear: bool = False


def card(sheet: Sheet, view: View) -> CaseCard:
    """Return the card with everything its seven tabs show."""
    case, today, profile = sheet.case, view.today, view.profile
    parties = sheet.of(Party)
    agreement, committee, visit = sheet.agreement, sheet.committee, sheet.visit
    advice = sheet.consultation
    day = clocks.Day(profile, today)
    running = clocks.clocks(sheet, day)
    asked = clocks.confirmation_view(sheet, day)
    if not asked.court and committee is not None:
        asked = replace(asked, court=committee.court)
    rows = dossier_list.listed(sheet, profile, today)
    result = result_of(sheet)
    shown = agreement_cards.agreement
    local = partial(local_lines.of, sheet, local_lines.offered(profile, today))
    return CaseCard(
        **_plain(case),
        id=case.record_id,
        number_note=_number_note(sheet, view),
        title=case_terms.title(case, parties),
        badge=_badge(sheet),
        colour=most_urgent(running).colour if running else "",
        visit_id=visit.record_id if visit is not None else "",
        visit_number=visit.number if visit is not None else "",
        consultation_number=advice.number if advice is not None else "",
        committee_name=committee.name if committee is not None else "",
        risks=people_cards.risks(sheet),
        claims=tuple(row.text for row in sheet.of(Claim)),
        registrar=case.registrar_name,
        barred=seen.codes(case.barred),
        parties=people_cards.parties(sheet, today, clear=view.clear),
        doubts=(*filter(None, (contact_words(visit),)), *mediation_parties.doubts(seen.parties(sheet))),
        mediators=people_cards.mediators(sheet, judges=view.judges),
        participants=people_cards.participants(sheet, clear=view.clear),
        inquiries=tuple(
            replace(_inquiry(row), local=local("inquiry", row.record_id)) for row in sheet.of(Inquiry)
        ),
        sittings=tuple(
            replace(_sitting(row, sheet.of(Presence)), local=local("sitting", row.record_id))
            for row in sheet.of(Sitting)
        ),
        agreement=shown(sheet, agreement, profile, today) if agreement is not None else None,
        former_agreements=tuple(
            shown(sheet, row, profile, today) for row in sheet.of(Agreement) if row.state == "replaced"
        ),
        follow_ups=tuple(map(_follow_up, sheet.of(FollowUp))),
        confirmation=asked,
        extensions=tuple(map(_extension, sheet.of(Extension))),
        clocks=running,
        timeline=timeline(sheet, asked, running),
        dossier=dossier_list.view(rows),
        end=_end(case),
        result=result,
        result_label=codes.RESULT.get(result, ""),
        grade_proposed=_grade_proposed(sheet, rows),
        own_grade=_own_grade(sheet),
        prevented=seen.codes(case.prevented),
        verbs=_verbs(sheet, view, rows),
    )


def _own_grade(sheet: Sheet) -> bool:
    mediators = (each.name for each in sheet.of(CaseMediator) if each.role == "mediator")
    return is_own_grade(sheet.case.graded_by, mediators)


def _grade_proposed(sheet: Sheet, rows: tuple[dossier.Row, ...]) -> str:
    """Return the grade an archived dossier deserves: its papers, an agreement a court understands."""
    if sheet.case.state != "archived":
        return ""
    agreed = seen.agreement(sheet)
    missing = [gap.sentence for gap in dossier.missing_papers(rows)]
    clear = agreed is None or clear_content.is_clear(agreed)
    grade = proposed_grade(missing, dossier.expected_papers(rows), archived=True, clear=clear)
    return GRADE[grade]


def _plain(case: Mediation) -> dict[str, Any]:
    """Return what the card shows as it is stored, and the words of its codes."""
    same = {name: getattr(case, name) for name in _SAME}
    words = {name: table.get(getattr(case, field), "") for name, (field, table) in _LABELS.items()}
    return same | words


def result_of(sheet: Sheet) -> str:
    """Return the result statistics count (CL-3)."""
    case, agreement = sheet.case, sheet.agreement
    return mediation_states.result_of(
        case.state,
        accepted=case.accepted_on is not None,
        agreed=agreement is not None and agreement.state == "in_force",
        archived_from=case.archived_from,
    )


def most_urgent(running: tuple[Clock, ...]) -> Clock:
    """Return the clock a list shows: the strongest colour, then the earliest last day."""
    return max(running, key=lambda each: (_STRENGTH[each.colour], -(each.until or date.max).toordinal()))


def _number_note(sheet: Sheet, view: View) -> str:
    """Say why an accepted case has no number yet (CL-5: one PC of the committee gives them all)."""
    case, committee = sheet.case, sheet.committee
    if case.case_no or case.accepted_on is None or committee is None:
        return ""
    if committee.number_device == view.device_id:
        return _("案号待编：请点“编案号”。")
    if not committee.number_device:
        return _("现在没有电脑编案号：请站长到“设置 › 调委会”核对从第几号起，再保存。")
    return _("案号由调委会编号的那台电脑给出，给出前留空。")


def _badge(sheet: Sheet) -> str:
    """Return 已达成协议 · 待履行 and the like for the head of the page."""
    case, agreement = sheet.case, sheet.agreement
    label = labels.STATE.get(case.state, "")
    if case.state in {"agreed_written", "agreed_oral", "performing"} and agreement is not None:
        return _("{state} · 待履行").format(state=label)
    return label


def _verbs(sheet: Sheet, view: View, rows: tuple[dossier.Row, ...]) -> tuple[VerbView, ...]:
    """Return the steps that change something from here with what each lacks; deciding ones by right only."""
    known = seen.case(sheet, view.profile, view.today, dossier.missing_papers(rows))
    found = []
    for verb in mediation_states.offered(sheet.case.state, known):
        if verb not in mediation_states.BY_TERM and (view.may_decide or verb in _REGISTRAR_VERBS):
            gaps = mediation_states.missing_for(sheet.case.state, verb, known)
            found.append(VerbView(verb, mediation_states.VERB_WORDS[verb], gaps))
    return tuple(found)


def _inquiry(row: Inquiry) -> InquiryView:
    return InquiryView(
        id=row.record_id,
        n=row.n,
        held_at=row.held_at,
        ended_at=row.ended_at,
        place=row.place,
        subject=row.subject,
        respondent=row.respondent,
        respondent_id=row.respondent_id,
        investigators=tuple(filter(None, row.investigators.split("、"))),
        recorder=row.recorder,
        text=row.text,
    )


def _sitting(row: Sitting, presences: list[Presence]) -> SittingView:
    return SittingView(
        id=row.record_id,
        n=row.n,
        held_at=row.held_at,
        ended_at=row.ended_at,
        place=row.place,
        openness=row.openness,
        openness_label=labels.OPENNESS.get(row.openness, ""),
        subject=row.subject,
        informed=row.informed,
        avoidance=row.avoidance,
        avoidance_note=row.avoidance_note,
        talk=row.talk,
        topics=row.topics,
        ladder=row.ladder,
        accord=row.accord,
        verification=row.verification,
        result=row.result,
        result_label=labels.SESSION_RESULT.get(row.result, ""),
        fail_reason=row.fail_reason,
        remedies_told=row.remedies_told,
        recorder=row.recorder,
        next_at=row.next_at,
        present=tuple(
            PresenceView(each.name, each.role, ROLE_LABEL.get(each.role, ""), each.who_id)
            for each in presences
            if each.sitting_id == row.record_id
        ),
    )


def _follow_up(row: FollowUp) -> FollowUpView:
    return FollowUpView(
        id=row.record_id,
        party_id=row.party_id,
        party_name=row.party_name,
        visited_at=row.visited_at,
        mode=row.mode,
        mode_label=labels.FOLLOW_UP_MODE.get(row.mode, ""),
        performance=row.performance,
        performance_label=codes.PERFORMANCE.get(row.performance, ""),
        satisfaction=row.satisfaction,
        satisfaction_label=labels.SATISFACTION.get(row.satisfaction, ""),
        litigation=row.litigation,
        litigation_note=row.litigation_note,
        relapse_risk=row.relapse_risk,
        measures=row.measures,
        visitor=row.visitor,
        matter_id=row.matter_id,
    )


def _extension(row: Extension) -> ExtensionView:
    return ExtensionView(
        id=row.record_id,
        kind=row.kind,
        from_on=row.from_on,
        until_on=row.until_on,
        days=row.days,
        asked_by=row.asked_by,
        consented_on=row.consented_on,
        reason=row.reason,
    )


def _end(case: Mediation) -> EndView:
    way: str = ""
    state = case.archived_from if case.state == "archived" else case.state
    if state in {"rejected", "refused", "terminated", "referred_out"}:
        way = state
    return EndView(
        way=way,
        on=case.rejected_on or case.refused_on or case.ended_on,
        cause=case.end_cause,
        cause_label=codes.END_CAUSE.get(case.end_cause, ""),
        reason=case.reject_reason or case.end_reason,
        refused_by=case.refused_by,
        referred_to=case.referred_to,
        remedies_told_on=case.remedies_told_on,
        remedies=_remedies(case),
        remedies_note=case.remedies_note,
    )


def _remedies(case: Mediation) -> tuple[str, ...]:
    # None where nobody chose, or where two desks at once left none that both wanted: the notice names all.
    chosen = seen.codes(case.remedies) or labels.REMEDY
    return tuple(code for code in labels.REMEDY if code in chosen)
