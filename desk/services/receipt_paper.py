"""What a visit's receipt says, gathered from its records: masked, and with the station's own promises only.

Product rule (product.md, No promise in another's name): the only date on it is the station's own for telling
where the matter went; a unit's date comes from the unit, later.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models.base import alive
from desk.models.consultation import Consultation
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.receipt import Receipt
from desk.models.station import Station
from desk.models.user import User
from desk.models.visit import Receiver, Visit
from desk.rules import local_rules, masking, numbers
from desk.rules.deadlines import until_text
from desk.rules.numerals import plain_date
from desk.rules.profile import Profile
from desk.services.pdf.receipt_values import ReceiptPaper, ReceiptRow, short_subject
from desk.services.receipts import IssuedReceipt
from desk.text import _

_APPROVED_LEVELS = frozenset({"village", "town", "county", "city"})
_SETTLED = frozenset({"answered", "guided"})  # nothing left to tell where it went


@dataclass(frozen=True)
class Wording:
    """The profile's sentences as they are valid on the day of issue."""

    profile: Profile
    on: date

    def text(self, key: str, **places: str) -> str:
        """Return the sentence of `key` with its {places} filled."""
        return local_rules.fill(self.profile.text(key, self.on), places)


def gather(rows: Rows, issued: IssuedReceipt, profile: Profile, *, reprint: int) -> ReceiptPaper:
    """Return the values of the receipt of one visit; a plain one carries number, phone and code."""
    visit = rows.get_one(Visit, issued.visit_id)
    station = rows.scalars(select(Station).where(Station.scope_id == visit.scope_id)).one()
    issued_at = rows.get_one(Receipt, issued.receipt_id).issued_at
    assert issued_at is not None, "issue() sets the time"
    wording = Wording(profile, issued_at.date())
    paper = ReceiptPaper(
        title=_("来访接待回执"),
        station=station.name,
        phone=station.phone,
        number=issued.number,
        spoken=numbers.show_spoken(issued.spoken),
        code=issued.code,
        issued_text=plain_date(issued_at.date()),
        reprint=reprint,
        plain=issued.plain,
    )
    if issued.plain:
        return replace(paper, notes=(wording.text("safe.receipt", phone=station.phone),))
    return _with_words(rows, paper, visit, station, wording)


def _with_words(
    rows: Rows, paper: ReceiptPaper, visit: Visit, station: Station, wording: Wording
) -> ReceiptPaper:
    matter = rows.scalars(alive(Matter).where(Matter.visit_id == visit.record_id)).first()
    receivers = rows.scalars(alive(Receiver).where(Receiver.visit_id == visit.record_id))
    registrar = rows.get(User, visit.registrar_id)
    return replace(
        paper,
        visitor=_visitor(visit),
        at_text=_moment(visit.received_at or visit.arrived_at),
        rows=_rows(rows, matter, station, wording),
        notes=_notes(station, wording),
        receivers="、".join(receiver.name for receiver in receivers),
        registrar=registrar.name if registrar else "",
    )


def _visitor(visit: Visit) -> str:
    name = _("不愿透露姓名") if visit.anonymous else masking.mask_name(visit.name_told)
    return _("{name}（{count} 人）").format(name=name, count=visit.headcount)


def _rows(rows: Rows, matter: Matter | None, station: Station, wording: Wording) -> tuple[ReceiptRow, ...]:
    """Return 事项, 处理, 告知去向 and 途径程序: receipt, way and procedure as XF-07 asks."""
    outcome = matter.outcome if matter else ""
    path = wording.text(f"receipt.path.{outcome or 'triage'}")
    found = [ReceiptRow(_("处理"), _handling(rows, matter, station, wording))]
    if matter is not None:
        most = wording.profile.number("receipt.subject_max", wording.on)
        found.insert(0, ReceiptRow(_("事项"), short_subject(matter.subject, most)))
        if matter.tell_by is not None and outcome not in _SETTLED:
            promise = "，" + wording.text("receipt.tell")
            found.append(ReceiptRow(_("告知去向"), promise, strong=until_text(matter.tell_by)))
    return (*found, ReceiptRow(_("途径程序"), path))


def _handling(rows: Rows, matter: Matter | None, station: Station, wording: Wording) -> str:
    outcome = matter.outcome if matter else ""
    if matter is None or not outcome:
        return _("已登记，本站正在办理")
    if outcome == "proposed":
        return _proposed(matter, station, wording)
    answer = matter.answer_text or _("已当面说明")
    to = matter.guide_to or _("有权处理的机关")
    sentences = {
        "answered": _("当场答复：{answer}").format(answer=answer),
        "guided": _("请向{to}反映。{reason}").format(to=to, reason=matter.guide_reason),
        "mediation": _("转人民调解 {number}").format(number=_linked(rows, Mediation, matter)),
        "consultation": _("转法律咨询 {number}").format(number=_linked(rows, Consultation, matter)),
    }
    return sentences.get(outcome, _("已收下，本站研判后确定交给谁办")).strip()


def _proposed(matter: Matter, station: Station, wording: Wording) -> str:
    unit = matter.proposed_unit or _("有关单位")
    fast = _("按{name}快办，").format(name=wording.text("fast.name")) if matter.fast_track else ""
    if matter.level not in _APPROVED_LEVELS:
        return fast + _("拟请{unit}办理").format(unit=unit)
    approver = local_rules.approval_body(wording.profile, wording.on, matter.level, station.level)
    return fast + _("拟请{unit}办理，由{approver}签批后交办").format(unit=unit, approver=approver)


def _linked(rows: Rows, noun: type[Mediation] | type[Consultation], matter: Matter) -> str:
    number = rows.scalars(select(noun.number).where(noun.matter_id == matter.record_id)).first()
    return number or ""


def _notes(station: Station, wording: Wording) -> tuple[str, ...]:
    """Return the lines beside the code; without a host nobody is told that scanning opens a page."""
    key = "receipt.query" if wording.text("receipt.host") else "receipt.query_by_phone"
    return (
        wording.text(key, phone=station.phone),
        wording.text("receipt.free"),
        wording.text("receipt.genuine"),
    )


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{plain_date(moment.date())} {moment:%H:%M}"
