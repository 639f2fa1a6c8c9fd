"""The print ledger."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class PrintJob(Synced, Base):
    """One printing of one paper; a number is spent only once."""

    __tablename__ = "print_job"
    __table_args__ = (
        Index(None, "target_id"),
        Index(None, "state"),
    )

    paper: Mapped[str] = columns.text()
    target_id: Mapped[str] = columns.text()
    number: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    copies: Mapped[int] = columns.whole()
    reprint: Mapped[int] = columns.whole()
    at: Mapped[datetime | None] = columns.moment()
    note: Mapped[str] = columns.text()
