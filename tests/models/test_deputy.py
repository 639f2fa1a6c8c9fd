"""The deputy table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.deputy import Deputy, Mandate
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Deputy).where(Deputy.name == "李某某"), "ix_deputy_name", id="a deputy is found by name"
        ),
        pytest.param(
            select(Mandate).where(Mandate.deputy_id == "d1"),
            "ix_mandate_deputy_id",
            id="a deputy's mandates are found by deputy",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
