"""Answers given to visitors."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Reply(Synced, Base):
    """反馈 on one matter; a fact, so a correction is a new row."""

    __tablename__ = "reply"
    __table_args__ = (Index(None, "matter_id"),)

    matter_id: Mapped[str] = columns.text()
    replied_at: Mapped[datetime | None] = columns.moment()
    way: Mapped[str] = columns.text()
    text: Mapped[str] = columns.text()
    by_name: Mapped[str] = columns.text()
