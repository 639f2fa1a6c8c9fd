"""Open conflicts made readable."""

import json
from dataclasses import replace
from typing import Any

import pytest

from desk.errors import InputProblem
from desk.models import plain
from desk.models.visit import Visit
from desk.services.tray import questions
from desk.services.tray.questions import Row
from tests import factories
from tests.unit.services.sync.round_stage import save
from tests.unit.services.tray.tray_stage import Two

ROW = Row(
    *("c1", "S:1", "visit", "v1", "place", "o2", "o1", '"a"', '"b"', "shared", "open", ""),
    *(None, "", "", None, "", None),
)


@pytest.mark.parametrize(
    ("changed", "kind", "ways"),
    [
        ({}, "value", ("mine", "theirs", "third")),
        ({"field": "headcount"}, "value", ("mine", "theirs")),
        ({"field": "comfort_note"}, "words", ("mine", "theirs", "both", "third")),
        ({"reason": "state", "field": "state"}, "state", ("theirs",)),
        ({"reason": "void", "field": "void"}, "void", ("mine", "theirs")),
        ({"reason": "number", "field": "number", "mine": '"a"', "theirs": '"a"'}, "number", ("theirs",)),
        ({"noun": "dream"}, "value", ("mine", "theirs")),
    ],
)
def test_what_is_asked_and_how_it_may_be_closed(changed: dict[str, Any], kind: Any, ways: Any) -> None:
    row = replace(ROW, **changed)
    assert questions.kind_of(row) == kind
    assert questions.ways(kind, questions.declared(row)) == ways


def test_an_id_is_said_by_the_name_it_stands_for(two: Two) -> None:
    first, second = factories.person(name="王某某"), factories.person(name="赵某某")
    save(two.one, first, second)
    two.round()
    two.both_change(Visit, two.visit.record_id, "person_id", first.record_id, second.record_id)
    asked = two.question()
    assert (asked.mine.text, asked.theirs.text, asked.before) == ("赵某某", "王某某", "（空）")


def test_a_value_of_a_newer_desk_is_shown_raw_and_cannot_be_closed_here(two: Two) -> None:
    with two.one.write_confirmed() as rows:
        plain.write(
            rows,
            "INSERT INTO conflict (conflict_id, scope_id, noun, record_id, field, mine_op, theirs_op, mine,"
            " theirs, reason, state, closed_by, version) VALUES ('c9', ?, 'visit', ?, 'dream', 'o1', 'o2',"
            " ?, ?, 'shared', 'open', '', 9)",
            (two.one.scope_id, two.visit.record_id, json.dumps("甲"), json.dumps("乙")),
        )
    asked = two.question()
    assert (asked.field, asked.mine.text, asked.theirs.text) == ("dream", "甲", "乙")
    assert asked.before is None
    assert not asked.may_close


def test_a_value_that_is_none_of_the_fields_is_shown_raw_and_is_not_to_be_had(two: Two) -> None:
    """It was written before the field was known here."""
    with two.one.write_confirmed() as rows:
        plain.write(
            rows,
            "INSERT INTO conflict (conflict_id, scope_id, noun, record_id, field, mine_op, theirs_op, mine,"
            " theirs, reason, state, closed_by, version) VALUES ('c9', ?, 'visit', ?, 'smile_at', 'o1', 'o2',"
            " ?, ?, 'shared', 'open', '', 9)",
            (two.one.scope_id, two.visit.record_id, json.dumps("gestern"), json.dumps(None)),
        )
    asked = two.question()
    assert (asked.mine.text, asked.ways) == ("gestern", ("theirs",))
    with pytest.raises(InputProblem):
        two.tray().close("c9", "mine")
    two.tray().close("c9", "theirs")
