"""Revisions as they came from the hub, own and foreign, and what could not become one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.models import columns
from desk.models.base import Base


class RevisionLog(Base):
    """One accepted op with its bytes, so that it can be offered again if the hub loses it.

    result: all of the revision but its op. before: what it changed on the shadow, to take it back; empty
    where the shadow held it already. Only what is durable at the hub may be pruned (sync.md 2.5). voucher: at
    the county, the hub's word that it had this op, with which it may be offered again.
    """

    __tablename__ = "revision_log"
    __table_args__ = (Index(None, "noun", "record_id"), Index(None, "incarnation", "seq"))

    scope_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    ord: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)
    noun: Mapped[str] = mapped_column()
    record_id: Mapped[str] = mapped_column()
    incarnation: Mapped[str] = columns.text()
    seq: Mapped[int] = columns.whole()
    body: Mapped[bytes] = mapped_column(default=b"")
    result: Mapped[dict[str, Any]] = columns.small_map()
    before: Mapped[dict[str, Any]] = columns.small_map()
    voucher: Mapped[str] = columns.text()


class HubConflict(Base):
    """An open question on one field: two values, of which the head holds theirs (sync.md 2.7)."""

    __tablename__ = "conflict"
    __table_args__ = (Index(None, "noun", "record_id"), Index(None, "state"))

    conflict_id: Mapped[str] = mapped_column(primary_key=True)
    scope_id: Mapped[str] = mapped_column()
    noun: Mapped[str] = mapped_column()
    record_id: Mapped[str] = mapped_column()
    field: Mapped[str] = mapped_column()
    mine_op: Mapped[str] = columns.text()
    theirs_op: Mapped[str] = columns.text()
    # Both values as JSON, so that a number stays a number.
    mine: Mapped[str] = columns.text()
    theirs: Mapped[str] = columns.text()
    reason: Mapped[str] = columns.text()
    # open or closed; closed_by is the op that closed it.
    state: Mapped[str] = columns.text()
    closed_by: Mapped[str] = columns.text()
    version: Mapped[int] = columns.whole()
    at: Mapped[datetime | None] = columns.moment()
    # Kept here because the revisions that say so may be pruned: the value both began from (JSON, empty where
    # this PC does not know), and who wrote each value, when by the clock of their PC.
    before: Mapped[str] = columns.text()
    mine_user: Mapped[str] = columns.text()
    mine_at: Mapped[datetime | None] = columns.moment()
    theirs_user: Mapped[str] = columns.text()
    theirs_at: Mapped[datetime | None] = columns.moment()


class MergeNews(Base):
    """Two wrote one record at the same time and the hub put both together: told once, no question."""

    __tablename__ = "merge_news"

    op_id: Mapped[str] = mapped_column(primary_key=True)
    noun: Mapped[str] = columns.text()
    record_id: Mapped[str] = columns.text()
    # Names of the fields the later op wrote, comma between them.
    fields: Mapped[str] = columns.text()
    user_id: Mapped[str] = columns.text()
    at: Mapped[datetime | None] = columns.moment()
    # Somebody has marked it as read.
    read: Mapped[int] = columns.whole()


class Attention(Base):
    """An op that the hub would not take, with its bytes: never cleared but by a person or the hub itself."""

    __tablename__ = "attention"

    op_id: Mapped[str] = mapped_column(primary_key=True)
    noun: Mapped[str] = columns.text()
    record_id: Mapped[str] = columns.text()
    incarnation: Mapped[str] = columns.text()
    seq: Mapped[int] = columns.whole()
    # rejected, quarantined or deferred, with the hub's word and sentence.
    verdict: Mapped[str] = columns.text()
    code: Mapped[str] = columns.text()
    sentence: Mapped[str] = columns.text()
    body: Mapped[bytes] = mapped_column(default=b"")
    sha256: Mapped[bytes] = mapped_column(default=b"")
    noted_at: Mapped[datetime | None] = columns.moment()
    # Set once a person has decided to do without it; the bytes stay.
    given_up_at: Mapped[datetime | None] = columns.moment()
    given_up_by: Mapped[str] = columns.text()


class HubState(Base):
    """What this PC knows of its hub: one row. The address is a setting, the device key a device secret."""

    __tablename__ = "hub"

    row: Mapped[int] = mapped_column(primary_key=True, default=1)
    # The number the last hello answered, and the nonce of one whose answer has not come (sync.md 2.6).
    session: Mapped[int] = columns.whole()
    nonce: Mapped[str] = columns.text()
    grants: Mapped[int] = columns.whole()
    # The last round that went through, and since when rounds fail; fails counts them for the backoff.
    reached_at: Mapped[datetime | None] = columns.moment()
    failing_since: Mapped[datetime | None] = columns.moment()
    fails: Mapped[int] = columns.whole()
    # Why: a stable word, and the sentence for the user.
    trouble: Mapped[str] = columns.text()
    sentence: Mapped[str] = columns.text()
    # From enrolling: the authority the hub's certificate must come from (PEM, empty: the system decides), the
    # public key that signs its time, the names of county and station.
    authority: Mapped[str] = columns.text()
    time_key: Mapped[str] = columns.text()
    county: Mapped[str] = columns.text()
    station: Mapped[str] = columns.text()
    # What this PC is to the hub: station, county or auditor (`desk/wire/enrolling.py`).
    role: Mapped[str] = columns.text()
