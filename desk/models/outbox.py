"""What goes to the hub and what came back: ops not yet confirmed, the hub's last word, how far we pulled."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.models import columns
from desk.models.base import Base


class Outbox(Base):
    """One op as the canonical bytes that will be sent, and sent again, and their SHA-256.

    It lies over the shadow until its revision has been pulled; places before the first are given to what is
    offered again.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "noun", "record_id", "position"),)

    position: Mapped[int] = mapped_column(primary_key=True, init=False)
    op_id: Mapped[str] = mapped_column(unique=True)
    noun: Mapped[str] = mapped_column()
    record_id: Mapped[str] = mapped_column()
    incarnation: Mapped[str] = mapped_column()
    seq: Mapped[int] = mapped_column()
    body: Mapped[bytes] = mapped_column()
    sha256: Mapped[bytes] = mapped_column()
    # The hub's version that holds it; its page has not come yet, so it is not sent but still laid over.
    acked: Mapped[int] = mapped_column(default=0, server_default="0")
    # The hub would not take it: not sent until somebody has looked (`attention`).
    held: Mapped[bool] = mapped_column(default=False, server_default="0")
    # Where it goes: a county's desk writes into its own scope and, by right, into its stations'.
    scope_id: Mapped[str] = mapped_column(default="", server_default="")
    # Of an op that is offered again by the county: the hub's word that it had it.
    voucher: Mapped[str] = columns.text()


class ShadowHead(Base):
    """The record as the hub last confirmed it. Fields that stand at their default may be left out."""

    __tablename__ = "shadow_head"

    noun: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    scope_id: Mapped[str] = mapped_column()
    version: Mapped[int] = mapped_column()
    fields: Mapped[dict[str, Any]] = columns.small_map()
    field_op: Mapped[dict[str, str]] = columns.small_map()


class Cursor(Base):
    """How far this PC has pulled a scope, in which of the scope's lives.

    durable: every backup of the hub holds revisions up to here. history: the scope's lives as JSON.
    digest: of our shadow (I11). highest: the newest version a head of a snapshot had. tail, after: where a
    snapshot that is still coming in goes on; after is empty when none is. trail: over the ids of all ops up
    to version, empty where it is not known.
    """

    __tablename__ = "cursor"

    scope_id: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[str] = columns.text()
    version: Mapped[int] = columns.whole()
    durable: Mapped[int] = columns.whole()
    history: Mapped[str] = columns.text()
    digest: Mapped[str] = columns.text()
    highest: Mapped[int] = columns.whole()
    tail: Mapped[int] = columns.whole()
    after: Mapped[str] = columns.text()
    trail: Mapped[str] = columns.text()
