"""Agreements, their terms and the signatures on the papers of a case."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desk.models import columns
from desk.models.base import Base, Synced


class Agreement(Synced, Base):
    """调解协议, written (F-07) or oral (F-08)."""

    __tablename__ = "agreement"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index("ix_agreement_standing", "mediation_id", "state", "void", "record_id", "form", "reached_on"),
    )

    mediation_id: Mapped[str] = columns.text()
    form: Mapped[str] = columns.text()
    facts: Mapped[str] = columns.text()
    issues: Mapped[str] = columns.text()
    responsibilities: Mapped[str] = columns.text()
    performance_mode: Mapped[str] = columns.text()
    performance_text: Mapped[str] = columns.text()
    breach: Mapped[str] = columns.text()
    reached_on: Mapped[date | None] = columns.day()
    copies: Mapped[int] = columns.whole()
    recorder: Mapped[str] = columns.text()
    state: Mapped[str] = columns.state()
    replaced_on: Mapped[date | None] = columns.day()
    replaced_why: Mapped[str] = columns.text()
    written_asked: Mapped[bool] = columns.flag()


class AgreementTerm(Synced, Base):
    """One thing agreed: who owes what to whom, by when."""

    __tablename__ = "agreement_term"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index("ix_agreement_term_last", "agreement_id", "due_on", "void"),
        Index("ix_agreement_term_due", "state", "due_on", "void", "kind", "agreement_id", "n"),
    )

    mediation_id: Mapped[str] = columns.text()
    agreement_id: Mapped[str] = columns.text()
    n: Mapped[int] = columns.whole()
    kind: Mapped[str] = columns.text()
    text: Mapped[str] = columns.text()
    ower_id: Mapped[str] = columns.text()
    ower: Mapped[str] = columns.text()
    payee_id: Mapped[str] = columns.text()
    payee: Mapped[str] = columns.text()
    amount: Mapped[int] = columns.whole()
    way: Mapped[str] = columns.text()
    way_text: Mapped[str] = columns.text()
    due_on: Mapped[date | None] = columns.day()
    state: Mapped[str] = columns.state()
    performed_on: Mapped[date | None] = columns.day()
    performed_amount: Mapped[int] = columns.whole()
    note: Mapped[str] = columns.text()


class Signature(Synced, Base):
    """签名、盖章或指印 on a paper of a case, or the seal of the committee."""

    __tablename__ = "signature"
    __table_args__ = (
        Index(None, "mediation_id"),
        Index("ix_signature_last", "target_id", "role", "signed_on", "void"),
    )

    mediation_id: Mapped[str] = columns.text()
    paper: Mapped[str] = columns.text()
    target_id: Mapped[str] = columns.text()
    role: Mapped[str] = columns.text()
    signer_id: Mapped[str] = columns.text()
    name: Mapped[str] = columns.text()
    signed_on: Mapped[date | None] = columns.day()
    way: Mapped[str] = columns.text()
