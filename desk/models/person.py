"""People who came or were named."""

from datetime import date

from sqlalchemy import Index, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Person(Synced, Base):
    """群众, reused across visits."""

    __tablename__ = "person"
    __table_args__ = (
        Index(None, "name"),
        Index(None, "name_initials"),
        Index(None, "id_no"),
        Index("ix_person_phone_tail", func.substr(sql("phone"), -4)),
        Index("ix_person_merged_into", "merged_into", sqlite_where=sql("merged_into != ''")),
    )

    name: Mapped[str] = columns.text()
    alias: Mapped[str] = columns.text()
    name_initials: Mapped[str] = columns.text()
    sex: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    id_type: Mapped[str] = columns.text()
    id_no: Mapped[str] = columns.text()
    address: Mapped[str] = columns.text()
    grid: Mapped[str] = columns.text()
    birth_date: Mapped[date | None] = columns.day()
    merged_into: Mapped[str] = columns.text()
