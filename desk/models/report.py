"""Mandatory reports (LZ-11)."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Report(Synced, Base):
    """强制报告 made because of one visit or one mediation."""

    __tablename__ = "report"
    __table_args__ = (Index(None, "visit_id"), Index(None, "mediation_id"))

    visit_id: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    reported_at: Mapped[datetime | None] = columns.moment()
    recipient: Mapped[str] = columns.text()
    reporter: Mapped[str] = columns.text()
    mediation_id: Mapped[str] = columns.text()
