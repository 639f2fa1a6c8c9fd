"""Who was on duty when."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Duty(Synced, Base):
    """上岗 of one deputy, until ended."""

    __tablename__ = "duty"
    __table_args__ = (
        Index(None, "deputy_id"),
        Index(None, "ended_at"),
    )

    deputy_id: Mapped[str] = columns.text()
    name_told: Mapped[str] = columns.text()
    started_at: Mapped[datetime | None] = columns.moment()
    ended_at: Mapped[datetime | None] = columns.moment()
    vouched_by: Mapped[str] = columns.text()
    by_pin: Mapped[bool] = columns.flag()
