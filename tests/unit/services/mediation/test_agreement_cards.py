"""The agreement as shown: places of signatures, the checklist, why writing is wanted."""

from dataclasses import replace

import pytest

from desk.errors import InputProblem
from desk.services.mediation import paper_list, paper_values
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


def test_namesakes_are_told_apart_in_a_term_and_on_paper(room: CaseStage) -> None:
    """F-07: who owes whom is beyond doubt; what is stored is the name, told apart only while it is shared."""
    first, second = room.parties()
    case_id = room.mediating(parties=(replace(first, name="孙某"), replace(second, name="孙某")))
    applicant, respondent = room.party_ids(case_id)
    term = replace(room.agreement().terms[1], ower="", ower_id=respondent, payee="", payee_id=applicant)
    room.services.agreements.save(case_id, replace(room.agreement(), terms=(term,)))
    card = room.services.cases.get(case_id)
    assert card.agreement is not None
    (line,) = paper_values.agreement(card, card.agreement).terms
    assert "履行人：被申请人孙某；接受人：申请人孙某；" in line.line
    assert room.services.agreements.form(case_id).terms[0].ower == "孙某"
    paper = paper_values.agreement(card, card.agreement)
    assert paper.party_names == ("申请人孙某", "被申请人孙某")
    assert [each.name for each in card.agreement.signatures][:2] == ["申请人孙某", "被申请人孙某"]
    asked = paper_values.confirmation_application(card, card.agreement)
    assert asked.party_names == ("申请人甲孙某", "申请人乙孙某")
    form = room.services.cases.form(case_id)
    room.services.cases.save(
        case_id, replace(form, parties=(replace(form.parties[0], name="钱某"), form.parties[1]))
    )
    shown = room.services.cases.get(case_id).agreement
    assert shown is not None
    assert (shown.terms[0].ower, shown.terms[0].payee) == ("孙某", "钱某")


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


def test_med10_med25_a_party_that_asks_for_writing_gets_the_written_paper(room: CaseStage) -> None:
    """The tick is kept, warns beside the oral one, keeps it out of force, and F-07 is the way out."""
    case_id = room.mediating()
    asked = room.agreement(form="oral", written_asked=True)
    card = room.services.agreements.save(case_id, asked).value
    assert room.services.agreements.form(case_id).written_asked
    assert card.agreement is not None
    assert "当事人要求制作书面协议" in card.agreement.written_reasons
    with pytest.raises(InputProblem, match="请选“书面”") as told:
        room.services.agreements.agree(case_id)
    assert told.value.field == "written_asked"
    form = replace(room.services.agreements.form(case_id), form="written")
    room.services.agreements.save(case_id, form)
    room.signed(case_id)
    agreed = room.services.agreements.agree(case_id).value
    assert agreed.state == "agreed_written"
    assert "F-07" in [paper.form for paper in paper_list.papers(room.services.cases.for_paper(case_id))]
