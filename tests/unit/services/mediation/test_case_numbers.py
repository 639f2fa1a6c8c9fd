"""Case numbers: one PC, per committee and year, without gaps (CL-5)."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.models.committee import Committee
from desk.services.committee_values import CommitteeForm
from desk.services.mediation.forms import (
    TermForm,
)
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage


def test_another_pc_leaves_the_number_open_and_says_so(room: CaseStage) -> None:
    """CL-5: one PC of a committee gives the numbers."""
    committee = room.committees.get(room.committee_id)
    assert committee.gives_numbers
    elsewhere = room.store.device_id[::-1]
    with room.store.write_confirmed() as rows:
        rows.get_one(Committee, room.committee_id).number_device = elsewhere
    card = room.services.cases.settle(room.small()).value
    assert (card.case_no, card.number_note) == ("", "案号由调委会编号的那台电脑给出，给出前留空。")
    with pytest.raises(InputProblem) as told:
        room.services.cases.give_number(card.id)
    assert told.value.field == "case_no"


def test_no_pc_gives_numbers_until_the_head_has_looked(room: CaseStage) -> None:
    """CL-5: so a restore on a new disk leaves a committee."""
    with room.store.write_confirmed() as rows:
        rows.get_one(Committee, room.committee_id).number_device = ""
    card = room.services.cases.settle(room.small()).value
    assert (card.case_no, card.number_note[:11]) == ("", "现在没有电脑编案号：请")
    with pytest.raises(InputProblem, match="没有电脑编"):
        room.services.cases.give_number(card.id)


def test_numbers_run_without_gaps_by_committee_and_year(room: CaseStage, fake_clock: FakeClock) -> None:
    """CL-5: from the committee's first number of this year, then from 1."""
    first = room.services.cases.settle(room.small()).value.case_no
    with pytest.raises(InputProblem):
        room.services.cases.settle(room.small(told=False))
    second = room.services.cases.settle(room.small()).value.case_no
    fake_clock.set("2027-01-04T09:00:00+08:00")
    room.numbers.confirm_clock()
    case = room.form(applied_on=date(2027, 1, 4))
    terms = (TermForm(text="当面道歉", ower="冯某", way="own_act"),)
    agreement = replace(room.agreement(), form="oral", mode="immediate", terms=terms, reached_on=None)
    third = room.services.cases.settle(room.small(case=case, agreement=agreement)).value.case_no
    assert (first, second, third) == (
        "〔2026〕示例人调字第27号",
        "〔2026〕示例人调字第28号",
        "〔2027〕示例人调字第1号",
    )


def test_a_raised_first_number_takes_effect_and_a_lower_one_never(room: CaseStage) -> None:
    """CL-5, never reused: numbers given elsewhere, as after a restore, are passed over by hand."""
    head = room.as_user("head").committees
    row = head.get(room.committee_id)
    asked = CommitteeForm(name=row.name, short_name=row.short_name, kind=row.kind, number_year=2026)
    numbers = []
    for first in (27, 40, 12):
        head.save(replace(asked, number_from=first), room.committee_id)
        numbers.append(room.services.cases.settle(room.small()).value.case_no)
    assert numbers == [f"〔2026〕示例人调字第{n}号" for n in (27, 40, 41)]
