"""Joint reception days."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class JointDay(Synced, Base):
    """联合接待日（信访+法律咨询）: who sits and who came."""

    __tablename__ = "joint_day"
    __table_args__ = (Index(None, "held_on"),)

    held_on: Mapped[date | None] = columns.day()
    hours: Mapped[str] = columns.text()
    place: Mapped[str] = columns.text()
    theme: Mapped[str] = columns.text()
    note: Mapped[str] = columns.text()


class JointSeat(Synced, Base):
    """Somebody who sits at a joint reception day."""

    __tablename__ = "joint_seat"
    __table_args__ = (Index(None, "joint_day_id"),)

    joint_day_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    organisation: Mapped[str] = columns.text()
    post: Mapped[str] = columns.text()
    role: Mapped[str] = columns.text()
    user_id: Mapped[str] = columns.text()
    came: Mapped[bool] = columns.flag()
