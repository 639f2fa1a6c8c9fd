"""Receipts."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Receipt(Synced, Base):
    """回执 of one visit; its token stays in the local table receipt_secret."""

    __tablename__ = "receipt"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "number"),
        Index(None, "spoken"),
        Index(None, "token_sha256"),
    )

    visit_id: Mapped[str] = columns.text()
    number: Mapped[str] = columns.text()
    spoken: Mapped[str] = columns.text()
    token_sha256: Mapped[str] = columns.text()
    key_id: Mapped[str] = columns.text()
    issued_at: Mapped[datetime | None] = columns.moment()
    plain: Mapped[bool] = columns.flag()
