"""The states of a consultation as a table, and what form F-40 still needs before each step (domain.md §6).

opened 已登记 → checked 待解答 → answered 已解答 → finished 已结束. The question is answered only after the
conflict check (FL-11); when people or adviser change the check lapses and is made again. On a hit the ways
out are another adviser (it stays opened), another date (appointed) or another body (referred, without an
answer here). What was answered in part may be gone on with another day and keeps its words (FL-09). Who
refuses to say who they are is noted as such and served all the same (FL-09).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desk.errors import InputProblem
from desk.rules.conflict_check import CHANGE_ADVISER
from desk.rules.consultation_codes import (
    CATEGORY,
    CHANNEL,
    DISPOSITION,
    MAY_BE_ANSWERED,
    PROCEDURE,
    STATE,
    allowed_dispositions,
    procedures_agree,
)
from desk.rules.visit_states import Missing, refuse

Verb = Literal["open", "check", "change", "answer", "finish", "appoint", "resume", "refer", "reopen", "void"]


@dataclass(frozen=True)
class Step:
    """One allowed step: from `source` (empty: a new consultation) by `verb` to `target`.

    `needs_record`: what `missing_to` names must be there first.
    """

    source: str
    verb: Verb
    target: str
    needs_reason: bool = False
    needs_record: bool = False


STEPS: Final = (
    Step("", "open", "opened", needs_record=True),
    Step("opened", "check", "checked", needs_record=True),
    Step("opened", "change", "opened"),
    Step("appointed", "change", "appointed"),
    Step("checked", "change", "opened"),
    Step("answered", "change", "opened"),
    Step("checked", "answer", "answered", needs_record=True),
    Step("answered", "finish", "finished", needs_record=True),
    Step("opened", "appoint", "appointed", needs_record=True),
    Step("checked", "appoint", "appointed", needs_record=True),
    Step("appointed", "appoint", "appointed", needs_record=True),
    Step("answered", "appoint", "appointed", needs_record=True),
    Step("appointed", "resume", "opened"),
    Step("opened", "refer", "referred", needs_record=True),
    Step("checked", "refer", "referred", needs_record=True),
    Step("appointed", "refer", "referred", needs_record=True),
    Step("finished", "reopen", "answered", needs_reason=True),
    Step("referred", "reopen", "opened", needs_reason=True),
    Step("opened", "void", "void", needs_reason=True),
    Step("checked", "void", "void", needs_reason=True),
    Step("answered", "void", "void", needs_reason=True),
    Step("finished", "void", "void", needs_reason=True),
    Step("appointed", "void", "void", needs_reason=True),
    Step("referred", "void", "void", needs_reason=True),
)

OPEN_TO_REGISTRAR: Final = ("opened", "checked", "answered", "appointed")
"""States in which the registrar still sees and corrects what was written."""

ENDED: Final = ("finished", "referred")
"""States of a consultation that is over: its words are read, and changed only once it is opened again."""

REFERRALS: Final = frozenset(DISPOSITION) - {"answered", "appointed"}
"""Dispositions a consultation may be referred by without an answer here."""

_VERB_WORDS: Final = {
    "open": "登记",
    "check": "记下利益冲突检查",
    "change": "更换当事人或者解答人",
    "answer": "解答",
    "finish": "完成",
    "appoint": "约期",
    "resume": "按约继续",
    "refer": "转出",
    "reopen": "重新打开",
    "void": "作废",
}


@dataclass(frozen=True)
class Record:
    """What form F-40 holds, as far as the rules look at it; codes are those of `consultation_codes`.

    `topics` are codes of CATEGORY; `basis` holds the cited articles; `opponent` whether another party is
    named; `notice_told` the notice of PI-03, taken over from the visit a consultation grew out of.
    """

    name: str = ""
    phone: str = ""
    identity_refused: bool = False
    notice_told: bool = False
    channel: str = ""
    opponent: bool = False
    conflict: str = "unchecked"
    topics: tuple[str, ...] = ()
    question: str = ""
    procedures: tuple[str, ...] = ()
    answer: str = ""
    basis: tuple[str, ...] = ()
    disposition: str = ""
    referred_to: str = ""
    appointed_on: date | None = None
    adviser_id: str = ""
    licence_no: str = ""
    disclaimer_ack: bool = False


def step(state: str, verb: Verb, *, reason: str = "", missing: tuple[Missing, ...] = ()) -> str:
    """Return the state after `verb`, for which `missing` is what `missing_to` found.

    Raises InputProblem if the table forbids the step or a reason or field lacks.
    """
    found = next((row for row in STEPS if (row.source, row.verb) == (state, verb)), None)
    if found is None:
        words = STATE.get(state, "还没有登记")
        raise InputProblem(f"这次咨询{words}，不能{_VERB_WORDS[verb]}。", field="state")
    if found.needs_reason and not reason.strip():
        raise InputProblem(f"{_VERB_WORDS[verb]}要写明理由。", field="reason")
    if found.needs_record:
        refuse(missing)
    return found.target


def missing_to(verb: Verb, record: Record) -> tuple[Missing, ...]:
    """Return what form F-40 still needs before a step, in the form's order; () for steps that ask nothing."""
    gaps = {
        "open": _to_open,
        "check": _to_check,
        "answer": _to_answer,
        "finish": _to_finish,
        "appoint": _to_appoint,
        "refer": _to_refer,
    }.get(verb)
    return tuple(gaps(record)) if gaps else ()


