"""The audit chain."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Audit(Synced, Base):
    """Who did or saw what: ids and field names, never values. One chain per device."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "device_id", "n"),
        Index(None, "target_id"),
        Index(None, "at"),
    )

    n: Mapped[int] = columns.whole()
    prev: Mapped[str] = columns.text()
    alg: Mapped[str] = columns.text()
    at: Mapped[datetime | None] = columns.moment()
    device_id: Mapped[str] = columns.text()
    user_id: Mapped[str] = columns.text()
    action: Mapped[str] = columns.text()
    noun: Mapped[str] = columns.text()
    target_id: Mapped[str] = columns.text()
    fields: Mapped[str] = columns.text()
    ok: Mapped[bool] = columns.flag()
    hash: Mapped[str] = columns.text()
