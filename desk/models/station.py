"""The station: one row, made at the first start."""

from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Station(Synced, Base):
    """人大代表联络站: its kind, place and notice text."""

    __tablename__ = "station"

    name: Mapped[str] = columns.text()
    code: Mapped[str] = columns.text()
    kind: Mapped[str] = columns.text()
    level: Mapped[str] = columns.text()
    area: Mapped[str] = columns.text()
    address: Mapped[str] = columns.text()
    phone: Mapped[str] = columns.text()
    open_hours: Mapped[str] = columns.text()
    parent: Mapped[str] = columns.text()
    notice_version: Mapped[str] = columns.text()
    notice_text: Mapped[str] = columns.text()
