"""All rows of one case."""

import pytest

from desk.errors import InputProblem
from desk.models.party import Party
from desk.services.mediation import sheet
from tests.unit.services.mediation.case_stage import CaseStage


def test_many_cases_at_once_are_what_each_is_alone(room: CaseStage) -> None:
    ids = [room.registered(title=f"纠纷{n}") for n in range(3)]
    with room.store.read() as rows:
        cases = [sheet.found(rows, case_id) for case_id in ids]
        many = sheet.load_many(rows, cases, (Party,))
        assert [[row.name for row in each.of(Party)] for each in many] == [["钱某", "冯某"]] * 3
        assert [row.record_id for row in sheet.load(rows, cases[0]).of(Party)] == [
            row.record_id for row in many[0].of(Party)
        ]
        assert sheet.load_many(rows, [], (Party,)) == []


def test_a_row_of_another_case_is_not_found(room: CaseStage) -> None:
    first, second = room.registered(), room.registered()
    with room.store.read() as rows:
        one, other = (sheet.load(rows, sheet.found(rows, each)) for each in (first, second))
        with pytest.raises(InputProblem):
            one.one(Party, other.of(Party)[0].record_id, "当事人")
