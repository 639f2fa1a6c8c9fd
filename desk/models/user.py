"""Who may sign on."""

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
