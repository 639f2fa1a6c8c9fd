"""The rating table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.rating import Rating
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Rating).where(Rating.visit_id == "v1"),
            "ix_rating_visit_id",
            id="a visit's ratings are found by visit",
        ),
        pytest.param(
            select(Rating).where(Rating.matter_id == "m1"),
            "ix_rating_matter_id",
            id="a matter's ratings are found by matter",
        ),
        pytest.param(
            select(Rating.visit_id).where(Rating.about == "reception", Rating.value == "unsatisfied"),
            "ix_rating_about_value_visit_id",
            id="visits are filtered by rating from the index alone",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
