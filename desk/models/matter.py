"""What is wanted."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Matter(Synced, Base):
    """事项: every finished visit has at least one."""

    __tablename__ = "matter"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "state", "tell_by"),
        Index(None, "outcome"),
    )

    visit_id: Mapped[str] = columns.text()
    subject: Mapped[str] = columns.text()
    statement: Mapped[str] = columns.text()
    request: Mapped[str] = columns.text()
    deputy_view: Mapped[str] = columns.text()
    category: Mapped[str] = columns.text()
    outcome: Mapped[str] = columns.text()
    level: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    proposed_unit: Mapped[str] = columns.text()
    fast_track: Mapped[bool] = columns.flag()
    answer_text: Mapped[str] = columns.text()
    guide_to: Mapped[str] = columns.text()
    guide_reason: Mapped[str] = columns.text()
    tell_by: Mapped[date | None] = columns.day()
    tell_by_rule: Mapped[str] = columns.text()
    closed_at: Mapped[datetime | None] = columns.moment()
