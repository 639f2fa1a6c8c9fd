"""Writes a form onto the rows of its visit: matter, companions, receivers, consent, mandatory report."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, literal_column
from sqlalchemy.orm import Session as Rows

from desk.models.base import alive
from desk.models.consent import Consent
from desk.models.matter import Matter
from desk.models.report import Report
from desk.models.visit import Companion, Visit
from desk.rules import deadlines, local_rules
from desk.rules.profile import Profile
from desk.services import station, visit_receivers
from desk.services.session import User
from desk.services.visit_values import VisitForm
from desk.text import _

_TELL_WHERE = "term.tell_where"
# Built once: making a statement costs as much as asking it.
_MATTER = (
    alive(Matter)
    .where(Matter.visit_id == bindparam("visit_id"))
    .order_by(literal_column("matter.rowid"))
    .limit(1)
)
_COMPANIONS = alive(Companion).where(Companion.visit_id == bindparam("visit_id"))
_CONSENT = alive(Consent).where(Consent.visit_id == bindparam("visit_id")).limit(1)
_REPORT = alive(Report).where(Report.visit_id == bindparam("visit_id")).limit(1)
# One question tells which of the lists below a visit differ from the form: mostly none does.
_STANDING = (
    "SELECT 'companion', name_told FROM companion WHERE visit_id = :visit_id AND void = 0"
    " UNION ALL SELECT 'receiver', deputy_id FROM receiver WHERE visit_id = :visit_id AND void = 0"
    " UNION ALL SELECT 'consent', phone_ok || contact_ok FROM consent WHERE visit_id = :visit_id AND void = 0"
    " UNION ALL SELECT 'report', kind FROM report WHERE visit_id = :visit_id AND void = 0"
)


@dataclass(frozen=True)
class Act:
    """One verb under way: its write block, who does it, when, and by which profile."""

    rows: Rows
    user: User
    at: datetime
    profile: Profile


def put_form(act: Act, visit: Visit, form: VisitForm) -> Matter:
    """Write a cleaned form onto the visit and everything below it; return its matter.

    Raises InputProblem for a receiver who is not on duty.
    """
    put_visit(visit, form)
    matter = put_matter(act, visit, form)
    stands = _standing(act, visit)
    if sorted(stands["companion"]) != sorted(form.companions):
        _put_companions(act, visit, form.companions)
    if sorted(stands["receiver"]) != sorted(form.receiver_ids):
        visit_receivers.put(act.rows, visit, form.receiver_ids)
    if stands["consent"] != ([f"{form.phone_ok:d}{form.contact_ok:d}"] if form.notice_told else []):
        _put_consent(act, visit, form)
    if form.report_kind or stands["report"]:
        _put_report(act, visit, form)
    return matter


def _standing(act: Act, visit: Visit) -> dict[str, list[str]]:
    """Return who came along, who receives, the consent's two answers and the report, as stored."""
    found: dict[str, list[str]] = {"companion": [], "receiver": [], "consent": [], "report": []}
    if visit not in act.rows.new:
        told = {"visit_id": visit.record_id}
        for part, value in act.rows.connection().exec_driver_sql(_STANDING, told):
            found[part].append(value)
    return found


def put_visit(visit: Visit, form: VisitForm) -> None:
    """Write what belongs to the visit itself; its times, number and state belong to the verbs."""
    visit.kind = form.kind
    visit.safety = form.safety
    visit.safe_contact = form.safe_contact
    visit.name_told = form.name
    visit.anonymous = form.anonymous
    visit.phone_told = form.phone
    visit.id_no_told = form.id_no
    visit.address_told = form.address
    visit.grid_told = form.grid
    visit.sex_told = form.sex
    visit.headcount = form.headcount
    visit.own_voter = form.own_voter
    visit.first_or_repeat = form.first_or_repeat
    visit.place = form.place
    visit.comfort_note = form.comfort_note
    visit.litigation = form.litigation
    visit.person_id = form.person_id or visit.person_id


def matter_of(rows: Rows, visit_id: str) -> Matter | None:
    """Return the visit's first matter."""
    return rows.scalars(_MATTER, {"visit_id": visit_id}).first()


def put_matter(act: Act, visit: Visit, form: VisitForm) -> Matter:
    """Write subject, words and outcome; an open matter of a received visit has its clock (tell_by)."""
    matter = None if visit in act.rows.new else matter_of(act.rows, visit.record_id)
    if matter is None:
        matter = Matter(visit_id=visit.record_id, state="open")
        act.rows.add(matter)
    matter.subject = form.subject
    matter.category = form.category
    matter.statement = form.statement
    matter.request = form.request
    matter.deputy_view = form.deputy_view
    matter.outcome = form.outcome
    matter.level = form.level
    matter.proposed_unit = form.unit
    matter.fast_track = form.fast_track
    matter.answer_text = form.answer_text
    matter.guide_to = form.guide_to
    matter.guide_reason = form.guide_reason
    if matter.state == "open" and matter.tell_by is None and visit.received_at is not None:
        start_clock(act.profile, matter, visit.received_at.date())
    return matter


def start_clock(profile: Profile, matter: Matter, received_on: date) -> None:
    """Set by when the station tells the visitor where the matter went (DL-01…06), with the rule it came from.

    A running clock keeps the rule it started with, so it is set once.
    """
    term = profile.term(_TELL_WHERE, received_on)
    calendar = local_rules.calendar(profile, received_on)
    matter.tell_by = deadlines.due(received_on, term, calendar).date
    matter.tell_by_rule = f"{profile.version} {_TELL_WHERE}"


def _put_companions(act: Act, visit: Visit, names: tuple[str, ...]) -> None:
    kept = list(act.rows.scalars(_COMPANIONS, {"visit_id": visit.record_id}))
    wanted = list(names)
    for row in kept:
        if row.name_told in wanted:
            wanted.remove(row.name_told)
        else:
            row.tombstone(_("登记更正"))
    act.rows.add_all(Companion(visit_id=visit.record_id, name_told=name) for name in wanted)


def _put_consent(act: Act, visit: Visit, form: VisitForm) -> None:
    row = act.rows.scalars(_CONSENT, {"visit_id": visit.record_id}).first()
    if not form.notice_told:
        if row is not None:
            row.tombstone(_("登记更正"))
        return
    if row is None:
        row = Consent(
            visit_id=visit.record_id,
            notice_version=station.current_notice(act.rows),
            told_at=act.at,
            told_by=act.user.id,
            legal_basis=act.profile.text("notice.legal_basis", act.at.date()),
        )
        act.rows.add(row)
    row.phone_ok = form.phone_ok
    row.contact_ok = form.contact_ok


def _put_report(act: Act, visit: Visit, form: VisitForm) -> None:
    """Keep the mandatory report (LZ-11): its time and reporter are those of the naming of the recipient."""
    row = act.rows.scalars(_REPORT, {"visit_id": visit.record_id}).first()
    if not form.report_kind:
        if row is not None:
            row.tombstone(_("登记更正"))
        return
    if row is None:
        row = Report(visit_id=visit.record_id)
        act.rows.add(row)
    row.kind = form.report_kind
    if form.report_recipient and form.report_recipient != row.recipient:
        row.reported_at = act.at
        row.reporter = act.user.name
    row.recipient = form.report_recipient
