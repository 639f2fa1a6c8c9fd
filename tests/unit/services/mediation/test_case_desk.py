"""The write block of a verb."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.mediation.forms import (
    ReportForm,
)
from tests.unit.services.mediation.case_stage import CaseStage


def test_nothing_is_written_when_a_verb_fails(room: CaseStage) -> None:
    case_id = room.registered()
    form = room.services.cases.form(case_id)
    with pytest.raises(InputProblem):
        room.services.cases.save(
            case_id,
            replace(
                form, title="改了", risk_flags=("criminal",), reports=(ReportForm("criminal", "education"),)
            ),
        )
    assert room.services.cases.get(case_id).title == "楼上漏水赔偿纠纷"


def test_a_locked_desk_answers_nobody(room: CaseStage) -> None:
    case_id = room.registered()
    room.session.lock()
    with pytest.raises(AccessProblem):
        room.services.cases.get(case_id)
    with pytest.raises(AccessProblem):
        room.services.cases.register(room.form())
