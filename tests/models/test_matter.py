"""The matter table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.matter import Matter
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Matter).where(Matter.visit_id == "v1"),
            "ix_matter_visit_id",
            id="a visit's matters are found by visit",
        ),
        pytest.param(
            select(Matter).where(Matter.state == "open").order_by(Matter.tell_by),
            "ix_matter_state_tell_by",
            id="open matters come by their promised day",
        ),
        pytest.param(
            select(Matter.visit_id).where(Matter.outcome == "mediation"),
            "ix_matter_outcome",
            id="matters are filtered by outcome",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
