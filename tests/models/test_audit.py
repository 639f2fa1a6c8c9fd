"""The audit table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.audit import Audit
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Audit.hash).where(Audit.device_id == "d1").order_by(Audit.n.desc()).limit(1),
            "ix_audit_device_id_n",
            id="the end of the chain is found at once",
        ),
        pytest.param(
            select(Audit).where(Audit.target_id == "r1"),
            "ix_audit_target_id",
            id="a record's entries are found by record",
        ),
        pytest.param(
            select(Audit).order_by(Audit.at.desc()).limit(50), "ix_audit_at", id="entries are listed by time"
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
