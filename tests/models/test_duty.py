"""The duty table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.duty import Duty
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Duty).where(Duty.ended_at.is_(None)),
            "ix_duty_ended_at",
            id="who is on duty now is found without reading the past",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
