"""A case read back as a form, and one field in clear."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.mediation.forms import (
    AgentForm,
    ParticipantForm,
)
from tests.unit.services.mediation.case_stage import TODAY, CaseStage


def test_phones_and_numbers_are_starred_and_stay_when_saved_back(room: CaseStage) -> None:
    """§8 masking; the form shows stars, and stars saved back mean what is on disk."""
    case_id = room.registered()
    card = room.services.cases.get(case_id)
    assert card.parties[0].phone == "139****0172"
    assert card.parties[0].id_no == "110105********002X"
    form = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(form, summary="补充：衣柜也受损。"))
    clear = room.services.cases.for_paper(case_id)
    assert (clear.parties[0].phone, clear.parties[0].id_no) == ("13900000172", "11010519491231002X")
    assert clear.summary == "补充：衣柜也受损。"


def test_reveal_needs_a_reason_and_is_written_down(room: CaseStage) -> None:
    """SEC-05."""
    case_id = room.registered()
    party = room.services.cases.get(case_id).parties[0]
    with pytest.raises(InputProblem):
        room.services.cases.reveal(case_id, party.id, "phone", " ")
    assert room.services.cases.reveal(case_id, party.id, "phone", "电话通知调解") == "13900000172"
    with pytest.raises(AccessProblem):
        room.as_user("clerk").services.cases.reveal(case_id, party.id, "phone", "看看")


def test_the_form_gives_back_what_was_typed(room: CaseStage) -> None:
    form = room.form(
        participants=(ParticipantForm(name="孙某某", relation="neighbour", phone="13700000001"),),
        risk_flags=("criminal",),
        barred=("police",),
    )
    agent = AgentForm(name="吴某", phone="13700000002", powers=("attend_sign", "claims"), letter_on=TODAY)
    first, second = form.parties
    case_id = room.registered(
        parties=(replace(first, agents=(agent,)), second), participants=form.participants
    )
    back = room.services.cases.form(case_id)
    assert (back.title, back.claims, back.competence) == (form.title, form.claims, "arose_here")
    assert back.parties[0].agents[0].powers == ("attend_sign", "claims")
    card = room.services.cases.save(case_id, back).value
    assert card.participants[0].phone == "137****0001"
    clear = room.services.cases.for_paper(case_id)
    assert clear.participants[0].phone == "13700000001"
    assert clear.parties[0].agents[0].phone == "13700000002"


def test_the_phone_of_somebody_who_helps_is_revealed_too(room: CaseStage) -> None:
    """SEC-05: starred like everybody's, so it needs the same way out."""
    helps = ParticipantForm(name="孙某某", relation="neighbour", phone="13700000001")
    case_id = room.registered(participants=(helps,))
    (shown,) = room.services.cases.get(case_id).participants
    assert shown.phone == "137****0001"
    assert room.services.cases.reveal(case_id, shown.id, "phone", "通知到场") == "13700000001"
    with pytest.raises(InputProblem):
        room.services.cases.reveal(case_id, shown.id, "id_no", "看看")
