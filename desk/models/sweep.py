"""Searches for disputes."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Sweep(Synced, Base):
    """排查: one search for disputes before they break out (§3.8)."""

    __tablename__ = "sweep"
    __table_args__ = (Index(None, "swept_on"),)

    committee_id: Mapped[str] = columns.text()
    swept_on: Mapped[date | None] = columns.day()
    place: Mapped[str] = columns.text()
    found: Mapped[int] = columns.whole()
    prevented: Mapped[int] = columns.whole()
    handled: Mapped[int] = columns.whole()
    by_names: Mapped[str] = columns.text()
    note: Mapped[str] = columns.text()
