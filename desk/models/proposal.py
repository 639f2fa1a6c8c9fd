"""Proposals to hand a matter over."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Proposal(Synced, Base):
    """拟办 of one matter with its number."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(None, "matter_id"),
        Index(None, "number"),
    )

    matter_id: Mapped[str] = columns.text()
    level: Mapped[str] = columns.text()
    unit: Mapped[str] = columns.text()
    fast_track: Mapped[bool] = columns.flag()
    number: Mapped[str] = columns.text()
