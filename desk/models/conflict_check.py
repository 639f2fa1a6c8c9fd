"""Conflict checks and declared interests."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class ConflictCheck(Synced, Base):
    """利益冲突检查: one check and its answer; what was hit is for the head alone (FL-11)."""

    __tablename__ = "conflict_check"
    __table_args__ = (
        Index(None, "for_id"),
        Index(None, "adviser_id"),
    )

    noun: Mapped[str] = columns.text()
    for_id: Mapped[str] = columns.text()
    adviser_id: Mapped[str] = columns.text()
    adviser_name: Mapped[str] = columns.text()
    checked_at: Mapped[datetime | None] = columns.moment()
    checked_by: Mapped[str] = columns.text()
    result: Mapped[str] = columns.text()
    strength: Mapped[str] = columns.text()
    hit_noun: Mapped[str] = columns.text()
    hit_id: Mapped[str] = columns.text()
    hit_number: Mapped[str] = columns.text()
    reason: Mapped[str] = columns.text()


class Interest(Synced, Base):
    """Somebody an adviser or mediator may not act against or for: declared by themselves."""

    __tablename__ = "interest"
    __table_args__ = (
        Index(None, "user_id"),
        Index(None, "mediator_id"),
    )

    user_id: Mapped[str] = columns.text()
    mediator_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    id_no: Mapped[str] = columns.text()
    uscc: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    relation: Mapped[str] = columns.text()
    until_on: Mapped[date | None] = columns.day()
