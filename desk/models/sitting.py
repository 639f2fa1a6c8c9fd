"""What was done in a mediation: inquiries and meetings."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Inquiry(Synced, Base):
    """调查: one questioning by two or more (MED-28, F-05)."""

    __tablename__ = "inquiry"
    __table_args__ = (Index(None, "mediation_id"),)

    mediation_id: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    held_at: Mapped[datetime | None] = columns.moment()
    ended_at: Mapped[datetime | None] = columns.moment()
    place: Mapped[str] = columns.text()
    subject: Mapped[str] = columns.text()
    respondent: Mapped[str] = columns.text()
    respondent_id: Mapped[str] = columns.text()
    investigators: Mapped[str] = columns.text()
    recorder: Mapped[str] = columns.text()
    text: Mapped[str] = columns.text()


class Sitting(Synced, Base):
    """一次调解: one meeting of the parties, with its record (F-06) and the four moves."""

    __tablename__ = "sitting"
    __table_args__ = (Index(None, "mediation_id"),)

    mediation_id: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    held_at: Mapped[datetime | None] = columns.moment()
    ended_at: Mapped[datetime | None] = columns.moment()
    place: Mapped[str] = columns.text()
    openness: Mapped[str] = columns.text()
    subject: Mapped[str] = columns.text()
    informed: Mapped[bool] = columns.flag()
    avoidance: Mapped[str] = columns.text()
    avoidance_note: Mapped[str] = columns.text()
    talk: Mapped[str] = columns.text()
    topics: Mapped[str] = columns.text()
    ladder: Mapped[str] = columns.text()
    accord: Mapped[str] = columns.text()
    verification: Mapped[str] = columns.text()
    result: Mapped[str] = columns.text()
    fail_reason: Mapped[str] = columns.text()
    remedies_told: Mapped[bool] = columns.flag()
    recorder: Mapped[str] = columns.text()
    next_at: Mapped[datetime | None] = columns.moment()


class Presence(Synced, Base):
    """Somebody who was at a meeting: party, agent, participant or mediator."""

    __tablename__ = "presence"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index(None, "sitting_id"),
    )

    mediation_id: Mapped[str] = columns.text()
    sitting_id: Mapped[str] = columns.text()
    who_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    role: Mapped[str] = columns.text()
