"""矛盾调解: registering, correcting, the small oral case, reading by right (issue B)."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.models.mediation import Mediation
from desk.services.mediation.forms import TermForm
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import TODAY, CaseStage


def test_registered_with_a_number_at_once(room: CaseStage) -> None:
    card = room.services.cases.register(room.form()).value
    assert (card.number, card.state, card.case_no) == ("TJ2026-A0001", "registered", "")
    assert card.title == "楼上漏水赔偿纠纷"
    assert [(party.name, party.side_label, party.consent) for party in card.parties] == [
        ("钱某", "申请人", "applied"),
        ("冯某", "被申请人", "unasked"),
    ]
    assert card.parties[0].birth_date == date(1949, 12, 31)
    assert card.claims == ("赔偿天花板修复费用",)


def test_small_oral_case_in_one_go(room: CaseStage) -> None:
    """F-08: registered, accepted with its number, agreed orally (MED-13), the light set of papers."""
    done = room.services.cases.settle(room.small())
    card = done.value
    assert (card.state, card.case_no) == ("agreed_oral", "〔2026〕示例人调字第27号")
    assert (card.accepted_on, card.small, card.oral_application) == (TODAY, True, False)
    assert card.agreement is not None
    assert (card.agreement.effective_on, card.agreement.in_force) == (TODAY, True)
    assert [(term.amount_figures, term.amount_words) for term in card.agreement.terms] == [
        ("", ""),
        ("2,600.00 元", "贰仟陆佰元整"),
        ("", ""),
    ]
    assert {"mediation", "party", "agreement"} <= done.changed
    assert card.result == "success"


def test_small_case_performed_on_the_spot_is_closed(room: CaseStage) -> None:
    terms = (TermForm(text="当面道歉", ower="冯某", way="own_act"),)
    agreement = replace(room.agreement(), form="oral", mode="immediate", terms=terms)
    card = room.services.cases.settle(room.small(agreement=agreement, performed=True)).value
    assert (card.state, card.state_label) == ("performed", "已履行")
    assert card.clocks == ()


def test_a_case_accepted_weeks_ago_is_settled_today(room: CaseStage, fake_clock: FakeClock) -> None:
    """MED-13: an oral agreement stands on the day it is reached, not on that of the acceptance."""
    case_id = room.accepted()
    fake_clock.forward(days=20)
    terms = (TermForm(text="赔偿", ower="冯某", payee="钱某", amount="300", way="cash"),)
    oral = replace(room.agreement(), form="oral", mode="immediate", terms=terms, reached_on=None)
    small = room.small(case=room.services.cases.form(case_id), agreement=oral, performed=True)
    card = room.services.cases.settle(small, case_id).value
    assert card.agreement is not None
    today = date(2026, 12, 13)
    assert (card.accepted_on, card.agreement.effective_on) == (TODAY, today)
    assert card.agreement.terms[0].performed_on == today
    assert card.parties[1].agreed_on == today


def test_small_case_lists_all_that_is_missing_and_writes_nothing(room: CaseStage) -> None:
    """MED-02, MED-11: one durable transaction, or none."""
    with pytest.raises(InputProblem) as told:
        room.services.cases.settle(room.small(agreed=False))
    assert "冯某还没有同意调解，不能开始调解。" in told.value.sentence
    assert room.services.cases.page().rows == ()
    card = room.services.cases.settle(room.small()).value
    assert (card.number, card.case_no) == ("TJ2026-A0001", "〔2026〕示例人调字第27号")


def test_a_hard_dispute_is_not_for_one_page(room: CaseStage) -> None:
    with pytest.raises(InputProblem) as told:
        room.services.cases.settle(room.small(case=room.form(difficulty="hard")))
    assert told.value.field == "difficulty"


def test_void_before_acceptance_only(room: CaseStage) -> None:
    case_id = room.registered()
    with pytest.raises(InputProblem):
        room.services.cases.void(case_id, "")
    room.services.cases.void(case_id, "重复登记")
    with pytest.raises(InputProblem):
        room.services.cases.get(case_id)
    settled = room.services.cases.settle(room.small()).value
    assert settled.number == "TJ2026-A0002"
    with pytest.raises(InputProblem):
        room.services.cases.void(settled.id, "不想要了")


def test_f02_after_acceptance_the_day_of_the_application_is_no_later(room: CaseStage) -> None:
    """F-01, F-02: the case was accepted on an application, which has its day before the acceptance."""
    case_id = room.registered()
    room.services.steps.accept(case_id)
    with room.store.write_confirmed() as rows:
        rows.get_one(Mediation, case_id).accepted_on = date(2026, 11, 20)
    form = room.services.cases.form(case_id)
    for day, words in ((date(2026, 11, 21), "晚于受理日期"), (None, "不能空着")):
        with pytest.raises(InputProblem, match=words) as told:
            room.services.cases.save(case_id, replace(form, applied_on=day))
        assert told.value.field == "applied_on"
    assert room.services.cases.get(case_id).applied_on == TODAY
    same = replace(form, applied_on=date(2026, 11, 20))
    assert room.services.cases.save(case_id, same).value.applied_on == date(2026, 11, 20)


def test_f02_what_nobody_applied_for_has_no_day_of_application(room: CaseStage) -> None:
    own = room.accepted(source="initiative", applied_on=None)
    assert room.services.cases.save(own, room.services.cases.form(own)).value.applied_on is None
    open_yet = room.registered()
    cleared = replace(room.services.cases.form(open_yet), applied_on=None)
    assert room.services.cases.save(open_yet, cleared).value.applied_on is None
