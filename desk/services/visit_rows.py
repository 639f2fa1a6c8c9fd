"""Writes a form onto the rows of its visit: matter, companions, receivers, consent, mandatory report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam
from sqlalchemy.orm import Session as Rows

from desk.models import plain, row_reader
from desk.models.base import Synced, alive
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
_COMPANIONS = alive(Companion).where(Companion.visit_id == bindparam("visit_id"))
_CONSENT = alive(Consent).where(Consent.visit_id == bindparam("visit_id")).limit(1)
_REPORT = alive(Report).where(Report.visit_id == bindparam("visit_id")).limit(1)
_OF_VISIT = "visit_id = ? AND void = 0 ORDER BY rowid"
# One question tells which of the lists below a visit differ from the form: mostly none does.
_STANDING = (
    "SELECT 'companion', name_told FROM companion WHERE visit_id = :visit_id AND void = 0"
    " UNION ALL SELECT 'receiver', deputy_id FROM receiver WHERE visit_id = :visit_id AND void = 0"
    " UNION ALL SELECT 'consent', phone_ok || contact_ok FROM consent WHERE visit_id = :visit_id AND void = 0"
    " UNION ALL SELECT 'report', kind FROM report WHERE visit_id = :visit_id AND void = 0"
)
# Columns and the form's fields they come from.
_VISIT: Final = {
    **{name: name for name in ("kind", "safety", "safe_contact", "anonymous", "headcount", "own_voter")},
    **{name: name for name in ("first_or_repeat", "place", "comfort_note", "litigation")},
    **{f"{name}_told": name for name in ("name", "phone", "id_no", "address", "grid", "sex")},
    "age_told": "age_band",
}
_WORDS: Final = {
    **{name: name for name in ("subject", "category", "statement", "request", "deputy_view", "outcome")},
    **{name: name for name in ("level", "fast_track", "answer_text", "guide_to", "guide_reason")},
    "proposed_unit": "unit",
}


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
        for part, value in plain.ask(act.rows, _STANDING, {"visit_id": visit.record_id}):
            found[part].append(value)
    return found


def put_visit(visit: Visit, form: VisitForm) -> None:
    """Write what belongs to the visit itself; its times, number and state belong to the verbs."""
    _put(visit, form, _VISIT)
    if form.person_id:
        visit.person_id = form.person_id


def _put(row: Synced, form: VisitForm, names: Mapping[str, str]) -> None:
    set_changed(row, {column: getattr(form, name) for column, name in names.items()})


def set_changed(row: Synced, values: Mapping[str, Any]) -> None:
    """Write what differs: each column that is set is compared once more by the flush."""
    for column, value in values.items():
        if getattr(row, column) != value:
            setattr(row, column, value)


def matter_of(rows: Rows, visit_id: str) -> Matter | None:
    """Return the visit's first matter."""
    return row_reader.first(rows, Matter, _OF_VISIT, (visit_id,))


def put_matter(act: Act, visit: Visit, form: VisitForm) -> Matter:
    """Write subject, words and outcome; an open matter of a received visit has its clock (tell_by)."""
    matter = None if visit in act.rows.new else matter_of(act.rows, visit.record_id)
    if matter is None:
        matter = Matter(visit_id=visit.record_id, state="open")
        act.rows.add(matter)
    _put(matter, form, _WORDS)
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
