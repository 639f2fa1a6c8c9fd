"""The print job table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, select

from desk.models.print_job import PrintJob
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(PrintJob).where(PrintJob.target_id == "r1"),
            "ix_print_job_target_id",
            id="a record's printings are found by record",
        ),
        pytest.param(
            select(PrintJob).where(PrintJob.state == "queued"),
            "ix_print_job_state",
            id="waiting jobs are found by state",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
