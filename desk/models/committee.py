"""Committees and their mediators."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Committee(Synced, Base):
    """调委会: only its seal gives a mediation the effects of the law (LZ-04)."""

    __tablename__ = "committee"
    __table_args__ = (Index(None, "name"),)

    name: Mapped[str] = columns.text()
    short_name: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    area: Mapped[str] = columns.text()
    address: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    head_name: Mapped[str] = columns.text()
    term_until: Mapped[date | None] = columns.day()
    court: Mapped[str] = columns.text()
    number_device: Mapped[str] = columns.text()
    number_year: Mapped[int] = columns.whole()
    number_from: Mapped[int] = columns.whole()


class Mediator(Synced, Base):
    """调解员 of a committee; a deputy may be one by appointment (LZ-05)."""

    __tablename__ = "mediator"
    __table_args__ = (
        Index(None, "committee_id"),
        Index(None, "user_id"),
    )

    committee_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    name_initials: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    sex: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    licence_no: Mapped[str] = columns.text()
    user_id: Mapped[str] = columns.text()
    deputy_id: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
