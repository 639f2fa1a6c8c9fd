"""Who may read and change which case."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem
from tests.unit.services.mediation.case_stage import CaseStage


def test_who_registers_keeps_it_in_view_until_it_is_accepted(room: CaseStage) -> None:
    """A clerk may write, not read; deciding is for mediator and head (LZ-01, LZ-04)."""
    clerk = room.as_user("clerk", user_id="clerk", name="钱某某")
    case_id = clerk.registered()
    assert clerk.services.cases.get(case_id).registrar == "钱某某"
    assert [row.id for row in clerk.services.cases.page().rows] == [case_id]
    other = room.as_user("clerk", user_id="other")
    with pytest.raises(AccessProblem):
        other.services.cases.get(case_id)
    assert other.services.cases.page().rows == ()
    with pytest.raises(AccessProblem):
        clerk.services.cases.settle(clerk.small(), case_id)
    form = replace(room.services.cases.form(case_id))
    room.services.cases.settle(room.small(case=form), case_id)
    with pytest.raises(AccessProblem):
        clerk.services.cases.get(case_id)
    assert clerk.services.cases.page().rows == ()
    assert clerk.services.cases.due() == ()
    assert clerk.services.cases.badge() == 0
