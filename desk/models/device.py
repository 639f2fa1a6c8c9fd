"""The PCs of the station."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Device(Synced, Base):
    """One PC: its letter for numbers and the public key that checks its receipts."""

    __tablename__ = "device"

    letter: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    key_id: Mapped[str] = columns.text()
    public_key: Mapped[str] = columns.text()
    incarnation: Mapped[str] = columns.text()
    added_at: Mapped[datetime | None] = columns.moment()
