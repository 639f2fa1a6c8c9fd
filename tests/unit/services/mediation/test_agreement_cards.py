"""The agreement as shown: places of signatures, the checklist, why writing is wanted."""

from dataclasses import replace

from tests.unit.services.mediation.case_stage import CaseStage


def test_places_of_the_signature_page_in_their_order(room: CaseStage) -> None:
    card = room.services.cases.settle(room.small()).value
    assert card.agreement is not None
    assert [(place.role_label, place.name) for place in card.agreement.signatures] == [
        ("当事人", "钱某"),
        ("当事人", "冯某"),
        ("调解员", "王某某"),
        ("记录人", "周某"),
        ("调委会印章", "示例镇人民调解委员会"),
    ]


def test_the_checklist_a_court_would_ask(room: CaseStage) -> None:
    """SQ-05."""
    agreement = replace(room.agreement(), form="oral", breach="")
    card = room.services.cases.settle(room.small(agreement=agreement)).value
    assert card.agreement is not None
    assert [(check.label, check.passed) for check in card.agreement.checks] == [
        ("金额", True),
        ("收款人", True),
        ("期限", True),
        ("方式", True),
        ("违约责任", False),
    ]


def test_local_rules_want_it_written(room: CaseStage) -> None:
    """MED-25: a warning beside an oral agreement, never a refusal (MED-10)."""
    card = room.services.cases.settle(room.small()).value
    assert card.agreement is not None
    assert card.agreement.written_reasons == ("不能当场履行",)
