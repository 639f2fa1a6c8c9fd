"""Tables of this PC alone: never synced, no ops."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desk import ids
from desk.models import columns
from desk.models.base import Base


class Draft(Base):
    """What is being typed, on disk within a second; comes back with the cursor's field."""

    __tablename__ = "draft"

    draft_id: Mapped[str] = mapped_column(primary_key=True, default_factory=ids.new_id)
    kind: Mapped[str] = columns.text()
    record_id: Mapped[str] = columns.text()
    fields: Mapped[dict[str, Any]] = columns.small_map()
    cursor_field: Mapped[str] = columns.text()
    saved_at: Mapped[datetime | None] = columns.moment()


class NumberCounter(Base):
    """The last number spent by this PC, per kind, letter and year."""

    __tablename__ = "number_counter"

    kind: Mapped[str] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = columns.whole()


class ReceiptSecret(Base):
    """The token of a receipt; ops carry only its SHA-256."""

    __tablename__ = "receipt_secret"

    receipt_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(default=b"")
    code_text: Mapped[str] = columns.text()


class DeviceSecret(Base):
    """Private keys of this PC (receipt signing), by name; only inside the encrypted store."""

    __tablename__ = "device_secret"

    name: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(default=b"")


class SettingValue(Base):
    """One choice remembered on this PC; declared in `desk/settings.py`."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = columns.text()


class Recent(Base):
    """What was opened lately, for the search box before anything is typed."""

    __tablename__ = "recent"
    __table_args__ = (Index(None, "opened_at"),)

    noun: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime | None] = columns.moment()


class Pad(Base):
    """A number reserved for a blank form on paper; `visit_id` once it came back."""

    __tablename__ = "pad"

    number: Mapped[str] = mapped_column(primary_key=True)
    spoken: Mapped[str] = columns.text()
    reserved_at: Mapped[datetime | None] = columns.moment()
    visit_id: Mapped[str] = columns.text()


class ImportBatch(Base):
    """One import (`kind`: roster, old_ledger) and what it changed, so that it can be undone."""

    __tablename__ = "import_batch"

    batch_id: Mapped[str] = mapped_column(primary_key=True, default_factory=ids.new_id)
    kind: Mapped[str] = columns.text()
    at: Mapped[datetime | None] = columns.moment()
    user_id: Mapped[str] = columns.text()
    source: Mapped[str] = columns.text()
    counts: Mapped[dict[str, Any]] = columns.small_map()
    changes: Mapped[dict[str, Any]] = columns.small_map()
    undone_at: Mapped[datetime | None] = columns.moment()


class ConflictKey(Base):
    """One way somebody in a case may be known again (FL-11): filled beside their row, looked up by key.

    `key` is a normalised name, id number, credit code or phone with its kind, `side` where they stood in the
    case `case_id`; noun and record_id name the row they come from.
    """

    __tablename__ = "conflict_key"
    __table_args__ = (Index(None, "key"), Index(None, "record_id"))

    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str] = mapped_column()
    noun: Mapped[str] = mapped_column()
    record_id: Mapped[str] = mapped_column()
    case_id: Mapped[str] = mapped_column()
    side: Mapped[str] = mapped_column()


class StatuteText(Base):
    """The full text of one article that the station imported, in one version."""

    __tablename__ = "statute_text"
    __table_args__ = (Index(None, "law", "article"),)

    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    law: Mapped[str] = mapped_column()
    article: Mapped[str] = mapped_column()
    version: Mapped[str] = columns.text()
    text: Mapped[str] = columns.text()


class AwaitedFile(Base):
    """An attachment's content that another PC of the station holds: only its record has come yet."""

    __tablename__ = "awaited_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
