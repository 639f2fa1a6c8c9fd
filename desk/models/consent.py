"""What the visitor was told and agreed to."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Consent(Synced, Base):
    """Notice read and consent given at one visit, or at a consultation that no visit stands before."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "consultation_id"),
    )

    visit_id: Mapped[str] = columns.text()
    notice_version: Mapped[str] = columns.text()
    told_at: Mapped[datetime | None] = columns.moment()
    told_by: Mapped[str] = columns.text()
    phone_ok: Mapped[bool] = columns.flag()
    contact_ok: Mapped[bool] = columns.flag()
    legal_basis: Mapped[str] = columns.text()
    consultation_id: Mapped[str] = columns.text()
