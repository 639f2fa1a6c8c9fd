"""Visits with who came along and who received them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Visit(Synced, Base):
    """来访: one coming-in, with a snapshot of name, phone and address as told."""

    __tablename__ = "visit"
    __table_args__ = (
        # The list pages by time and counts 批次 and 人次 from this index alone.
        Index("ix_visit_list", "received_at", "record_id", "headcount", "state", "safety", "void"),
        Index(None, "number"),
        Index(None, "spoken"),
        Index(None, "person_id", "received_at"),
        Index(None, "state", "received_at"),
        Index(None, "joint_day_id", sqlite_where=text("joint_day_id != ''")),
    )

    number: Mapped[str] = columns.text()
    spoken: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    safety: Mapped[str] = columns.text()
    safe_contact: Mapped[str] = columns.text()
    person_id: Mapped[str] = columns.text()
    name_told: Mapped[str] = columns.text()
    anonymous: Mapped[bool] = columns.flag()
    phone_told: Mapped[str] = columns.text()
    id_no_told: Mapped[str] = columns.text()
    address_told: Mapped[str] = columns.text()
    grid_told: Mapped[str] = columns.text()
    sex_told: Mapped[str] = columns.text()
    headcount: Mapped[int] = columns.whole()
    own_voter: Mapped[str] = columns.text()
    first_or_repeat: Mapped[str] = columns.text()
    place: Mapped[str] = columns.text()
    arrived_at: Mapped[datetime | None] = columns.moment()
    received_at: Mapped[datetime | None] = columns.moment()
    finished_at: Mapped[datetime | None] = columns.moment()
    entered_at: Mapped[datetime | None] = columns.moment()
    backfilled: Mapped[bool] = columns.flag()
    pad_no: Mapped[str] = columns.text()
    registrar_id: Mapped[str] = columns.text()
    smile_at: Mapped[datetime | None] = columns.moment()
    tea_at: Mapped[datetime | None] = columns.moment()
    comfort_at: Mapped[datetime | None] = columns.moment()
    comfort_note: Mapped[str] = columns.text()
    litigation: Mapped[bool] = columns.flag()
    reopen_reason: Mapped[str] = columns.text()
    profile_version: Mapped[str] = columns.text()
    joint_day_id: Mapped[str] = columns.text()
    age_told: Mapped[str] = columns.text()


class Companion(Synced, Base):
    """A representative of a group besides the visitor."""

    __tablename__ = "companion"
    __table_args__ = (Index(None, "visit_id"),)

    visit_id: Mapped[str] = columns.text()
    name_told: Mapped[str] = columns.text()
    phone_told: Mapped[str] = columns.text()


class Receiver(Synced, Base):
    """接待代表 of a visit; several are usual."""

    __tablename__ = "receiver"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "deputy_id", "visit_id"),
    )

    visit_id: Mapped[str] = columns.text()
    deputy_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    levels_text: Mapped[str] = columns.text()
