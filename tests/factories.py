"""One builder per noun: a row with valid defaults, ready to be added. Pass what the test is about."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from desk import ids
from desk.models.audit import Audit
from desk.models.consent import Consent
from desk.models.consultation import Consultation
from desk.models.deputy import Deputy, Mandate
from desk.models.device import Device
from desk.models.duty import Duty
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.person import Person
from desk.models.print_job import PrintJob
from desk.models.proposal import Proposal
from desk.models.rating import Rating
from desk.models.receipt import Receipt
from desk.models.reply import Reply
from desk.models.report import Report
from desk.models.station import Station
from desk.models.user import EntryCode, User
from desk.models.visit import Companion, Receiver, Visit
from tests.case_factories import BUILDERS

CHINA = timezone(timedelta(hours=8))
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


def station(**changes: Any) -> Station:
    """示例街道的一个联络站。"""
    usual = {
        "name": "示例街道人大代表联络站",
        "code": "330199-004",
        "kind": "station",
        "level": "street",
        "area": "示例市示例区示例街道",
        "address": "示例路 1 号",
        "phone": "0571-00000000",
        "open_hours": "工作日 9:00—16:30",
        "notice_version": "1",
        "notice_text": "接待时登记的信息只用于办理您反映的事项。",
    }
    return Station(**(usual | changes))


def device(**changes: Any) -> Device:
    """The first PC."""
    usual = {"letter": "A", "name": "接待台一号机", "key_id": "0a1b2c3d", "public_key": "00" * 32}
    return Device(**(usual | {"added_at": MORNING} | changes))


def user(**changes: Any) -> User:
    """A clerk."""
    return User(**({"name": "钱某某", "initials": "qmm", "roles": "clerk"} | changes))


def entry_code(**changes: Any) -> EntryCode:
    """A code for another PC, not used yet."""
    usual = {"user_id": ids.new_id(), "digest": "ab" * 32, "until": MORNING + timedelta(days=7)}
    return EntryCode(**(usual | changes))


def deputy(**changes: Any) -> Deputy:
    """A deputy in office."""
    usual = {"name": "李某某", "sex": "1", "phone": "13800000001", "post": "示例社区书记", "state": "active"}
    return Deputy(**(usual | {"birth_date": date(1970, 1, 1)} | changes))


def mandate(**changes: Any) -> Mandate:
    """A town mandate."""
    usual = {
        "deputy_id": ids.new_id(),
        "level": 5,
        "constituency": "第一选区",
        "term": "18",
        "state": "active",
    }
    return Mandate(**(usual | changes))


def duty(**changes: Any) -> Duty:
    """A deputy on duty since morning."""
    usual = {"deputy_id": ids.new_id(), "name_told": "李某某", "started_at": MORNING, "by_pin": True}
    return Duty(**(usual | changes))


def person(**changes: Any) -> Person:
    """A visitor."""
    usual = {"name": "王某某", "sex": "2", "phone": "13800006621", "address": "示例社区 2 幢 301"}
    return Person(**(usual | changes))


def visit(**changes: Any) -> Visit:
    """A visit in reception."""
    usual = {
        "number": "LF2026-A0001",
        "spoken": "100000017",
        "kind": "station",
        "state": "received",
        "safety": "none",
        "name_told": "王某某",
        "phone_told": "13800006621",
        "headcount": 1,
        "own_voter": "yes",
        "first_or_repeat": "first",
        "arrived_at": MORNING,
        "received_at": MORNING,
        "entered_at": MORNING,
        "profile_version": "1",
    }
    return Visit(**(usual | changes))


def companion(**changes: Any) -> Companion:
    """A second representative."""
    return Companion(**({"visit_id": ids.new_id(), "name_told": "赵某某"} | changes))


def receiver(**changes: Any) -> Receiver:
    """A deputy who received."""
    usual = {"visit_id": ids.new_id(), "deputy_id": ids.new_id(), "name": "李某某", "levels_text": "镇"}
    return Receiver(**(usual | changes))


def matter(**changes: Any) -> Matter:
    """An open matter."""
    usual = {
        "visit_id": ids.new_id(),
        "subject": "路灯不亮",
        "statement": "楼下的路灯坏了两个月，晚上看不见路。",
        "request": "尽快修好",
        "category": "公共设施",
        "outcome": "proposed",
        "level": "village",
        "state": "open",
        "tell_by": date(2026, 3, 9),
    }
    return Matter(**(usual | changes))


def consent(**changes: Any) -> Consent:
    """Notice read."""
    return Consent(**({"visit_id": ids.new_id(), "notice_version": "1", "told_at": MORNING} | changes))


def report(**changes: Any) -> Report:
    """A mandatory report."""
    usual = {"visit_id": ids.new_id(), "kind": "minor", "reported_at": MORNING, "recipient": "示例派出所"}
    return Report(**(usual | changes))


def reply(**changes: Any) -> Reply:
    """An answer by phone."""
    usual = {"matter_id": ids.new_id(), "replied_at": MORNING, "way": "phone", "text": "路灯已修好。"}
    return Reply(**(usual | changes))


def rating(**changes: Any) -> Rating:
    """Satisfied with the reception."""
    usual = {"about": "reception", "visit_id": ids.new_id(), "value": "satisfied", "rated_at": MORNING}
    return Rating(**(usual | changes))


def proposal(**changes: Any) -> Proposal:
    """A proposal to hand over."""
    return Proposal(**({"matter_id": ids.new_id(), "level": "village", "number": "NB2026-A0001"} | changes))


def mediation(**changes: Any) -> Mediation:
    """A mediation begun."""
    return Mediation(**({"matter_id": ids.new_id(), "number": "TJ2026-A0001", "state": "open"} | changes))


def consultation(**changes: Any) -> Consultation:
    """A consultation begun."""
    return Consultation(**({"matter_id": ids.new_id(), "number": "ZX2026-A0001", "state": "open"} | changes))


def receipt(**changes: Any) -> Receipt:
    """A receipt."""
    usual = {
        "visit_id": ids.new_id(),
        "number": "LF2026-A0001",
        "spoken": "100000017",
        "token_sha256": "ab" * 32,
        "key_id": "0a1b2c3d",
        "issued_at": MORNING,
    }
    return Receipt(**(usual | changes))


def print_job(**changes: Any) -> PrintJob:
    """A receipt waiting for the printer."""
    usual = {
        "paper": "receipt",
        "target_id": ids.new_id(),
        "number": "LF2026-A0001",
        "state": "queued",
        "copies": 1,
    }
    return PrintJob(**(usual | {"at": MORNING} | changes))


def audit(**changes: Any) -> Audit:
    """An entry outside any chain; tests of the chain use services.audit."""
    return Audit(**({"n": 1, "alg": "sha256", "at": MORNING, "action": "unlock", "ok": True} | changes))


# One row of every synced noun.
ALL = {
    "station": station,
    "device": device,
    "user": user,
    "entry_code": entry_code,
    "deputy": deputy,
    "mandate": mandate,
    "duty": duty,
    "person": person,
    "visit": visit,
    "companion": companion,
    "receiver": receiver,
    "matter": matter,
    "consent": consent,
    "report": report,
    "reply": reply,
    "rating": rating,
    "proposal": proposal,
    "mediation": mediation,
    "consultation": consultation,
    "receipt": receipt,
    "print_job": print_job,
    "audit": audit,
    **BUILDERS,
}
