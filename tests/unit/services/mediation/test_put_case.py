"""Writing the form onto its rows: what is taken off becomes void, reports keep their time."""

from dataclasses import replace

import pytest

from desk.errors import InputProblem
from desk.services.mediation.forms import (
    CaseMediatorForm,
    PartyForm,
    ReportForm,
)
from tests.unit.services.mediation.case_stage import CaseStage


def test_a_party_taken_off_is_void_and_the_row_stays(room: CaseStage) -> None:
    case_id = room.registered(parties=(*room.parties(), PartyForm(side="respondent", name="李某")))
    form = room.services.cases.form(case_id)
    card = room.services.cases.save(case_id, replace(form, parties=form.parties[:2])).value
    assert [party.name for party in card.parties] == ["钱某", "冯某"]


def test_a_risk_flag_asks_for_its_report(room: CaseStage) -> None:
    """MED-07, LZ-11: to whom, and when it was reported by whom."""
    case_id = room.registered(risk_flags=("minor_harm", "escalation"))
    due = room.services.cases.due()
    assert [(item.word, item.record_id) for item in due] == [("强制报告", case_id)]
    form = room.services.cases.form(case_id)
    reported = replace(form, reports=(ReportForm("minor_harm", "police"),))
    card = room.services.cases.save(case_id, reported).value
    risk = next(each for each in card.risks if each.flag == "minor_harm")
    assert (risk.recipient, risk.reporter, risk.must_report) == (
        "police",
        "王某某",
        "公安机关、民政部门、教育部门",
    )
    assert risk.reported_at is not None
    assert room.services.cases.due() == ()


def test_a_report_to_the_wrong_body_is_refused(room: CaseStage) -> None:
    with pytest.raises(InputProblem) as told:
        room.registered(risk_flags=("criminal",), reports=(ReportForm("criminal", "education"),))
    assert told.value.field == "reports"


def test_the_committee_stays_once_the_case_has_its_number(room: CaseStage) -> None:
    """CL-5: the number names the committee."""
    card = room.services.cases.settle(room.small()).value
    form = room.services.cases.form(card.id)
    with pytest.raises(InputProblem) as told:
        room.services.cases.save(card.id, replace(form, committee_id=""))
    assert told.value.field == "committee"


def test_a_mediator_there_is_not_is_refused(room: CaseStage) -> None:
    with pytest.raises(InputProblem) as told:
        room.registered(mediators=(CaseMediatorForm(mediator_id="nobody"),))
    assert told.value.field == "mediators"


def test_who_chose_the_mediator_is_kept(room: CaseStage) -> None:
    """MED-03."""
    chosen = (CaseMediatorForm(mediator_id=room.other_mediator_id, chosen_by="chosen"),)
    card = room.services.cases.get(room.registered(mediators=chosen))
    assert [(each.name, each.chosen_label) for each in card.mediators] == [("周某", "当事人选定")]


def test_who_is_bound_by_an_agreement_in_force_stays(room: CaseStage) -> None:
    """MED-12: nobody joins or leaves an agreement in force; what else is told of a party may be mended."""
    case_id = room.agreed()
    form = room.services.cases.form(case_id)
    first, second = form.parties
    joined = (first, second, PartyForm(side="third", name="沈某"))
    for parties in ((first,), joined, (first, replace(second, representative=True))):
        with pytest.raises(InputProblem) as told:
            room.services.cases.save(case_id, replace(form, parties=parties))
        assert told.value.field == "parties"
    mended = (first, replace(second, id_no="110105200503070036"))
    card = room.services.cases.save(case_id, replace(form, parties=mended)).value
    assert card.agreement is not None
    assert card.agreement.effective_on is not None


def test_a_party_that_has_signed_is_not_dropped(room: CaseStage) -> None:
    case_id = room.mediating(parties=(*room.parties(), PartyForm(side="third", name="沈某")))
    room.services.agreements.save(case_id, room.agreement())
    room.services.agreements.sign(case_id, "party", room.party_ids(case_id)[2])
    form = room.services.cases.form(case_id)
    with pytest.raises(InputProblem, match="沈某已经在协议上签字"):
        room.services.cases.save(case_id, replace(form, parties=form.parties[:2]))
    card = room.services.cases.save(case_id, replace(form, parties=form.parties[::2])).value
    assert [party.name for party in card.parties] == ["钱某", "沈某"]


def test_a_mediator_who_has_signed_the_agreement_stays(room: CaseStage) -> None:
    """MED-12: the signature is theirs; taken back, another may take the case."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    card = room.services.agreements.sign(case_id, "mediator").value
    form = room.services.cases.form(case_id)
    other = (CaseMediatorForm(mediator_id=room.other_mediator_id),)
    with pytest.raises(InputProblem) as told:
        room.services.cases.save(case_id, replace(form, mediators=other))
    assert told.value.field == "mediators"
    room.services.cases.save(case_id, replace(form, remark="不动调解员的更正"))
    assert card.agreement is not None
    signed = next(each.id for each in card.agreement.signatures if each.role == "mediator")
    room.services.agreements.unsign(case_id, signed, "登记错了")
    saved = room.services.cases.save(case_id, replace(form, mediators=other)).value
    assert [each.mediator_id for each in saved.mediators] == [room.other_mediator_id]
