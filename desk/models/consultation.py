"""Consultations with the other side and the articles cited."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Consultation(Synced, Base):
    """法律咨询: what was asked, checked and advised (F-40)."""

    __tablename__ = "consultation"
    __table_args__ = (
        Index(None, "matter_id"),
        Index(None, "number"),
        Index(None, "person_id"),
        Index("ix_consultation_list", "consulted_at", "record_id", "state", "void"),
        Index(None, "state", "consulted_at"),
        Index(None, "joint_day_id"),
    )

    matter_id: Mapped[str] = columns.text()
    number: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    channel: Mapped[str] = columns.text()
    consulted_at: Mapped[datetime | None] = columns.moment()
    person_id: Mapped[str] = columns.text()
    name_told: Mapped[str] = columns.text()
    identity_refused: Mapped[bool] = columns.flag()
    sex_told: Mapped[str] = columns.text()
    birth_date: Mapped[date | None] = columns.day()
    age: Mapped[int] = columns.whole()
    phone_told: Mapped[str] = columns.text()
    id_no_told: Mapped[str] = columns.text()
    uscc_told: Mapped[str] = columns.text()
    address_told: Mapped[str] = columns.text()
    person_class: Mapped[str] = columns.state()
    no_opponent: Mapped[bool] = columns.flag()
    category: Mapped[str] = columns.text()
    topic: Mapped[str] = columns.state()
    question: Mapped[str] = columns.text()
    procedures: Mapped[str] = columns.state()
    procedure_note: Mapped[str] = columns.text()
    limitation_kind: Mapped[str] = columns.text()
    happened_on: Mapped[date | None] = columns.day()
    known_on: Mapped[date | None] = columns.day()
    still_employed: Mapped[bool] = columns.flag()
    real_estate: Mapped[bool] = columns.flag()
    interrupted_on: Mapped[date | None] = columns.day()
    interrupted_by: Mapped[str] = columns.text()
    limitation_note: Mapped[str] = columns.text()
    answer: Mapped[str] = columns.text()
    disposition: Mapped[str] = columns.text()
    disposition_note: Mapped[str] = columns.text()
    referred_to: Mapped[str] = columns.text()
    adviser_id: Mapped[str] = columns.text()
    adviser_name: Mapped[str] = columns.text()
    licence_no: Mapped[str] = columns.text()
    disclaimer_ack: Mapped[bool] = columns.flag()
    aid_class: Mapped[str] = columns.text()
    aid_told: Mapped[bool] = columns.flag()
    aid_note: Mapped[str] = columns.text()
    conflict: Mapped[str] = columns.state()
    appointment_at: Mapped[datetime | None] = columns.moment()
    finished_at: Mapped[datetime | None] = columns.moment()
    rating: Mapped[str] = columns.text()
    signed: Mapped[bool] = columns.flag()
    mediation_id: Mapped[str] = columns.text()
    joint_day_id: Mapped[str] = columns.text()
    registrar_id: Mapped[str] = columns.text()
    profile_version: Mapped[str] = columns.text()


class Opponent(Synced, Base):
    """对方当事人 of a consultation."""

    __tablename__ = "opponent"
    __table_args__ = (
        Index(None, "consultation_id"),
        Index(None, "name"),
        Index(None, "id_no"),
        Index(None, "uscc"),
        Index(None, "phone"),
    )

    consultation_id: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    id_no: Mapped[str] = columns.text()
    uscc: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()


class Citation(Synced, Base):
    """One article the advice rests on, with the version cited."""

    __tablename__ = "citation"
    __table_args__ = (Index(None, "consultation_id"),)

    consultation_id: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    law: Mapped[str] = columns.text()
    title: Mapped[str] = columns.text()
    article: Mapped[str] = columns.text()
    version_on: Mapped[date | None] = columns.day()
