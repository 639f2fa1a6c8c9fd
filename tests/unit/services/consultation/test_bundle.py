"""The services of the lawyer's desk over one store."""

from tests.unit.services.consultation.advice_stage import AdviceStage


def test_all_parts_look_at_the_same_store(advice: AdviceStage) -> None:
    card = advice.finished()
    assert advice.desk.consultations.page().rows[0].id == card.id
    assert advice.desk.library.cite("civil_code", "1") == "《中华人民共和国民法典》第一条（2021年1月1日施行）"
    assert advice.desk.interests.list is not None
    assert advice.desk.joint_days.list() == ()
