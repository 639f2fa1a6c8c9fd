"""What the store knows about itself: one row, and the profile files it has held."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from desk.models import columns
from desk.models.base import Base

ROW = 1


class Meta(Base):
    """The one row of facts about this file; small, because `seq` changes with every write."""

    __tablename__ = "meta"

    row: Mapped[int] = mapped_column(primary_key=True, default=ROW)
    scope_id: Mapped[str] = columns.text()
    device_id: Mapped[str] = columns.text()
    # Drawn anew by create and restore; with it `seq` starts again (sync.md 2.6).
    incarnation: Mapped[str] = columns.text()
    seq: Mapped[int] = columns.whole()
    # Counts openings: monotonic times compare only within one run.
    run: Mapped[int] = columns.whole()
    # Learned at the last hello; None before there is a hub.
    clock_offset_ms: Mapped[int | None] = mapped_column(default=None)
    # The latest time a number or a deadline was made with, moved by those who make them (bad clocks).
    last_seen_time: Mapped[datetime | None] = columns.moment()
    # Runs that opened the file and have not closed it; any but our own means an unclean stop.
    open_runs: Mapped[str] = columns.text()
    checked_at: Mapped[datetime | None] = columns.moment()
    backup_at: Mapped[datetime | None] = columns.moment()
    backup_path: Mapped[str] = columns.text()
    # By which schema of the wire the rows were last folded (services/sync/refolding.py).
    folded: Mapped[int] = columns.whole()


class ProfileFile(Base):
    """A profile as it was imported, bytes untouched; the newest row is in force."""

    __tablename__ = "profile_file"

    position: Mapped[int] = mapped_column(primary_key=True, init=False)
    version: Mapped[str] = columns.text()
    body: Mapped[bytes] = mapped_column(default=b"")
    # shipped, county (signed) or local (changed by the head).
    origin: Mapped[str] = columns.text()
    installed_at: Mapped[datetime | None] = columns.moment()
