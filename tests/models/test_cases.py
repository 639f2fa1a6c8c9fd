"""The tables of cases answer the questions of lists, clocks and checks from an index (20,000 cases)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.agreement import AgreementTerm, Signature
from desk.models.attachment import Attachment
from desk.models.consultation import Consultation
from desk.models.local import ConflictKey, StatuteText
from desk.models.mediation import Mediation
from desk.models.party import Party
from desk.models.store import Store
from desk.models.sweep import Sweep
from desk.models.visit import Visit
from tests.models.plans import plan

_NEWEST = (Mediation.registered_at.desc(), Mediation.record_id.desc())


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (select(Mediation).order_by(*_NEWEST).limit(50), "ix_mediation_list"),
        (select(Mediation).where(Mediation.case_no == "1"), "ix_mediation_case_no"),
        (
            select(Consultation).where(Consultation.state == "answered").order_by(Consultation.consulted_at),
            "ix_consultation_state_consulted_at",
        ),
        (select(Party).where(Party.mediation_id == "m1"), "ix_party_mediation_id"),
        (select(Party).where(Party.id_no == "1"), "ix_party_id_no"),
        (
            select(AgreementTerm).where(
                AgreementTerm.state == "pending", AgreementTerm.due_on <= date(2026, 12, 1)
            ),
            "ix_agreement_term_due",
        ),
        (select(Signature).where(Signature.target_id == "a1"), "ix_signature_last"),
        (select(Attachment).where(Attachment.target_id == "m1"), "ix_attachment_target_id"),
        (select(Attachment).where(Attachment.sha256 == "ab"), "ix_attachment_sha256"),
        (select(Sweep).where(Sweep.swept_on >= date(2026, 1, 1)), "ix_sweep_swept_on"),
        (select(ConflictKey).where(ConflictKey.key.in_(["n:钱某"])), "ix_conflict_key_key"),
        (select(StatuteText).where(StatuteText.law == "civil_code"), "ix_statute_text_law_article"),
        (
            select(Visit).where(Visit.joint_day_id == "j1", Visit.joint_day_id != ""),
            "ix_visit_joint_day_id",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
