"""The receipt table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.receipt import Receipt
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Receipt).where(Receipt.visit_id == "v1"),
            "ix_receipt_visit_id",
            id="a visit's receipt is found by visit",
        ),
        pytest.param(
            select(Receipt).where(Receipt.number == "1"),
            "ix_receipt_number",
            id="a receipt is found by number",
        ),
        pytest.param(
            select(Receipt).where(Receipt.spoken == "1"),
            "ix_receipt_spoken",
            id="a receipt is found by the number said",
        ),
        pytest.param(
            select(Receipt).where(Receipt.token_sha256 == "1"),
            "ix_receipt_token_sha256",
            id="a receipt is found by its code",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
