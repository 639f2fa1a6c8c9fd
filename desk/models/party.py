"""The parties of a mediation and who speaks for them."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Party(Synced, Base):
    """当事人: a person, legal person or other body on one side of a case."""

    __tablename__ = "party"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index(None, "person_id"),
        Index(None, "name"),
        Index(None, "id_no"),
        Index(None, "uscc"),
        Index(None, "phone"),
    )

    mediation_id: Mapped[str] = columns.text()
    side: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    kind: Mapped[str] = columns.text()
    person_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    alias: Mapped[str] = columns.text()
    sex: Mapped[str] = columns.text()
    ethnicity: Mapped[str] = columns.text()
    birth_date: Mapped[date | None] = columns.day()
    occupation: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    address: Mapped[str] = columns.text()
    id_type: Mapped[str] = columns.text()
    id_no: Mapped[str] = columns.text()
    legal_rep: Mapped[str] = columns.text()
    uscc: Mapped[str] = columns.text()
    minor: Mapped[bool] = columns.flag()
    protected: Mapped[bool] = columns.flag()
    own_living: Mapped[bool] = columns.flag()
    guardian: Mapped[str] = columns.text()
    guardian_relation: Mapped[str] = columns.text()
    representative: Mapped[bool] = columns.flag()
    agreed_on: Mapped[date | None] = columns.day()
    refused_on: Mapped[date | None] = columns.day()
    told_on: Mapped[date | None] = columns.day()
    told_by: Mapped[str] = columns.text()
    told_way: Mapped[str] = columns.text()


class Agent(Synced, Base):
    """委托代理人 of a party, with what they may do (F-04)."""

    __tablename__ = "agent"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index(None, "party_id"),
    )

    mediation_id: Mapped[str] = columns.text()
    party_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    sex: Mapped[str] = columns.text()
    relation: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    address: Mapped[str] = columns.text()
    id_no: Mapped[str] = columns.text()
    powers: Mapped[str] = columns.state()
    powers_other: Mapped[str] = columns.text()
    letter_on: Mapped[date | None] = columns.day()
