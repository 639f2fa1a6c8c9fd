"""Consultations."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Consultation(Synced, Base):
    """法律咨询 that grew out of a matter."""

    __tablename__ = "consultation"
    __table_args__ = (
        Index(None, "matter_id"),
        Index(None, "number"),
    )

    matter_id: Mapped[str] = columns.text()
    number: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
