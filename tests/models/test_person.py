"""The person table answers its questions from an index (200,000 visits)."""

from typing import Any

import pytest
from sqlalchemy import Select, func, select, text

from desk.models.person import Person
from desk.models.store import Store
from tests.models.plans import plan


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param(
            select(Person).where(Person.name == "王某某"), "ix_person_name", id="a visitor is found by name"
        ),
        pytest.param(
            select(Person).where(Person.name_initials == "wmm"),
            "ix_person_name_initials",
            id="a visitor is found by initials",
        ),
        pytest.param(
            select(Person).where(Person.id_no == "1"),
            "ix_person_id_no",
            id="a visitor is found by identity number",
        ),
        pytest.param(
            select(Person).where(func.substr(Person.phone, text("-4")) == "6621"),
            "ix_person_phone_tail",
            id="a visitor is found by the end of the phone number",
        ),
    ],
)
def test_the_question_is_answered_from_an_index(store: Store, query: Select[Any], index: str) -> None:
    said = plan(store, query)
    assert index in said
    assert "TEMP B-TREE" not in said
