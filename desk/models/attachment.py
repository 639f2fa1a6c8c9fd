"""Attachments."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Attachment(Synced, Base):
    """附件: photo, scan or file of a record; its bytes lie encrypted by their SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index(None, "target_id"),
        Index(None, "sha256"),
        Index(None, "state", "added_at"),
    )

    noun: Mapped[str] = columns.text()
    target_id: Mapped[str] = columns.text()
    slot: Mapped[str] = columns.text()
    party_id: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    name: Mapped[str] = columns.text()
    mime: Mapped[str] = columns.text()
    size: Mapped[int] = columns.whole()
    sha256: Mapped[str] = columns.text()
    pages: Mapped[int] = columns.whole()
    width: Mapped[int] = columns.whole()
    height: Mapped[int] = columns.whole()
    turn: Mapped[int] = columns.whole()
    kind: Mapped[str] = columns.text()
    note: Mapped[str] = columns.text()
    added_at: Mapped[datetime | None] = columns.moment()
    added_by: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
