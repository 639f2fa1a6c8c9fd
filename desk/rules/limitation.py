"""Hints on limitation and other last days of one's rights, computed from dates given (FL-13).

A hint is no legal opinion: it says until when, from what and by which article. What only lets the other
side refuse (诉讼时效, 仲裁时效: Civil Code 188, Labour Dispute Law 27) is interrupted and starts anew, and is
shown on its own last day: the one to act by. Whether it is over is judged by the day after the rest days,
like what closes a door (复议、起诉、工伤认定、司法确认) and is shown so (DL-03, Civil Code 203).
The lengths are rows of the profile, each with its statute.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desk.errors import InputProblem
from desk.rules.deadlines import Term, Unit, due
from desk.rules.numerals import han_number
from desk.rules.profile import Profile
from desk.rules.visit_states import Missing
from desk.rules.workdays import Calendar

INTERRUPTION: Final[Mapping[str, str]] = {
    "mediation": "申请人民调解",
    "suit": "起诉或者申请仲裁",
    "demand": "向对方主张权利",
    "acceptance": "对方同意履行",
    "report": "报案或者控告",
}
"""What interrupts (Civil Code 195; SPC provisions on limitation, 2020, arts. 8, 10–14)."""

_LABOUR: Final = "labour_arbitration"
_PROCEEDINGS: Final = frozenset({"mediation", "suit", "report"})
_MONTHS = 12

State = Literal["open", "soon", "expired", "unlimited", "undated"]


@dataclass(frozen=True)
class Limit:
    """One kind of last day: its term and longest term from the profile with their source.

    `start`: what the counting starts from, as the label of the date; `article` the rows' source.
    """

    code: str
    label: str
    start: str
    term: Term
    article: str
    longest: Term | None = None
    longest_start: str = ""
    longest_real_estate: Term | None = None
    interruptible: bool = False
    rolls: bool = True


@dataclass(frozen=True)
class Interruption:
    """An interruption of `kind` on a day; `ended` is when the proceedings it began ended, if they did."""

    kind: str
    on: date
    ended: date | None = None


@dataclass(frozen=True)
class Facts:
    """The dates a visitor gives.

    `known_on` is the day the counting starts from (what `Limit.start` names), `happened_on` the day of the
    harm or act; `still_employed`: wages unpaid while the labour relation lasts (Labour Dispute Law 27).
    """

    known_on: date | None = None
    happened_on: date | None = None
    interruptions: tuple[Interruption, ...] = ()
    still_employed: bool = False
    real_estate: bool = False


@dataclass(frozen=True)
class Soon:
    """From how many days before the end a hint warns: for terms in months, and for terms in days."""

    long: int = 30
    short: int = 10


@dataclass(frozen=True)
class Hint:
    """The answer for the side card: 诉讼时效 至 2029-09-18, with notes below and the article.

    `ends_on` is None when no limit runs; `days_left` is negative after the end. Once the own last day of a
    limitation has gone by, `ends_on` is the day after the rest days.
    """

    code: str
    label: str
    state: State
    text: str
    notes: tuple[str, ...]
    article: str
    ends_on: date | None
    days_left: int | None


@dataclass(frozen=True)
class _Kind:
    label: str
    start: str
    row: str
    longest_row: str = ""
    longest_start: str = ""
    interruptible: bool = False
    rolls: bool = True


_ACT = "行政行为作出之日"
_KINDS: Final[Mapping[str, _Kind]] = {
    "civil": _Kind(
        "诉讼时效",
        "知道受损和责任人之日",
        "limitation.civil",
        "limitation.civil_longest",
        "受损之日",
        interruptible=True,
        rolls=False,
    ),
    "labour_arbitration": _Kind(
        "劳动仲裁时效", "知道权利被侵害之日", "limitation.labour_arbitration", interruptible=True, rolls=False
    ),
    "suit_after_award": _Kind("不服仲裁裁决起诉", "收到裁决书之日", "limitation.suit_after_award"),
    "reconsideration": _Kind(
        "申请行政复议",
        "知道行政行为之日",
        "limitation.reconsideration",
        "limitation.administrative_longest",
        _ACT,
    ),
    "administrative_suit": _Kind(
        "提起行政诉讼",
        "知道行政行为之日",
        "limitation.administrative_suit",
        "limitation.administrative_longest",
        _ACT,
    ),
    "suit_after_review": _Kind("不服复议决定起诉", "收到复议决定书之日", "limitation.suit_after_review"),
    "work_injury_employer": _Kind(
        "单位申请工伤认定", "事故发生或者诊断为职业病之日", "limitation.work_injury_employer"
    ),
    "work_injury_employee": _Kind(
        "本人申请工伤认定", "事故发生或者诊断为职业病之日", "limitation.work_injury_employee"
    ),
    "confirmation": _Kind("申请司法确认", "调解协议生效之日", "term.confirmation"),
}
KIND: Final[Mapping[str, str]] = {code: kind.label for code, kind in _KINDS.items()}
"""Codes of the kinds with their words."""

_BY_TOPIC: Final[Mapping[str, tuple[str, ...]]] = {
    "labour": ("labour_arbitration",),
    "work_injury": ("work_injury_employer", "work_injury_employee"),
    "social_security": ("reconsideration", "administrative_suit"),
    "expropriation": ("reconsideration", "administrative_suit"),
    "administrative": ("reconsideration", "administrative_suit"),
    "public_security": ("reconsideration", "administrative_suit"),
    "arbitration": ("labour_arbitration", "suit_after_award"),
}
_WITHOUT: Final = frozenset({"criminal", "notary", "forensic", "other"})


def kinds_for(topics: Collection[str], procedures: Collection[str] = ()) -> tuple[str, ...]:
    """Return the kinds worth asking dates for, by topic and ways already taken; civil is the common case."""
    wanted = {kind for topic in topics for kind in _BY_TOPIC.get(topic, ("civil",)) if topic not in _WITHOUT}
    if "mediation" in procedures:
        wanted.add("confirmation")
    if "reconsideration" in procedures:
        wanted.add("suit_after_review")
    if "arbitration" in procedures:
        wanted.add("suit_after_award")
    return tuple(code for code in KIND if code in wanted)


def limit(profile: Profile, code: str, on: date) -> Limit:
    """Return one kind with the lengths the profile has on a day. Raises KeyError for an unknown code."""
    kind = _KINDS[code]
    longest = profile.term(kind.longest_row, on) if kind.longest_row else None
    real_estate = longest is not None and kind.longest_row == "limitation.administrative_longest"
    return Limit(
        code=code,
        label=kind.label,
        start=kind.start,
        term=profile.term(kind.row, on),
        article=profile.row(kind.row, on).source,
        longest=longest,
        longest_start=kind.longest_start,
        longest_real_estate=profile.term("limitation.real_estate_longest", on) if real_estate else None,
        interruptible=kind.interruptible,
        rolls=kind.rolls,
    )


def soon(profile: Profile, on: date) -> Soon:
    """Return from when hints warn."""
    return Soon(profile.number("limitation.soon", on), profile.number("limitation.soon_short", on))


def hint(rule: Limit, facts: Facts, today: date, calendar: Calendar, warn: Soon | None = None) -> Hint | None:
    """Compute one hint, or None while the day it starts from is not given (FL-13, DL-01…03).

    Raises InputProblem for days that lie ahead, for a harm after it was known, and for proceedings that ended
    before they began.
    """
    if rule.code == _LABOUR and facts.still_employed:
        text = f"在职期间拖欠劳动报酬的，不受{term_words(rule.term)}限制"
        note = f"劳动关系终止的，自终止之日起{term_words(rule.term)}内申请仲裁"
        return Hint(rule.code, rule.label, "unlimited", text, (note,), rule.article, None, None)
    if facts.known_on is None:
        return None
    _check_dates(facts, today)
    longest = rule.longest_real_estate if facts.real_estate and rule.longest_real_estate else rule.longest
    cap = None
    if longest is not None and facts.happened_on is not None:
        cap = _end(facts.happened_on, longest, rule, calendar)
    last, told = _run(rule, facts.known_on, facts.interruptions, cap, calendar)
    notes = [_basis_note(rule, longest), *told, *_wages_notes(rule)]
    own, last = last, last if today <= last else closing_day(last, calendar)
    if last != own:
        notes.append(f"末日 {own} 是休息日，顺延到 {last}")
    if rule.rolls or last != own:
        notes += _rest_day_notes(last, calendar)
    left = (last - today).days
    state = _state(left, rule.term, warn or Soon())
    if state == "expired" and not rule.rolls:
        notes.append("届满不等于没有权利，对方不提出时效抗辩的法院不主动适用，请律师核对")
    text = _text(state, last, left)
    return Hint(rule.code, rule.label, state, text, tuple(notes), rule.article, last, left)


def undated(rule: Limit) -> Hint:
    """Return how long a term is and what it starts from, while no day is known to count from (FL-13)."""
    notes = ("填写起算的日期，就算出到哪一天", *_wages_notes(rule))
    text = _basis_note(rule, rule.longest)
    return Hint(rule.code, rule.label, "undated", text, notes, rule.article, None, None)


def closing_day(last: date, calendar: Calendar) -> date:
    """Return the day on which a term with this own last day is over: after the rest days (DL-03)."""
    return due(last, Term(0, Unit.DAY), calendar).date


def term_words(term: Term) -> str:
    """Return a term as statutes say it: 三年, 六个月, 六十日, 十五个工作日."""
    if term.unit is Unit.MONTH and term.count and term.count % _MONTHS == 0:
        return f"{_count_words(term.count // _MONTHS)}年"
    words = {Unit.DAY: "日", Unit.WORKDAY: "个工作日", Unit.MONTH: "个月"}
    return _count_words(term.count) + words[term.unit]


def _count_words(count: int) -> str:
    return han_number(count) if 0 < count < 10_000 else str(count)


def _end(start: date, term: Term, rule: Limit, calendar: Calendar) -> date:
    found = due(start, term, calendar)
    return found.date if rule.rolls else found.raw


def _run(
    rule: Limit,
    start: date,
    interruptions: Sequence[Interruption],
    cap: date | None,
    calendar: Calendar,
) -> tuple[date, list[str]]:
    """Return the last day and what happened on the way: each interruption in time starts the term anew."""
    last = _end(start, rule.term, rule, calendar)
    if not rule.interruptible:
        return (last if cap is None else min(last, cap)), _capped_note(last, cap)
    notes = []
    for each in sorted(interruptions, key=lambda one: one.on):
        word = INTERRUPTION[each.kind]
        if each.on < start:
            notes.append(f"{each.on} {word}早于起算日，没有计入")
        elif each.on > closing_day(last if cap is None else min(last, cap), calendar):
            notes.append(_late_note(each))
        else:
            restart = each.ended or each.on
            last = max(last, _end(restart, rule.term, rule, calendar))
            notes.append(f"{each.on} {word}，时效中断，自 {restart} 重新计算")
            if each.kind in _PROCEEDINGS and each.ended is None:
                notes.append("程序还没有结束的，从程序终结时重新计算，请核对")
    if not interruptions:
        notes.append("申请人民调解的，时效中断重新计算，请核对")
    return (last if cap is None else min(last, cap)), [*notes, *_capped_note(last, cap)]


def _capped_note(last: date, cap: date | None) -> list[str]:
    return ["已到最长期间，中断也不再延长"] if cap is not None and cap < last else []


def _late_note(late: Interruption) -> str:
    if late.kind == "acceptance":
        return f"{late.on} 对方在届满后同意履行的，不得再以时效抗辩，请律师核对"
    return f"{late.on} {INTERRUPTION[late.kind]}已在届满之后，不再中断"


def _basis_note(rule: Limit, longest: Term | None) -> str:
    """自知道受损和责任人之日起三年，自受损之日起最长二十年."""
    words = f"自{rule.start}起{term_words(rule.term)}"
    return words if longest is None else f"{words}，自{rule.longest_start}起最长{term_words(longest)}"


def _wages_notes(rule: Limit) -> tuple[str, ...]:
    """Say what is not bound by the year (Labour Dispute Law art. 27)."""
    return ("在职期间拖欠劳动报酬的不受此限，请核对",) if rule.code == _LABOUR else ()


def _rest_day_notes(last: date, calendar: Calendar) -> list[str]:
    return [] if calendar.knows(last) else ["该年放假安排还没有公布，末日按周末推算"]


def _state(left: int, term: Term, warn: Soon) -> State:
    if left < 0:
        return "expired"
    return "soon" if left <= (warn.long if term.unit is Unit.MONTH else warn.short) else "open"


def wrong_days(facts: Facts, today: date) -> tuple[Missing, ...]:
    """Return the days that cannot be: to come, a harm after it was known, an end before its beginning."""
    known, happened = facts.known_on, facts.happened_on
    found = []
    if known is not None and known > today:
        found.append(Missing("known_on", "起算的日期还没有到，请核对。"))
    if happened is not None and happened > today:
        found.append(Missing("happened_on", "发生的日期还没有到，请核对。"))
    elif known is not None and happened is not None and known < happened:
        found.append(Missing("known_on", "知道的日期早于发生的日期，请核对。"))
    for each in facts.interruptions:
        if each.on > today or (each.ended is not None and each.ended > today):
            found.append(Missing("interrupted_on", "中断的日期还没有到，请核对。"))
        elif each.ended is not None and each.ended < each.on:
            found.append(Missing("interrupted_on", "程序终结的日期早于开始的日期，请核对。"))
    return tuple(found)


def _text(state: State, last: date, left: int) -> str:
    if state == "expired":
        return f"已于 {last} 届满"
    if state == "soon":
        return f"至 {last}，今天到期" if left == 0 else f"至 {last}，剩 {left} 天"
    return f"至 {last}"


def _check_dates(facts: Facts, today: date) -> None:
    for gap in wrong_days(facts, today)[:1]:
        raise InputProblem(gap.sentence, field=gap.field)
