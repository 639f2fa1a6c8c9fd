"""排查: written down, corrected, dropped; numbers that cannot be are refused."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.mediation.forms import SweepForm
from desk.services.overtaken import Overtaken
from tests.unit.services.mediation.case_stage import TODAY, CaseStage


def form(room: CaseStage, **changes: object) -> SweepForm:
    """Return a search that may be saved."""
    return replace(
        SweepForm(room.committee_id, TODAY, "仁和社区", found=3, prevented=1, handled=2), **changes
    )


def test_saved_corrected_and_dropped(room: CaseStage) -> None:
    row = room.services.sweeps.save(form(room)).value
    assert (row.committee_name, row.found) == ("示例镇人民调解委员会", 3)
    room.services.sweeps.save(form(room, found=4), row.id)
    assert [each.found for each in room.services.sweeps.list(2026)] == [4]
    assert room.services.sweeps.list(2025) == ()
    with pytest.raises(InputProblem):
        room.services.sweeps.drop(row.id, "")
    room.services.sweeps.drop(row.id, "重复")
    assert room.services.sweeps.list(2026) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"swept_on": None}, "swept_on"),
        ({"swept_on": date(2026, 11, 24)}, "swept_on"),
        ({"found": -1}, "found"),
        ({"prevented": 4}, "found"),
        ({"committee_id": ""}, "committee_id"),
    ],
)
def test_what_cannot_be(room: CaseStage, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InputProblem) as told:
        room.services.sweeps.save(form(room, **changes))
    assert told.value.field == field


def test_by_right(room: CaseStage) -> None:
    with pytest.raises(AccessProblem):
        room.as_user("lawyer").services.sweeps.list(2026)
    room.as_user("clerk").services.sweeps.save(form(room))


def test_what_another_desk_wrote_meanwhile_stays(room: CaseStage) -> None:
    base = form(room)
    row = room.services.sweeps.save(base).value
    room.services.sweeps.save(replace(base, found=5), row.id, base)
    room.services.sweeps.save(replace(base, place="城东社区"), row.id, base)
    assert [(each.place, each.found) for each in room.services.sweeps.list(2026)] == [("城东社区", 5)]
    with pytest.raises(Overtaken) as told:
        room.services.sweeps.save(replace(base, found=6), row.id, base)
    assert [(each.what, each.mine, each.theirs) for each in told.value.fields] == [("排查出件数", "6", "5")]
