"""A case's card as the values of the papers that end it: F-11 结案报告表, F-12 终止调解通知书 (§3.5)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from desk.rules import mediation_labels as labels
from desk.rules.dispute_codes import END_CAUSE
from desk.services.mediation.agreement_values import Term as TermView
from desk.services.mediation.paper_values import mediators, noted, number, party_block
from desk.services.mediation.values import CaseCard
from desk.services.pdf.mediation.dossier_values import ClosingReport
from desk.services.pdf.mediation.values import EndNotice, ReferralLetter, named
from desk.text import _

_REPORT_SOURCE: Final[Mapping[str, str]] = {
    "application": "当事人申请",
    "initiative": "主动调解",
    "police": "公安移交",
    "court": "法院委托",
}
_TERMS: Final[Mapping[str, str]] = {"arbitration": "仲裁时效", "court": "诉讼时效"}
_OVER: Final = frozenset({"performed", "followed_up", "archived"})
_UNPERFORMED: Final = frozenset({"open", "partly"})


def closing_report(card: CaseCard) -> ClosingReport:
    """F-11, phones masked."""
    return ClosingReport(
        number=number(card),
        filled_on=card.filed_on,
        committee=card.committee_name,
        handler="、".join(mediators(card)),
        accepted_on=card.accepted_on,
        closed_on=closed_on(card),
        parties=tuple(party_block(party, card.filed_on, masked=True) for party in card.parties),
        source=_REPORT_SOURCE.get(card.source, card.source_label),
        summary=card.summary,
        result=result_text(card),
    )


def end_notice(card: CaseCard) -> EndNotice:
    """F-12: names only (the paper goes to every party)."""
    return EndNotice(
        number=number(card),
        committee=card.committee_name,
        parties=named([party_block(party, card.end.on) for party in card.parties]),
        case_title=card.title,
        accepted_on=card.accepted_on,
        cause=cause(card),
        reason=card.end.reason,
        ways=ways(card.end.remedies),
        remedies=card.end.remedies_note,
        mediators=mediators(card),
        ended_on=card.end.on,
    )


def ways(codes: Collection[str]) -> str:
    """Return the sentence that names the other ways of REMEDY (MED-08), and the terms to mind."""
    named = "、".join(word for code, word in labels.REMEDY.items() if code in codes)
    named += _("等") if len(codes) == len(labels.REMEDY) else ""
    terms = "、".join(_(word) for code, word in _TERMS.items() if code in codes) or _("申请期限")
    return _("调解终止后，你们可以依法通过{ways}途径维护自己的权利，请注意{terms}等期限。").format(
        ways=named, terms=terms
    )


def referral_letter(card: CaseCard) -> ReferralLetter:
    """移送函: names only."""
    return ReferralLetter(
        number=number(card),
        committee=card.committee_name,
        organ=card.end.referred_to,
        parties="、".join(named([party_block(party, card.end.on) for party in card.parties])),
        case_title=card.title,
        reason=card.end.reason,
        summary=card.summary,
        mediators=mediators(card),
        referred_on=card.end.on,
    )


def mediated_until(card: CaseCard) -> date | None:
    """Return the last day of the mediation itself (F-13 调解日期): its end, or the day of the agreement."""
    if card.end.on is not None:
        return card.end.on
    if card.agreement is None or not card.agreement.in_force:
        return None
    return card.agreement.effective_on or card.agreement.reached_on


def closed_on(card: CaseCard) -> date | None:
    """Return the day the case was over (F-11 结案时间): its end, or the last term performed.

    Where something was not performed it is the last follow-up, or else the day the dossier was filed.
    """
    agreed = card.agreement
    if card.end.on is not None or agreed is None or not agreed.in_force:
        return card.end.on
    if any(term.state in _UNPERFORMED for term in agreed.terms):
        seen = [visit.visited_at.date() for visit in card.follow_ups if visit.visited_at is not None]
        return max(seen, default=card.filed_on) if card.state in _OVER else None
    days = [term.performed_on for term in agreed.terms if term.performed_on is not None]
    return max(days, default=agreed.effective_on)


def result_text(card: CaseCard) -> str:
    """Return the result in words: what was agreed and whether it is kept, or how and why the case ended."""
    agreed, end = card.agreement, card.end
    if agreed is not None and agreed.in_force:
        lines = [_("{form}：").format(form=agreed.form_label)]
        lines += [f"{term.n}. {_term(term)}" for term in agreed.terms]
        return "\n".join(lines)
    # Of a filed case the state says only that it is filed.
    parts = (
        labels.STATE[end.way] if end.way else card.result_label,
        cause(card) if end.way in {"refused", "terminated"} else "",
        _("拒绝一方：{who}").format(who=end.refused_by) if end.refused_by else "",
        _("移送：{organ}").format(organ=end.referred_to) if end.referred_to else "",
        end.reason.strip().rstrip("。"),
    )
    return "；".join(dict.fromkeys(part for part in parts if part))


def cause(card: CaseCard) -> str:
    """Return why a mediation ended (MED-26); a refusal is a cause of its own and is not asked for again."""
    return END_CAUSE["refused"] if card.end.way == "refused" else card.end.cause_label


def _term(term: TermView) -> str:
    return noted(term.text.strip().rstrip("。"), labels.CLAUSE_STATE.get(term.state, ""))
