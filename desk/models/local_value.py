"""Values of local form fields."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class LocalValue(Synced, Base):
    """What was filled into a field that a county added to a form."""

    __tablename__ = "local_value"
    __table_args__ = (Index(None, "target_id"),)

    noun: Mapped[str] = columns.text()
    target_id: Mapped[str] = columns.text()
    form: Mapped[str] = columns.text()
    key: Mapped[str] = columns.text()
    value: Mapped[str] = columns.text()
