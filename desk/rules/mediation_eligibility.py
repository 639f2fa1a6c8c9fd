"""Whether a dispute may be mediated here at all (MED-20, 21, 22), and who may sit on a committee (MED-18)."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desk.rules.mediation_parties import Party
from desk.rules.visit_states import Missing

BARRIER: Final = {
    "special_organ": "法律、法规规定只能由专门机关管辖处理",
    "barred_by_law": "法律、法规禁止采用民间调解方式解决",
    "court": "人民法院已经受理或者解决",
    "police": "公安机关已经受理或者解决",
    "administrative": "其他行政机关已经受理或者解决",
    "not_civil": "不涉及民事权利义务",
}
"""MED-20, 21: what keeps a matter from people's mediation."""

_LIFTED_BY: Final = {"court": "court", "police": "police", "administrative": "other_organ"}

COMPETENCE: Final = {
    "arose_here": "纠纷发生在本调委会辖区",
    "lives_here": "当事人住所在本调委会辖区",
    "by_agreement": "双方同意由本调委会调解，本调委会接受",
}
"""MED-22: why this committee may take the case."""

_TERM_YEARS: Final = 3

USUAL_COMPETENCE: Final = "arose_here"
"""What a new case begins with (MED-22): people come to the committee of the place."""


@dataclass(frozen=True)
class Scope:
    """What is known about the matter when it is registered.

    `barriers` are codes of BARRIER somebody ticked, `competence` codes of COMPETENCE; `source` is that of
    CL-2.
    """

    parties: tuple[Party, ...]
    barriers: tuple[str, ...] = ()
    competence: tuple[str, ...] = ()
    source: str = "application"


@dataclass(frozen=True)
class ScopeRules:
    """The local part: disputes between two bodies (MED-20), a committee chosen by agreement (MED-22)."""

    bodies_among_themselves: bool = False
    by_agreement: bool = True


def obstacles(scope: Scope, rules: ScopeRules | None = None) -> tuple[Missing, ...]:
    """Return the sentences for which the case is not accepted, each at the field that says so: barred,
    parties or competence.

    A matter an organ has taken may be mediated if that very organ referred it (MED-21, 29).
    """
    local = rules or ScopeRules()
    found = [
        Missing("barred", f"{words}，人民调解委员会不得受理。")
        for code, words in BARRIER.items()
        if code in scope.barriers and _LIFTED_BY.get(code) != scope.source
    ]
    people = any(party.kind == "natural_person" for party in scope.parties)
    if scope.parties and not people and not local.bodies_among_themselves:
        found.append(Missing("parties", "双方都是单位：人民调解的是公民之间、公民与单位之间的纠纷。"))
    grounds = [code for code in scope.competence if code != "by_agreement" or local.by_agreement]
    if not grounds:
        found.append(Missing("competence", _no_competence(local)))
    return tuple(found)


@dataclass(frozen=True)
class Committee:
    """What the rules look at of a committee: members, heads and women among them, until when it was chosen.

    `mixed_area`: several nationalities live there; of which its members are is written down nowhere.
    """

    members: int
    heads: int
    women: int
    mixed_area: bool = False
    term_until: dt.date | None = None


def committee_doubts(committee: Committee, today: dt.date) -> tuple[str, ...]:
    """Return what does not fit the law about a committee, as sentences for its settings page (MED-18)."""
    found = []
    if not 3 <= committee.members <= 9:
        found.append(f"人民调解委员会应由 3 至 9 人组成，现在登记了 {committee.members} 人。")
    if committee.heads != 1:
        found.append("人民调解委员会应设主任一人。")
    if committee.women < 1:
        found.append("人民调解委员会应当有妇女成员。")
    if committee.mixed_area:
        found.append("多民族居住的地区，人民调解委员会应当有人数较少民族的成员，请核对。")
    until = committee.term_until
    if until is not None and until < today:
        found.append(f"这一届任期到 {until:%Y-%m-%d}，已经届满，请核对是否已经换届。")
    if until is not None and until > _years_on(today, _TERM_YEARS):
        found.append(f"人民调解委员会每届任期三年，任期到 {until:%Y-%m-%d} 超过三年，请核对。")
    return tuple(found)


def _years_on(day: dt.date, years: int) -> dt.date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


@dataclass(frozen=True)
class Seat:
    """Somebody who is to mediate: kind of MEDIATOR_KIND, whether a deputy, whether all parties consented.

    Who is neither a member nor engaged, as somebody of whom only a name is known, is invited.
    """

    name: str
    kind: str
    deputy: bool = False
    consented: bool = False


def mediator_gaps(seats: Sequence[Seat]) -> tuple[Missing, ...]:
    """Return why somebody may not take part yet: who is only invited needs the parties' consent (MED-04),
    and a deputy takes part engaged or invited (LZ-05).
    """
    gaps = []
    for seat in seats:
        if seat.kind == "invited" and not seat.consented:
            sentence = (
                f"邀请{seat.name}参加调解要先征得双方当事人同意：双方选定的，请在“调解员由谁确定”里选“当事人选定”；"
                "或者在“参加人”里登记其姓名和双方同意的日期。"
            )
            gaps.append(Missing("mediators", sentence))
        if seat.deputy and seat.kind not in {"member", "engaged", "invited"}:
            gaps.append(Missing("mediators", f"代表{seat.name}参加调解，请选聘任或者受邀。"))
    return tuple(gaps)


def _no_competence(local: ScopeRules) -> str:
    if local.by_agreement:
        return "请选择由本调委会受理的理由：纠纷发生地、当事人住所地，或者双方同意。"
    return "请选择由本调委会受理的理由：纠纷发生地或者当事人住所地。"
