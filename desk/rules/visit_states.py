"""The states of a visit as a table, and what has to be there before it can take the next one.

waiting 等候 → received 接待中 → finished 已结束; voided with a reason at any time; a finished visit is
reopened only to correct it, with a reason. Receipt first, words later: a name or 不愿透露 and one line
of 事由 give number and receipt; what else form F-50 asks stays 待补记 until the visit is finished.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desk.errors import InputProblem

Verb = Literal["wait", "open", "receive", "finish", "reopen", "void"]


@dataclass(frozen=True)
class Step:
    """One allowed step: from `source` (empty: a new visit) by `verb` to `target` (empty: voided)."""

    source: str
    verb: Verb
    target: str
    needs_reason: bool = False
    needs_record: bool = False


STEPS: Final = (
    Step("", "wait", "waiting"),
    Step("", "open", "received"),
    Step("waiting", "receive", "received"),
    Step("received", "finish", "finished", needs_record=True),
    Step("finished", "reopen", "received", needs_reason=True),
    Step("waiting", "void", "", needs_reason=True),
    Step("received", "void", "", needs_reason=True),
    Step("finished", "void", "", needs_reason=True),
)

_STATE_WORDS: Final = {
    "": "还没有登记",
    "waiting": "还在等候",
    "received": "正在接待",
    "finished": "已经结束",
}
_VERB_WORDS: Final = {
    "wait": "登记等候",
    "open": "开始接待",
    "receive": "开始接待",
    "finish": "完成接待",
    "reopen": "重新打开",
    "void": "作废",
}


@dataclass(frozen=True)
class Limits:
    """Bounds from the profile: visit.max_headcount, visit.max_representatives (XF-03)."""

    max_headcount: int = 999
    max_representatives: int = 5


@dataclass(frozen=True)
class Record:
    """What form F-50 holds, as far as the rules look at it; codes are those of `labels`."""

    name: str = ""
    anonymous: bool = False
    subject: str = ""
    headcount: int = 1
    companions: int = 0
    receivers: int = 0
    category: str = ""
    statement: str = ""
    request: str = ""
    outcome: str = ""
    level: str = ""
    unit: str = ""
    answer_text: str = ""
    guide_to: str = ""
    guide_reason: str = ""
    safety: str = "none"
    litigation: bool = False
    report_kind: str = ""
    report_recipient: str = ""
    notice_told: bool = False
    child: bool = False
    """Under 14 by the identity number that is written down (PI-05)."""


@dataclass(frozen=True)
class Missing:
    """One field that is missing or wrong, and the sentence that says so."""

    field: str
    sentence: str


CHILD: Final = "来访人未满 14 周岁，登记身份证号要监护人同意：请把监护人写进同行代表，或者不登记身份证号。"
"""What is asked for a child's number (PI-05); nobody is turned away for want of it (PI-04)."""


def refuse(gaps: Sequence[Missing]) -> None:
    """Refuse to go on while anything is missing: all of it is said at once, and the first field named.

    Raises InputProblem.
    """
    if gaps:
        raise InputProblem("".join(gap.sentence for gap in gaps), field=gaps[0].field)


def step(state: str, verb: Verb, *, reason: str = "", missing: tuple[Missing, ...] = ()) -> str:
    """Return the state after `verb`; InputProblem if the table forbids it or a reason or field lacks."""
    found = next((row for row in STEPS if (row.source, row.verb) == (state, verb)), None)
    if found is None:
        raise InputProblem(f"这次来访{_STATE_WORDS[state]}，不能{_VERB_WORDS[verb]}。", field="state")
    if found.needs_reason and not reason.strip():
        raise InputProblem(f"{_VERB_WORDS[verb]}要写明理由。", field="reason")
    if found.needs_record:
        refuse(missing)
    return found.target


def allowed_outcomes(record: Record) -> tuple[str, ...]:
    """Return the outcomes a visit may end in: 涉法涉诉 (LZ-02) and 检举控告 (XF-15) only in 引导."""
    if record.litigation or record.safety == "accusation":
        return ("guided",)
    return ("answered", "proposed", "triage", "guided", "mediation", "consultation")


