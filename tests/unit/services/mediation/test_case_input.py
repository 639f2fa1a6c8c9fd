"""What was typed, made ready: names, codes, dates, starred numbers."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.services.mediation.forms import (
    AgentForm,
    CaseForm,
    PartyForm,
)
from tests.unit.services.mediation.case_stage import CaseStage


def test_nothing_without_an_applicant_or_a_word(room: CaseStage) -> None:
    with pytest.raises(InputProblem) as told:
        room.services.cases.register(CaseForm(summary="吵架"))
    assert told.value.field == "parties"
    with pytest.raises(InputProblem) as told:
        room.services.cases.register(CaseForm(parties=room.parties()))
    assert told.value.field == "summary"


def test_birth_and_sex_follow_from_the_identity_number(room: CaseStage) -> None:
    party = room.services.cases.get(room.registered()).parties[0]
    assert (party.birth_date, party.sex_label, party.id_type_label) == (
        date(1949, 12, 31),
        "女",
        "居民身份证",
    )


def test_another_number_brings_its_own_birth_and_sex(room: CaseStage) -> None:
    """PI-05: who is a minor hangs on it; a number mended must not leave the old day behind."""
    case_id = room.registered()
    form = room.services.cases.form(case_id)
    mended = replace(form.parties[0], id_no="110105201503070013")
    card = room.services.cases.save(case_id, replace(form, parties=(mended, form.parties[1]))).value
    assert (card.parties[0].birth_date, card.parties[0].sex_label) == (date(2015, 3, 7), "男")
    assert "未成年人" in card.parties[0].flags
    told = replace(room.services.cases.form(case_id).parties[0], birth_date=date(2015, 3, 8))
    card = room.services.cases.save(case_id, replace(form, parties=(told, form.parties[1]))).value
    assert card.parties[0].birth_date == date(2015, 3, 8)


def test_a_number_that_comes_later_leaves_what_was_typed(room: CaseStage) -> None:
    """The number fills what is empty; it overrules neither day nor sex that somebody wrote down."""
    first, second = room.parties()
    typed = replace(first, id_no="", birth_date=date(1950, 1, 1), sex="1")
    case_id = room.registered(parties=(typed, second))
    form = room.services.cases.form(case_id)
    parties = tuple(replace(each, id_no="11010519491231002X") for each in form.parties)
    card = room.services.cases.save(case_id, replace(form, parties=parties)).value
    assert [(party.birth_date, party.sex_label) for party in card.parties] == [
        (date(1950, 1, 1), "男"),
        (date(1949, 12, 31), "女"),
    ]


def test_a_passport_tells_neither_birth_nor_sex(room: CaseStage) -> None:
    first, second = room.parties()
    party = room.services.cases.get(
        room.registered(parties=(replace(first, id_type="passport"), second))
    ).parties[0]
    assert (party.birth_date, party.sex) == (None, "0")


@pytest.mark.parametrize("field", ["phone", "id_no"])
def test_stars_that_stand_for_no_number_are_not_stored(room: CaseStage, field: str) -> None:
    """A line another desk took away and this one writes anew has no number behind its stars any more."""
    case_id = room.registered()
    form = room.services.cases.form(case_id)
    assert "*" in getattr(form.parties[0], field)
    anew = replace(form.parties[0], id="", person_id="")
    with pytest.raises(InputProblem, match="请填写完整号码") as told:
        room.services.cases.save(
            case_id, replace(form, parties=(*form.parties, replace(anew, **_only(field))))
        )
    assert told.value.field == field


def _only(field: str) -> dict[str, str]:
    return {"id_no": ""} if field == "phone" else {"phone": ""}


def test_an_application_to_come_is_refused(room: CaseStage) -> None:
    with pytest.raises(InputProblem) as told:
        room.registered(applied_on=date(2026, 11, 24))
    assert told.value.field == "applied_on"


@pytest.mark.parametrize(
    ("party", "field"),
    [
        (PartyForm(side="respondent", name=" "), "name"),
        (PartyForm(side="respondent", kind="legal_person", name=""), "name"),
    ],
)
def test_a_party_without_a_name(room: CaseStage, party: PartyForm, field: str) -> None:
    with pytest.raises(InputProblem) as told:
        room.registered(parties=(room.parties()[0], party))
    assert told.value.field == field


def test_an_agent_needs_a_name(room: CaseStage) -> None:
    first, second = room.parties()
    with pytest.raises(InputProblem) as told:
        room.registered(parties=(replace(first, agents=(AgentForm(),)), second))
    assert told.value.field == "agent"


def test_a_code_the_form_does_not_offer_is_a_bug(room: CaseStage) -> None:
    with pytest.raises(ValueError, match="dispute_type"):
        room.registered(dispute_type="space")
