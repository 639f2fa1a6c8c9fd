"""Judicial confirmations."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Confirmation(Synced, Base):
    """司法确认 asked for by both parties together (MED-16, SQ-01…07)."""

    __tablename__ = "confirmation"
    __table_args__ = (Index(None, "mediation_id"),)

    mediation_id: Mapped[str] = columns.text()
    agreement_id: Mapped[str] = columns.text()
    court: Mapped[str] = columns.text()
    applied_on: Mapped[date | None] = columns.day()
    applied_way: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    decided_on: Mapped[date | None] = columns.day()
    decision_no: Mapped[str] = columns.text()
    reason: Mapped[str] = columns.text()
    facts: Mapped[str] = columns.text()
