"""The mediation table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.mediation import Mediation
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Mediation).where(Mediation.matter_id == "m1"),
            "ix_mediation_matter_id",
            id="a matter's mediation is found by matter",
        ),
        pytest.param(
            select(Mediation).where(Mediation.number == "1"),
            "ix_mediation_number",
            id="a mediation is found by number",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
