"""What visitors said."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Rating(Synced, Base):
    """评价 of the reception or of the result; a fact, so the newest counts."""

    __tablename__ = "rating"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "matter_id"),
        Index(None, "about", "value", "visit_id"),
    )

    about: Mapped[str] = columns.text()
    visit_id: Mapped[str] = columns.text()
    matter_id: Mapped[str] = columns.text()
    value: Mapped[str] = columns.text()
    reason: Mapped[str] = columns.text()
    asked_at: Mapped[datetime | None] = columns.moment()
    rated_at: Mapped[datetime | None] = columns.moment()