def missing_for_receipt(record: Record) -> tuple[Missing, ...]:
    """Return what a number and a receipt still need: a name or 不愿透露, and one line of 事由."""
    gaps = []
    if not record.anonymous and not record.name.strip():
        gaps.append(Missing("name", "请填写姓名，或者选“不愿透露”。"))
    if not record.subject.strip():
        gaps.append(Missing("subject", "请用一句话写明事由。"))
    return tuple(gaps)


def missing_to_finish(record: Record, limits: Limits | None = None) -> tuple[Missing, ...]:
    """Return all that form F-50 still needs before the visit can be finished, in the form's order."""
    return (
        *missing_for_receipt(record),
        *_people_gaps(record, limits or Limits()),
        *_word_gaps(record),
        *_outcome_gaps(record),
    )


def to_be_written(record: Record, limits: Limits | None = None) -> tuple[Missing, ...]:
    """Return what may stay open as 待补记 once the receipt is given: all that finishing needs beyond it."""
    now = missing_for_receipt(record)
    return tuple(gap for gap in missing_to_finish(record, limits) if gap not in now)


def _people_gaps(record: Record, limits: Limits) -> list[Missing]:
    gaps = []
    if not 1 <= record.headcount <= limits.max_headcount:
        gaps.append(Missing("headcount", f"人数应在 1 到 {limits.max_headcount} 之间。"))
    if record.companions + 1 > limits.max_representatives:
        sentence = f"多人反映同一事项，登记的代表不超过 {limits.max_representatives} 人。"
        gaps.append(Missing("companions", sentence))
    if record.child and record.companions < 1:
        gaps.append(Missing("id_no", CHILD))
    if record.receivers < 1:
        gaps.append(Missing("receiver_ids", "请选择接待代表。"))
    return gaps


def _word_gaps(record: Record) -> list[Missing]:
    asked = (
        ("category", record.category, "请选择问题类别。"),
        ("statement", record.statement, "请记下来访人反映的问题（原话）。"),
        ("request", record.request, "请写明诉求。"),
    )
    gaps = [Missing(field, sentence) for field, value, sentence in asked if not value.strip()]
    if not record.anonymous and not record.notice_told:
        gaps.append(Missing("notice_told", "请先告知个人信息处理事项，并勾选“已告知”。"))
    if record.report_kind and not record.report_recipient.strip():
        gaps.append(Missing("report_recipient", "强制报告要写明向谁报告。"))
    return gaps


def _outcome_gaps(record: Record) -> list[Missing]:
    if not record.outcome:
        return [Missing("outcome", "请选择处理方式。")]
    if record.outcome not in allowed_outcomes(record):
        return [Missing("outcome", _only_guided(record))]
    gaps = []
    if record.outcome == "answered" and not record.answer_text.strip():
        gaps.append(Missing("answer_text", "当场答复要写明答复内容。"))
    if record.outcome == "proposed" and not record.level:
        gaps.append(Missing("level", "拟交办要选择级别。"))
    if record.outcome == "guided":
        gaps.extend(_guide_gaps(record))
    return gaps


def _guide_gaps(record: Record) -> list[Missing]:
    gaps = []
    if not record.guide_reason.strip():
        gaps.append(Missing("guide_reason", "引导要写明理由。"))
    if record.safety == "accusation":
        if "12388" not in record.guide_to and "纪检" not in record.guide_to and "监察" not in record.guide_to:
            gaps.append(Missing("guide_to", _only_guided(record)))
        if record.unit.strip():
            gaps.append(Missing("unit", "检举控告不得填写承办单位。"))
    elif not record.guide_to.strip():
        gaps.append(Missing("guide_to", "引导要写明请来访人去哪里。"))
    return gaps


def _only_guided(record: Record) -> str:
    if record.safety == "accusation":
        return "检举控告只能引导到纪检监察机关（12388）。"
    return "涉法涉诉事项只能引导到有权处理的机关，不能交办。"
