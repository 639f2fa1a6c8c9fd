"""What the forms offer."""

from tests.unit.services.mediation.case_stage import CaseStage


def test_committees_mediators_and_codes(room: CaseStage) -> None:
    frame = room.services.cases.frame()
    assert [row.short_name for row in frame.committees] == ["示例"]
    assert [row.name for row in frame.mediators] == ["周某", "王某某"]
    assert len(frame.choices["dispute_type"]) == 19
    assert set(frame.prompts) == {"talk", "topic", "ladder", "settle"}
    assert frame.may_decide
    assert not room.as_user("clerk").services.cases.frame().may_decide
