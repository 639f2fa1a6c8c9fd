"""Case numbers: one PC, per committee and year, without gaps (CL-5)."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.models.committee import Committee
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
