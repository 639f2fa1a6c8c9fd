"""The visit table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, func, select, tuple_

from desk.models.store import Store
from desk.models.visit import Companion, Receiver, Visit
from tests.factories import MORNING
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Visit)
            .where(tuple_(Visit.received_at, Visit.record_id) < tuple_(MORNING, "v1"))
            .order_by(Visit.received_at.desc(), Visit.record_id.desc())
            .limit(50),
            "ix_visit_list",
            id="the list pages by time",
        ),
        pytest.param(
            select(func.count(), func.sum(Visit.headcount)).where(
                Visit.received_at >= MORNING, Visit.void.is_(False)
            ),
            "COVERING INDEX ix_visit_list",
            id="visits are counted from the index alone",
        ),
        pytest.param(
            select(Visit).where(Visit.state.in_(("waiting", "received"))),
            "ix_visit_state_received_at",
            id="open visits are found by state",
        ),
        pytest.param(
            select(Visit).where(Visit.number == "1"), "ix_visit_number", id="a visit is found by number"
        ),
        pytest.param(
            select(Visit).where(Visit.spoken == "1"),
            "ix_visit_spoken",
            id="a visit is found by the number said",
        ),
        pytest.param(
            select(Visit).where(Visit.person_id == "p1").order_by(Visit.received_at.desc()),
            "ix_visit_person_id_received_at",
            id="a person's visits come by time",
        ),
        pytest.param(
            select(Companion).where(Companion.visit_id == "v1"),
            "ix_companion_visit_id",
            id="a visit's companions are found by visit",
        ),
        pytest.param(
            select(Receiver).where(Receiver.visit_id == "v1"),
            "ix_receiver_visit_id",
            id="a visit's receivers are found by visit",
        ),
        pytest.param(
            select(Receiver.visit_id).where(Receiver.deputy_id == "d1"),
            "ix_receiver_deputy_id_visit_id",
            id="a deputy's visits are found by deputy",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
