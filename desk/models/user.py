"""Who may sign on."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class User(Synced, Base):
    """A person with an account; the password's key slot lies beside the store, not in it."""

    __tablename__ = "user"

    name: Mapped[str] = columns.text()
    initials: Mapped[str] = columns.text()
    roles: Mapped[str] = columns.state()
    deputy_id: Mapped[str] = columns.text()
    disabled: Mapped[bool] = columns.flag()
    licence_no: Mapped[str] = columns.text()


class EntryCode(Synced, Base):
    """A one-time code by which a user signs on for the first time at another PC; void once it was used."""

    __tablename__ = "entry_code"

    user_id: Mapped[str] = columns.text()
    digest: Mapped[str] = columns.text()
    until: Mapped[datetime | None] = columns.moment()
