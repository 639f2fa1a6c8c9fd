"""The reply table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.reply import Reply
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Reply).where(Reply.matter_id == "m1"),
            "ix_reply_matter_id",
            id="a matter's replies are found by matter",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
