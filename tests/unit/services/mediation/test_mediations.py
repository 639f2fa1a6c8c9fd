"""The bundle of all services."""

from tests.unit.services.mediation.case_stage import CaseStage


def test_every_service_speaks_of_the_same_store(room: CaseStage) -> None:
    case_id = room.registered()
    assert room.services.cases.page().rows[0].id == case_id
