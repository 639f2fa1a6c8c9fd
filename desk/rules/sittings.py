"""The records of a mediation on its way: sittings (F-06) and inquiries (F-05).

MED-03, 04, 05, 06, 08, 28. A record is complete or its gaps are named; whether it is signed is the dossier's
question.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from desk.rules.visit_states import Missing

BOTH_SIDES: Final = "双方当事人都到场，才能记为面对面的调解；只同一方谈的，这次的结果请选“背对背谈话”。"
"""What is said of a sitting with one side only, and the way out."""


@dataclass(frozen=True)
class Participant:
    """Somebody invited to help (MED-04): neither party, mediator nor recorder."""

    name: str
    consented: bool = False


@dataclass(frozen=True)
class SittingRecord:
    """What form F-06 holds; codes are those of `mediation_labels`.

    `sides_present` are the sides of which somebody was there; `openness` is open or closed as the parties
    wished; `avoidance_asked` whether the parties were asked if a mediator should step aside.
    """

    held_at: dt.datetime | None = None
    place: str = ""
    subject: str = ""
    openness: str = ""
    sides_present: frozenset[str] = frozenset()
    participants: tuple[Participant, ...] = ()
    mediators: int = 0
    recorder: str = ""
    informed: bool = False
    avoidance_asked: bool = False
    statements: str = ""
    verification: str = ""
    result: str = ""
    fail_reason: str = ""
    remedies_told: bool = False


def missing_in_sitting(record: SittingRecord) -> tuple[Missing, ...]:
    """Return what the record of a sitting lacks, in the form's order (F-06).

    Both sides are there, so that what they agreed or refused is their own word (MED-05); a talk with one side
    at a time (背对背) needs that side only and has a result of its own.
    """
    apart = record.result == "apart"
    there = bool(record.sides_present) if apart else len(record.sides_present) > 1
    nobody = "请勾选在场的一方当事人。" if apart else BOTH_SIDES
    heard = "请记下在场当事人的陈述。" if apart else "请记下双方当事人的陈述。"
    asked = (
        ("held_at", record.held_at is not None, "请填写调解的时间。"),
        ("place", bool(record.place.strip()), "请填写调解的地点。"),
        ("subject", bool(record.subject.strip()), "请填写事由。"),
        ("openness", bool(record.openness), "请按当事人的意愿选择公开或者不公开。"),
        ("sides_present", there, nobody),
        ("mediators", record.mediators > 0, "请登记调解员。"),
        ("recorder", bool(record.recorder.strip()), "请登记记录人。"),
        ("informed", record.informed, "请先告知权利义务、调解原则和人员身份。"),
        ("avoidance_asked", record.avoidance_asked, "请询问当事人是否要求调解员回避。"),
        ("statements", bool(record.statements.strip()), heard),
        ("verification", bool(record.verification.strip()), "请写明核实的事实。"),
        ("result", bool(record.result), "请选择这次调解的结果。"),
    )
    gaps = [Missing(field, sentence) for field, there, sentence in asked if not there]
    gaps.extend(
        Missing("participants", f"{person.name}参加调解，还没有登记双方当事人同意。")
        for person in record.participants
        if not person.consented
    )
    if record.result == "failed":
        gaps.extend(_failure_gaps(record))
    return tuple(gaps)


@dataclass(frozen=True)
class InquiryRecord:
    """What form F-05 holds."""

    held_at: dt.datetime | None = None
    place: str = ""
    investigators: int = 0
    recorder: str = ""
    respondent: str = ""
    subject: str = ""
    qa_text: str = ""


def missing_in_inquiry(record: InquiryRecord, *, least: int = 2) -> tuple[Missing, ...]:
    """Return what the record of an inquiry lacks; at least `least` mediators ask (MED-28; profile)."""
    asked = (
        ("held_at", record.held_at is not None, "请填写调查的时间。"),
        ("place", bool(record.place.strip()), "请填写调查的地点。"),
        ("investigators", record.investigators >= least, f"调查应由 {least} 名以上调解员进行。"),
        ("recorder", bool(record.recorder.strip()), "请登记记录人。"),
        ("respondent", bool(record.respondent.strip()), "请登记被调查人。"),
        ("subject", bool(record.subject.strip()), "请填写调查事由。"),
        ("qa_text", bool(record.qa_text.strip()), "请记下问答。"),
    )
    return tuple(Missing(field, sentence) for field, there, sentence in asked if not there)


def _failure_gaps(record: SittingRecord) -> list[Missing]:
    gaps = []
    if not record.fail_reason.strip():
        gaps.append(Missing("fail_reason", "请写明调解不成的原因。"))
    if not record.remedies_told:
        gaps.append(Missing("remedies_told", "请告知当事人可以通过仲裁、行政、司法等途径维护权利。"))
    return gaps
