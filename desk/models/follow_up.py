"""Follow-ups of mediations."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class FollowUp(Synced, Base):
    """回访: whether it lasts (F-09)."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_done", "mediation_id", "agreement_id", "void"),)

    mediation_id: Mapped[str] = columns.text()
    agreement_id: Mapped[str] = columns.text()
    party_id: Mapped[str] = columns.text()
    party_name: Mapped[str] = columns.text()
    visited_at: Mapped[datetime | None] = columns.moment()
    mode: Mapped[str] = columns.text()
    subject: Mapped[str] = columns.text()
    performance: Mapped[str] = columns.text()
    satisfaction: Mapped[str] = columns.text()
    litigation: Mapped[str] = columns.text()
    litigation_note: Mapped[str] = columns.text()
    relapse_risk: Mapped[bool] = columns.flag()
    measures: Mapped[str] = columns.text()
    visitor: Mapped[str] = columns.text()
    matter_id: Mapped[str] = columns.text()
