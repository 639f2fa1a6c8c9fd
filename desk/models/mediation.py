"""Mediations: the case with its claims, mediators, helpers and clock."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Mediation(Synced, Base):
    """矛盾调解: one dispute, from registration to the archived dossier."""

    __tablename__ = "mediation"
    __table_args__ = (
        Index(None, "matter_id"),
        Index(None, "number"),
        Index(None, "case_no"),
        Index(None, "committee_id"),
        Index("ix_mediation_list", "registered_at", "record_id", "state", "void"),
        Index("ix_mediation_state", "state", "registered_at", "record_id", "void"),
    )

    matter_id: Mapped[str] = columns.text()
    consultation_id: Mapped[str] = columns.text()
    number: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    committee_id: Mapped[str] = columns.text()
    case_no: Mapped[str] = columns.text()
    title: Mapped[str] = columns.text()
    dispute_type: Mapped[str] = columns.text()
    source: Mapped[str] = columns.text()
    referrer: Mapped[str] = columns.text()
    referral_letter: Mapped[str] = columns.text()
    referred_back_on: Mapped[date | None] = columns.day()
    referred_to: Mapped[str] = columns.text()
    difficulty: Mapped[str] = columns.text()
    intensity: Mapped[str] = columns.text()
    risk_outlook: Mapped[str] = columns.text()
    risk_flags: Mapped[str] = columns.state()
    summary: Mapped[str] = columns.text()
    remark: Mapped[str] = columns.text()
    small: Mapped[bool] = columns.flag()
    oral_application: Mapped[bool] = columns.flag()
    informed_ack: Mapped[bool] = columns.flag()
    applied_on: Mapped[date | None] = columns.day()
    known_on: Mapped[date | None] = columns.day()
    registered_at: Mapped[datetime | None] = columns.moment()
    registrar_name: Mapped[str] = columns.text()
    registrar_id: Mapped[str] = columns.text()
    accepted_on: Mapped[date | None] = columns.day()
    scope_ok: Mapped[bool] = columns.flag()
    barred: Mapped[str] = columns.state()
    competence: Mapped[str] = columns.text()
    rejected_on: Mapped[date | None] = columns.day()
    reject_reason: Mapped[str] = columns.text()
    refused_on: Mapped[date | None] = columns.day()
    refused_by: Mapped[str] = columns.text()
    headcount: Mapped[int] = columns.whole()
    ended_on: Mapped[date | None] = columns.day()
    end_cause: Mapped[str] = columns.text()
    end_reason: Mapped[str] = columns.text()
    remedies_told_on: Mapped[date | None] = columns.day()
    remedies: Mapped[str] = columns.state()
    remedies_note: Mapped[str] = columns.text()
    grade: Mapped[str] = columns.text()
    graded_by: Mapped[str] = columns.text()
    graded_on: Mapped[date | None] = columns.day()
    prevented: Mapped[str] = columns.state()
    prevented_people: Mapped[int] = columns.whole()
    dossier_note: Mapped[str] = columns.text()
    keeping: Mapped[str] = columns.text()
    filed_by: Mapped[str] = columns.text()
    checked_by: Mapped[str] = columns.text()
    filed_on: Mapped[date | None] = columns.day()
    archived_on: Mapped[date | None] = columns.day()
    archived_from: Mapped[str] = columns.text()
    first_archived_on: Mapped[date | None] = columns.day()
    profile_version: Mapped[str] = columns.text()


class Claim(Synced, Base):
    """当事人申请事项: one line of what the applicants ask for (F-01)."""

    __tablename__ = "claim"
    __table_args__ = (Index(None, "mediation_id"),)

    mediation_id: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    text: Mapped[str] = columns.text()


class CaseMediator(Synced, Base):
    """A mediator or recorder of one case, and who chose them (MED-03)."""

    __tablename__ = "case_mediator"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index(None, "mediator_id"),
    )

    mediation_id: Mapped[str] = columns.text()
    mediator_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    chosen_by: Mapped[str] = columns.text()
    role: Mapped[str] = columns.text()


class Participant(Synced, Base):
    """Somebody who helps at a case: only with the parties' consent (MED-04)."""

    __tablename__ = "participant"
    __table_args__ = (Index(None, "mediation_id"),)

    mediation_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    relation: Mapped[str] = columns.text()
    organisation: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    consented_on: Mapped[date | None] = columns.day()
    consented_by: Mapped[str] = columns.text()


class Extension(Synced, Base):
    """The clock of a case made longer with both parties' consent (MED-24), or paused (DL-07)."""

    __tablename__ = "extension"
    __table_args__ = (Index(None, "mediation_id"),)

    mediation_id: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    from_on: Mapped[date | None] = columns.day()
    until_on: Mapped[date | None] = columns.day()
    days: Mapped[int] = columns.whole()
    asked_by: Mapped[str] = columns.text()
    consented_on: Mapped[date | None] = columns.day()
    reason: Mapped[str] = columns.text()
