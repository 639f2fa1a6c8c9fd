"""The mediation agreement, written (F-07) or oral (F-08): what it holds, who signed, when it takes effect.

MED-10…13, 25. Nothing that can be derived is stored: effective date, copies, total and Han words are asked
here. Papers are refused for gaps, never for doubts.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from desk.rules.agreement_money import MAX_FEN
from desk.rules.mediation_labels import WRITTEN_REASON
from desk.rules.numerals import official_date
from desk.rules.visit_states import Missing


@dataclass(frozen=True)
class Clause:
    """One row of 协议内容 (record agreement_term); codes are those of `mediation_labels`.

    `fen` is the sum of a clause of kind money; `due` its last day, None where nothing falls due; `breach`
    what happens if it is not kept.
    """

    text: str
    obligor: str = ""
    kind: str = "act"
    payee: str = ""
    fen: int | None = None
    way: str = ""
    due: dt.date | None = None
    breach: str = ""
    state: str = "open"


@dataclass(frozen=True)
class Signer:
    """One party on the signature page; `signed_on` is the day of signature, seal or fingerprint."""

    name: str
    signed_on: dt.date | None = None


@dataclass(frozen=True)
class Agreement:
    """What forms F-07 and F-08 hold, as far as the rules look at it.

    `form` is written or oral; `reached_on` is 协议日期 or 达成日期; `mode` a code of PERFORMANCE_MODE, with
    `mode_text` for other. `breach` is one word for all clauses. `written_asked`: a party wants it in writing.
    """

    form: str
    reached_on: dt.date | None = None
    signers: tuple[Signer, ...] = ()
    facts: str = ""
    issues: str = ""
    responsibilities: str = ""
    clauses: tuple[Clause, ...] = ()
    mode: str = ""
    mode_text: str = ""
    breach: str = ""
    mediator_signed_on: dt.date | None = None
    recorder_signed_on: dt.date | None = None
    sealed_on: dt.date | None = None
    written_asked: bool = False


WRITTEN_WHEN: Final = WRITTEN_REASON

WRITING_ASKED: Final = "当事人要求制作书面协议的，不能只作口头协议：请选“书面”，打印协议书由各方签字盖章。"
"""MED-10, MED-25: an oral agreement is for parties who find a written one unnecessary (art. 28)."""


def kind_of(*, fen: int | None, way: str, payee: str, due: dt.date | None) -> str:
    """Return what a row of an agreement asks, from what was filled in: money, act or declaration.

    A sum, a payee, cash or transfer mean a payment; without way and day it is only a word.
    """
    if fen is not None or payee.strip() or way in {"cash", "transfer"}:
        return "money"
    return "act" if way or due is not None else "declaration"


def copies(parties: int) -> int:
    """Return how many copies are made: one a party and one for the committee (MED-12)."""
    return parties + 1


def effective_date(agreement: Agreement) -> dt.date | None:
    """Return the day the agreement takes effect, None while it does not.

    Written: the latest of all parties', the mediator's signature and the seal (MED-12). Oral: the day it was
    reached (MED-13).
    """
    if agreement.form == "oral":
        return agreement.reached_on
    days = [
        *(signer.signed_on for signer in agreement.signers),
        agreement.mediator_signed_on,
        agreement.sealed_on,
    ]
    known = [day for day in days if day is not None]
    return max(known) if agreement.signers and len(known) == len(days) else None


def missing_signatures(agreement: Agreement) -> tuple[Missing, ...]:
    """Return which of the signatures and the seal of a written agreement are not there yet (MED-12).

    An oral agreement takes effect without any (MED-13). The recorder signs the form too, though the effect
    does not hang on it.
    """
    if agreement.form == "oral":
        return ()
    gaps = [
        Missing("signers", f"{signer.name}还没有签名、盖章或者按指印，协议不能生效。")
        for signer in agreement.signers
        if signer.signed_on is None
    ]
    if not agreement.signers:
        gaps.append(Missing("signers", "当事人还没有签名、盖章或者按指印，协议不能生效。"))
    if agreement.mediator_signed_on is None:
        gaps.append(Missing("mediator_signed_on", "调解员还没有签名，协议不能生效。"))
    if agreement.recorder_signed_on is None:
        gaps.append(Missing("recorder_signed_on", "记录人还没有签名。"))
    if agreement.sealed_on is None:
        gaps.append(Missing("sealed_on", "还没有加盖人民调解委员会印章，协议不能生效。"))
    return tuple(gaps)


def missing_content(agreement: Agreement) -> tuple[Missing, ...]:
    """Return what the words of an agreement still lack (MED-11; F-07, F-08), in the form's order."""
    asked = [
        ("facts", agreement.facts, "请写明纠纷的主要事实。"),
        ("issues", agreement.issues, "请写明争议事项。"),
    ]
    if agreement.form == "written":
        asked.append(("responsibilities", agreement.responsibilities, "请写明各方当事人的责任。"))
    gaps = [Missing(field, sentence) for field, value, sentence in asked if not value.strip()]
    if agreement.form == "oral" and agreement.written_asked:
        gaps.append(Missing("written_asked", WRITING_ASKED))
    if not agreement.clauses:
        gaps.append(Missing("clauses", "请写明协议内容，至少一条。"))
    for number, clause in enumerate(agreement.clauses, start=1):
        gaps.extend(_clause_gaps(number, clause))
    if not agreement.mode:
        gaps.append(Missing("mode", "请选择履行方式。"))
    if agreement.mode == "other" and not agreement.mode_text.strip():
        gaps.append(Missing("mode_text", "请写明怎样履行。"))
    gaps.extend(_due_gaps(agreement))
    return tuple(gaps)