def may_write_answer(state: str, record: Record) -> bool:
    """Tell whether the field 解答意见 is open: the check is made and nothing stands against it (FL-11)."""
    return state in {"checked", "answered"} and record.conflict in MAY_BE_ANSWERED


def _to_open(record: Record) -> list[Missing]:
    """A name or a noted refusal (FL-09) is enough to begin."""
    if record.identity_refused or record.name.strip():
        return []
    return [Missing("name", "请填写咨询人姓名；不愿透露的，请勾选“不愿透露”，照常解答。")]


def _to_check(record: Record) -> list[Missing]:
    gaps = _to_open(record)
    if record.opponent and record.conflict == "no_other_party":
        gaps.append(Missing("opponent", "已填写对方当事人，不能再选“没有对方当事人”。"))
    elif not record.opponent and record.conflict != "no_other_party":
        gaps.append(Missing("opponent", "请填写对方当事人，或者选“没有对方当事人”。"))
    if not record.adviser_id:
        gaps.append(Missing("adviser_id", "请选择解答人。"))
    if record.conflict == "hit":
        gaps.append(Missing("conflict", CHANGE_ADVISER))
    elif record.conflict not in MAY_BE_ANSWERED:
        gaps.append(Missing("conflict", "解答前请先做利益冲突检查。"))
    return gaps


def _to_answer(record: Record) -> list[Missing]:
    gaps = _to_check(record)
    if not record.question.strip():
        gaps.append(Missing("question", "请写明咨询事项。"))
    if not record.answer.strip():
        gaps.append(Missing("answer", "请写明解答意见。"))
    return gaps


def _to_finish(record: Record) -> list[Missing]:
    """All that F-40 marks as required."""
    gaps = [*_to_answer(record), *_identity_gaps(record), *_intake_gaps(record)]
    if not any(article.strip() for article in record.basis):
        gaps.append(Missing("basis", "请写明法律依据，可从条文库选取。"))
    if not record.licence_no.strip():
        gaps.append(Missing("licence_no", "请填写解答人的执业证号。"))
    if not record.disclaimer_ack:
        gaps.append(Missing("disclaimer_ack", "请告知“不构成法律意见”等事项，并勾选“已告知”。"))
    gaps.extend(_disposition_gaps(record))
    return sorted(gaps, key=lambda gap: _ORDER.index(gap.field))


def _identity_gaps(record: Record) -> list[Missing]:
    if record.identity_refused:
        return []
    gaps = []
    if not record.phone.strip():
        gaps.append(Missing("phone", "请填写联系电话；不愿透露的，请勾选“不愿透露”，照常解答。"))
    if not record.notice_told:
        gaps.append(Missing("notice_told", "请先告知个人信息处理事项，并勾选“已告知”。"))
    return gaps


def _intake_gaps(record: Record) -> list[Missing]:
    gaps = []
    if record.channel not in CHANNEL:
        gaps.append(Missing("channel", "请选择咨询方式。"))
    if not any(code in CATEGORY for code in record.topics):
        gaps.append(Missing("topic", "请选择咨询类别。"))
    if not procedures_agree(record.procedures):
        ways = "、".join(word for code, word in PROCEDURE.items() if code != "none")
        gaps.append(Missing("procedures", f"请选择已走过的程序（{ways}），没有的请选“都没有”。"))
    return gaps


def _disposition_gaps(record: Record) -> list[Missing]:
    if record.disposition not in DISPOSITION:
        return [Missing("disposition", "请选择处理方式。")]
    if record.disposition not in allowed_dispositions(record.topics, record.procedures):
        return [Missing("disposition", "这一事项人民调解委员会不能受理，请选其他处理方式。")]
    if record.disposition == "appointed" and record.appointed_on is None:
        return [Missing("appointed_on", "约期要写明日期。")]
    if record.disposition in REFERRALS and not record.referred_to.strip():
        return [Missing("referred_to", "请写明请咨询人去哪里。")]
    return []


def _to_appoint(record: Record) -> list[Missing]:
    gaps = _to_open(record)
    if record.appointed_on is None:
        gaps.append(Missing("appointed_on", "约期要写明日期。"))
    return gaps


def _to_refer(record: Record) -> list[Missing]:
    """Referring tells where to go (FL-09: unsuitable topic → tell the right body); no check, no answer."""
    gaps = _to_open(record)
    if record.disposition not in REFERRALS:
        ways = "、".join(word for code, word in DISPOSITION.items() if code in REFERRALS)
        return [*gaps, Missing("disposition", f"请选择转到哪里：{ways}。")]
    return [*gaps, *_disposition_gaps(record)]


_ORDER: Final = (
    *("name", "phone", "notice_told", "channel", "opponent", "adviser_id", "licence_no", "conflict"),
    *("topic", "question", "procedures", "answer", "basis", "disclaimer_ack"),
    *("disposition", "appointed_on", "referred_to"),
)
