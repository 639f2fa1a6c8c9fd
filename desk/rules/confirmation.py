"""Judicial confirmation of an agreement (SQ-01…04, MED-16): until when, where, with what, what not."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desk.errors import InputProblem
from desk.rules.deadlines import Due, Remaining, Term, due, remaining, until_text
from desk.rules.mediation_parties import Party, missing_contacts, missing_identity
from desk.rules.numerals import official_date
from desk.rules.visit_states import Missing, refuse
from desk.rules.workdays import Calendar

Verb = Literal["apply", "confirm", "invalidate", "reject", "withdraw"]

STEPS: Final = {
    ("none", "apply"): "confirm_applied",
    ("withdrawn", "apply"): "confirm_applied",
    ("confirm_applied", "confirm"): "confirmed_valid",
    ("confirm_applied", "invalidate"): "confirmed_invalid",
    ("confirm_applied", "reject"): "rejected",
    ("confirm_applied", "withdraw"): "withdrawn",
}
"""(state, verb) → state; the states are those of `dispute_codes.CONFIRMATION`."""

ASKABLE: Final = frozenset(state for state, verb in STEPS if verb == "apply")
"""States in which the parties may (again) ask the court: the thirty days run (SQ-01)."""

_STATE_WORDS: Final = {
    "none": "还没有申请司法确认",
    "confirm_applied": "已经申请司法确认",
    "confirmed_valid": "法院已经确认有效",
    "confirmed_invalid": "法院已经确认无效",
    "rejected": "法院已经驳回申请",
    "withdrawn": "申请已经撤回",
}
_VERB_WORDS: Final = {
    "apply": "申请司法确认",
    "confirm": "登记确认有效",
    "invalidate": "登记确认无效",
    "reject": "登记驳回",
    "withdraw": "登记撤回",
}

INELIGIBLE: Final = {
    "outside_court": "不属于人民法院受理范围的，法院不受理司法确认。",
    "status_relation": "确认婚姻关系、亲子关系、收养关系等身份关系无效、有效或者解除的，法院不受理司法确认。",
    "special_procedure": "适用其他特别程序、公示催告程序、破产程序审理的，法院不受理司法确认。",
    "title": "涉及物权、知识产权确权的，法院不受理司法确认。",
}
"""SQ-04: what a court does not confirm, and the sentence that says so."""

NEXT_WAYS: Final = {
    "confirmed_valid": "一方不履行的，另一方可以向人民法院申请强制执行。",
    "confirmed_invalid": "可以再次调解，变更协议或者达成新的协议，也可以向人民法院起诉。",
    "rejected": "可以再次调解，变更协议或者达成新的协议，也可以向人民法院起诉。",
    "withdrawn": "三十日的期限没有届满的，双方可以再次共同申请。",
}
"""MED-15, 16: what the parties may do next."""

ORAL_FIRST: Final = (
    "口头协议不能申请司法确认：法院要求提交调解协议书。"
    "需要确认的，请先“再次调解”，由双方签订书面协议后再共同申请。"
)
"""SQ-03 (Interpretation art. 353): the agreement itself is handed in, and an oral one leaves no paper that
both sides signed. The way out is to have it written first; that agreement has thirty days of its own.
"""

COURT: Final = {
    "inviting": "邀请调解的人民法院",
    "party": "当事人住所地的基层人民法院",
    "subject": "标的物所在地的基层人民法院",
    "committee": "调解组织所在地的基层人民法院",
}

PAPERS: Final = {
    "agreement": "人民调解协议书",
    "committee_proof": "人民调解委员会主持调解的证明",
    "identity": "当事人身份证明、住所和联系方式",
    "property_proof": "与协议有关的财产权利证明（有的附上）",
}
"""SQ-03: what is handed in with the application (F-10); the last only where property rights are concerned."""


@dataclass(frozen=True)
class ConfirmationRules:
    """Rows term.confirmation, confirmation.warn_first and confirmation.warn_last of the profile."""

    term: Term
    warn_first: int
    warn_last: int


@dataclass(frozen=True)
class Countdown:
    """How the 30 days stand: `open` whether both may still apply, `level` "", first, last or over."""

    deadline: Due
    left: Remaining
    open: bool
    level: str
    text: str


def countdown(
    effective_on: dt.date, today: dt.date, calendar: Calendar, rules: ConfirmationRules
) -> Countdown:
    """Return the countdown from the day the agreement took effect (SQ-01; DL-01, DL-03).

    A rest day on the last day passes it on; two warnings (10 and 3 days left by default); then it is over.
    """
    deadline = due(effective_on, rules.term, calendar)
    left = remaining(deadline, today, calendar)
    if left.days < 0:
        text = f"申请司法确认的期限已于 {deadline.date.month} 月 {deadline.date.day} 日届满。"
        return Countdown(deadline, left, False, "over", text)
    level = "last" if left.days <= rules.warn_last else "first" if left.days <= rules.warn_first else ""
    rolled = f"（{deadline.raw.month} 月 {deadline.raw.day} 日休息日顺延）" if deadline.moved else ""
    until = until_text(deadline.date, today)
    return Countdown(deadline, left, True, level, f"双方共同申请，{until}{rolled}，{left.text}")


def questions(dispute_type: str) -> tuple[str, ...]:
    """Return which of INELIGIBLE to ask for this type of dispute: a clerk is not asked about all of them."""
    likely = {
        "marriage_family": ("status_relation",),
        "house_homestead": ("title",),
        "forest_land": ("title",),
        "intellectual_property": ("title",),
        "expropriation": ("outside_court", "title"),
    }
    return likely.get(dispute_type, ())


def ineligible(reasons: Collection[str]) -> tuple[Missing, ...]:
    """Return why a court would not accept the application (SQ-04); empty: nothing known against it."""
    return tuple(Missing("eligible", sentence) for code, sentence in INELIGIBLE.items() if code in reasons)


def courts(source: str) -> tuple[str, ...]:
    """Return the codes of COURT that have jurisdiction (SQ-02): the inviting court, else any of the three."""
    return ("inviting",) if source == "court" else ("party", "subject", "committee")


@dataclass(frozen=True)
class Application:
    """What the rules look at before both may apply (SQ-01…04).

    `joint` tells whether each party asks for it, itself or by an agent with that authority; `reasons` are
    codes of INELIGIBLE; `form` is that of the agreement, written or oral.
    """

    effective_on: dt.date | None
    source: str
    parties: tuple[Party, ...]
    joint: tuple[bool, ...] = ()
    court: str = ""
    reasons: tuple[str, ...] = ()
    form: str = "written"


def missing_to_apply(
    application: Application, today: dt.date, calendar: Calendar, rules: ConfirmationRules
) -> tuple[Missing, ...]:
    """Return all that keeps the parties from applying on a day: not in force by then, over time (SQ-01), not
    eligible (SQ-04), not jointly (MED-16), no ID, address or phone (SQ-03), the wrong court (SQ-02). Of an
    oral agreement nothing else is asked: there is no paper to hand in (SQ-03).
    """
    if application.effective_on is None:
        return (Missing("effective_on", "协议还没有生效，不能申请司法确认。"),)
    if application.form == "oral":
        return (Missing("agreement", ORAL_FIRST),)
    gaps = list(ineligible(application.reasons))
    if today < application.effective_on:
        day = official_date(application.effective_on)
        gaps.append(Missing("applied_on", f"申请日期早于协议生效日期 {day}，请核对。"))
    clock = countdown(application.effective_on, today, calendar, rules)
    if not clock.open:
        gaps.append(Missing("term", clock.text))
    if len(application.joint) < len(application.parties) or not all(application.joint):
        gaps.append(Missing("joint", "司法确认要由双方当事人共同申请。"))
    gaps.extend(missing_identity(application.parties))
    gaps.extend(missing_contacts(application.parties))
    if application.court not in courts(application.source):
        words = "、".join(COURT[code] for code in courts(application.source))
        gaps.append(Missing("court", f"请选择有管辖权的法院：{words}。"))
    return tuple(gaps)


def step(state: str, verb: Verb, gaps: Sequence[Missing] = ()) -> str:
    """Return the state of the confirmation after `verb` (§3.4, sub-flow).

    `gaps` are those of `missing_to_apply`. Raises InputProblem for a step the table does not know and for
    an application that lacks something.
    """
    target = STEPS.get((state, verb))
    if target is None:
        raise InputProblem(f"{_STATE_WORDS[state]}，不能{_VERB_WORDS[verb]}。", field="confirmation")
    if verb == "apply":
        refuse(gaps)
    return target


def decision_due(filed_on: dt.date, term: Term, calendar: Calendar) -> Due:
    """Return by when the court decides: `term` (profile, 30 days) after filing (SQ-06)."""
    return due(filed_on, term, calendar)