def wrong_dates(agreement: Agreement, *, accepted_on: dt.date | None, today: dt.date) -> tuple[Missing, ...]:
    """Return the dates that cannot be: an agreement before acceptance, a signature before the agreement,
    a term that ended before it, and any day that is still to come. A missing 协议日期 is one of them.
    """
    reached = agreement.reached_on
    if reached is None:
        return (Missing("reached_on", "请填写达成协议的日期。"),)
    gaps = []
    if accepted_on is not None and reached < accepted_on:
        sentence = f"协议日期 {official_date(reached)} 早于受理日期 {official_date(accepted_on)}，请核对。"
        gaps.append(Missing("reached_on", sentence))
    if reached > today:
        gaps.append(Missing("reached_on", f"协议日期 {official_date(reached)} 还没有到，请核对。"))
    for field, who, day in _signed(agreement):
        if day is not None and day < reached:
            gaps.append(Missing(field, f"{who}的日期早于协议日期 {official_date(reached)}，请核对。"))
        if day is not None and day > today:
            gaps.append(Missing(field, f"{who}的日期还没有到，请核对。"))
    for number, clause in enumerate(agreement.clauses, start=1):
        if clause.due is not None and clause.due < reached:
            gaps.append(Missing("due", f"第 {number} 条的履行期限早于协议日期，请核对。"))
    return tuple(gaps)


def written_reasons(
    *, asked: bool, on_spot: bool, difficulty: str, triggers: Collection[str]
) -> tuple[str, ...]:
    """Return why this agreement should be in writing under the local rule, as warnings (MED-25).

    The law leaves the form to the parties (MED-10), so an oral agreement is warned of, not refused; where a
    party asks for writing it is `missing_content` that refuses it. `triggers` are those of WRITTEN_WHEN the
    profile switched on (mediation.written_when).
    """
    holds = {
        "asked": asked,
        "not_on_spot": not on_spot,
        "hard": difficulty == "hard",
        "civil_rights": True,
    }
    return tuple(words for code, words in WRITTEN_WHEN.items() if code in triggers and holds[code])


def _clause_gaps(number: int, clause: Clause) -> list[Missing]:
    gaps = []
    if not clause.text.strip():
        gaps.append(Missing("text", f"第 {number} 条没有写内容。"))
    if clause.kind != "declaration" and not clause.obligor.strip():
        gaps.append(Missing("obligor", f"第 {number} 条没有写由谁履行。"))
    if clause.kind == "money" and not clause.fen:
        gaps.append(Missing("amount", f"第 {number} 条没有写金额。"))
    if clause.kind != "money" and clause.fen is not None:
        gaps.append(Missing("amount", f"第 {number} 条写了金额，请选“给付金钱”。"))
    if clause.fen is not None and not 0 <= clause.fen <= MAX_FEN:
        gaps.append(Missing("amount", f"第 {number} 条的金额不对，请核对。"))
    return gaps


def _due_gaps(agreement: Agreement) -> list[Missing]:
    """Each payment has its day unless all is done at once (F-07: 履行期限 Y unless 即时履行)."""
    if agreement.mode in {"", "immediate"}:
        return []
    gaps = [
        Missing("due", f"第 {number} 条没有写履行期限。")
        for number, clause in enumerate(agreement.clauses, start=1)
        if clause.kind == "money" and clause.due is None
    ]
    if not gaps and agreement.clauses and not any(clause.due for clause in agreement.clauses):
        gaps.append(Missing("due", "请至少给一条协议内容写明履行期限，或者选“即时履行”。"))
    return gaps


def _signed(agreement: Agreement) -> list[tuple[str, str, dt.date | None]]:
    return [
        *(("signers", f"{signer.name}签名", signer.signed_on) for signer in agreement.signers),
        ("mediator_signed_on", "调解员签名", agreement.mediator_signed_on),
        ("recorder_signed_on", "记录人签名", agreement.recorder_signed_on),
        ("sealed_on", "盖章", agreement.sealed_on),
    ]
