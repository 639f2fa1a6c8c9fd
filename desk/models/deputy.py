"""Deputies and their mandates."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Deputy(Synced, Base):
    """代表 or 议政代表."""

    __tablename__ = "deputy"
    __table_args__ = (Index(None, "name"),)

    name: Mapped[str] = columns.text()
    alias: Mapped[str] = columns.text()
    name_initials: Mapped[str] = columns.text()
    sex: Mapped[str] = columns.text()
    ethnicity: Mapped[str] = columns.text()
    birth_date: Mapped[date | None] = columns.day()
    phone: Mapped[str] = columns.text()
    post: Mapped[str] = columns.text()
    consultative: Mapped[bool] = columns.flag()
    state: Mapped[str] = columns.state()
    departed_on: Mapped[date | None] = columns.day()
    remark: Mapped[str] = columns.text()


class Mandate(Synced, Base):
    """One mandate of a deputy; several levels at once are usual."""

    __tablename__ = "mandate"
    __table_args__ = (Index(None, "deputy_id"),)

    deputy_id: Mapped[str] = columns.text()
    level: Mapped[int] = columns.whole()
    constituency: Mapped[str] = columns.text()
    electing_unit: Mapped[str] = columns.text()
    group_name: Mapped[str] = columns.text()
    term: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
