"""Base of all tables, and what every synced row has besides its own fields."""

from typing import Any, TypeVar

from sqlalchemy import MetaData, Select, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from desk import ids
from desk.models import columns

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    """All tables of the store. No repr: a row in a log or a traceback would show a person's data."""

    metadata = MetaData(naming_convention=_NAMES)


class Synced(MappedAsDataclass, kw_only=True, repr=False, eq=False):
    """A row that is one record of the wire. Its other columns are exactly the fields of `wire.records`.

    Change it through the session only; `models/recorder.py` turns each changed row into one op per flush.
    It is never deleted: `tombstone` makes it void and keeps the reason.
    """

    record_id: Mapped[str] = mapped_column(primary_key=True, default_factory=ids.new_id, sort_order=-3)
    scope_id: Mapped[str] = mapped_column(default="", nullable=True, sort_order=-2)
    # The hub's version of this record; 0 while the hub has never confirmed it.
    version: Mapped[int] = mapped_column(default=0, nullable=True, sort_order=-1)
    void: Mapped[bool] = mapped_column(default=False, nullable=True, sort_order=1)
    void_reason: Mapped[str] = mapped_column(default="", nullable=True, sort_order=2)
    # Which op set each field; "*" is the op that inserted the record and stands for every field not named.
    field_op: Mapped[dict[str, str]] = columns.small_map()
    # Fields of a newer version, kept opaque until this program knows them (sync.md 2.11).
    extra: Mapped[dict[str, Any]] = columns.small_map()

    def tombstone(self, reason: str) -> None:
        """Make the record void and say why; the row stays (class G)."""
        self.void = True
        self.void_reason = reason


Row = TypeVar("Row", bound=Synced)


def alive(entity: type[Row]) -> Select[Row]:
    """Select the rows of a synced table that are not void."""
    return select(entity).where(entity.void.is_(False))
