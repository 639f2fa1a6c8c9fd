"""The agreement: words, signatures and seal, its effect, what is owed (MED-10…14)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from desk.errors import InputProblem
from desk.models.audit import Audit
from desk.services.mediation.forms import PartyForm, TermForm
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import TODAY, CaseStage


def test_in_force_on_the_last_signature(room: CaseStage, fake_clock: FakeClock) -> None:
    """MED-12: the effective date is the latest of all of them, and derived."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    for party_id in room.party_ids(case_id):
        room.services.agreements.sign(case_id, "party", party_id, way="fingerprint")
    room.services.agreements.sign(case_id, "mediator")
    room.services.agreements.sign(case_id, "recorder")
    fake_clock.forward(days=2)
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert told.value.sentence == "还没有加盖人民调解委员会印章，协议不能生效。"
    room.services.agreements.sign(case_id, "seal")
    done = room.services.agreements.agree(case_id)
    card = done.value
    assert (card.state, card.badge) == ("agreed_written", "已达成书面协议 · 待履行")
    assert card.agreement is not None
    assert (card.agreement.effective_on, card.agreement.copies) == (date(2026, 11, 25), 3)
    assert [place.way_label for place in card.agreement.signatures] == [
        "按指印",
        "按指印",
        "签名",
        "签名",
        "盖章",
    ]
    assert ("协议生效", date(2026, 11, 25)) in [(entry.label, entry.day) for entry in card.timeline]


def test_every_party_signs(room: CaseStage) -> None:
    """MED-12: one missing signature keeps it out of force."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    room.signed(case_id)
    card = room.services.cases.get(case_id)
    assert card.agreement is not None
    place = card.agreement.signatures[1]
    with pytest.raises(InputProblem):
        room.services.agreements.unsign(case_id, place.id, "")
    card = room.services.agreements.unsign(case_id, place.id, "按错了").value
    assert card.agreement is not None
    assert card.agreement.effective_on is None
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert told.value.sentence == "冯某还没有签名、盖章或者按指印，协议不能生效。"


def test_what_was_signed_before_stays_signed(room: CaseStage) -> None:
    """MED-16: an agreement replaced keeps its signatures, and so the day it took effect."""
    case_id = room.agreed()
    room.services.endings.remediate(case_id, "对方不履行")
    card = room.services.agreements.save(case_id, room.agreement(reached_on=None)).value
    old = card.former_agreements[0]
    with pytest.raises(InputProblem, match="已被代替"):
        room.services.agreements.unsign(case_id, old.signatures[0].id, "按错了")
    assert room.services.cases.get(case_id).former_agreements[0].effective_on == TODAY


def test_an_oral_one_stands_on_its_day(room: CaseStage) -> None:
    """MED-10, 13."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement(form="oral", responsibilities=""))
    card = room.services.agreements.agree(case_id).value
    assert (card.state, card.agreement and card.agreement.effective_on) == ("agreed_oral", TODAY)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"facts": ""}, "请写明纠纷的主要事实。"),
        ({"responsibilities": ""}, "请写明各方当事人的责任。"),
        ({"terms": ()}, "请写明协议内容，至少一条。"),
        ({"mode": ""}, "请选择履行方式。"),
        ({"terms": (TermForm(text="赔偿", kind="money", ower="冯某"),)}, "第 1 条没有写金额。"),
    ],
)
def test_what_the_words_must_hold(room: CaseStage, changes: dict[str, object], sentence: str) -> None:
    """MED-11."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement(**changes))
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert sentence in told.value.sentence


def test_an_agreement_before_the_acceptance_is_refused(room: CaseStage) -> None:
    case_id = room.mediating()
    for day, words in ((date(2026, 11, 22), "早于受理日期"), (date(2026, 11, 24), "还没有到")):
        with pytest.raises(InputProblem) as told:
            room.services.agreements.save(case_id, room.agreement(reached_on=day))
        assert (told.value.field, words in told.value.sentence) == ("reached_on", True)


def test_signed_before_the_agreement_or_tomorrow(room: CaseStage) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    party = room.party_ids(case_id)[0]
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(InputProblem) as told:
            room.services.agreements.sign(case_id, "party", party, day)
        assert told.value.field == "signed_on"


def test_a_third_party_signs_too(room: CaseStage) -> None:
    """MED-12: every party signs, whichever its side; MED-24: it is asked about a longer term as well."""
    third = PartyForm(side="third", name="沈某", phone="13900000174")
    case_id = room.mediating(parties=(*room.parties(), third))
    room.services.agreements.save(case_id, room.agreement())
    first, second, last = room.party_ids(case_id)
    with pytest.raises(InputProblem) as told:
        room.services.steps.extend(case_id, "双方", (first, second))
    assert told.value.field == "extended"
    for party_id in (first, second):
        room.services.agreements.sign(case_id, "party", party_id)
    for role in ("mediator", "recorder", "seal"):
        room.services.agreements.sign(case_id, role)
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert told.value.sentence == "沈某还没有签名、盖章或者按指印，协议不能生效。"
    room.services.agreements.sign(case_id, "party", last)
    card = room.services.agreements.agree(case_id).value
    assert card.agreement is not None
    assert (card.state, card.agreement.copies) == ("agreed_written", 4)


def test_nothing_to_agree_before_a_sitting(room: CaseStage) -> None:
    case_id = room.willing()
    room.services.agreements.save(case_id, room.agreement())
    room.signed(case_id)
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert told.value.field == "state"


def test_in_force_it_is_not_changed(room: CaseStage) -> None:
    case_id = room.agreed()
    with pytest.raises(InputProblem):
        room.services.agreements.save(case_id, room.agreement(breach=""))
    with pytest.raises(InputProblem):
        room.services.agreements.sign(case_id, "seal")


def test_the_form_comes_back_and_keeps_its_terms(room: CaseStage) -> None:
    case_id = room.mediating()
    before = room.services.agreements.save(case_id, room.agreement()).value.agreement
    form = room.services.agreements.form(case_id)
    assert [term.amount for term in form.terms] == ["", "2,600.00", ""]
    after = room.services.agreements.save(case_id, replace(form, terms=form.terms[:2])).value.agreement
    assert before is not None
    assert after is not None
    assert [term.id for term in after.terms] == [term.id for term in before.terms[:2]]


def test_performed_bit_by_bit(room: CaseStage) -> None:
    """MED-14: each term has its state; part of a sum is written down as paid so far."""
    case_id = room.agreed()
    first, second = room.term_ids(case_id)
    card = room.services.agreements.term_done(case_id, first).value
    assert (card.state, card.agreement and card.agreement.terms[0].state_label) == ("performing", "已履行")
    with pytest.raises(InputProblem) as told:
        room.services.agreements.term_done(case_id, second, amount="2,600.01")
    assert told.value.field == "amount"
    with pytest.raises(InputProblem, match="一分没付"):
        room.services.agreements.term_done(case_id, second, amount="0")
    card = room.services.agreements.term_done(case_id, second, amount="1000").value
    assert card.agreement is not None
    assert (card.agreement.terms[1].state, card.agreement.terms[1].performed_fen) == ("partly", 100_000)
    card = room.services.agreements.term_done(case_id, second).value
    assert card.agreement is not None
    assert card.agreement.terms[1].state == "performed"
    card = room.services.agreements.term_open(case_id, second, "其实没付").value
    assert card.agreement is not None
    assert (card.agreement.terms[1].state, card.agreement.terms[1].performed_on) == ("open", None)


def test_a_mere_word_is_not_owed(room: CaseStage) -> None:
    case_id = room.agreed()
    agreement = room.services.cases.get(case_id).agreement
    assert agreement is not None
    with pytest.raises(InputProblem):
        room.services.agreements.term_done(case_id, agreement.terms[2].id)
    with pytest.raises(InputProblem) as told:
        room.services.agreements.term_done(case_id, agreement.terms[0].id, date(2026, 11, 22))
    assert told.value.field == "performed_on"


def test_a_performance_written_down_by_mistake_is_taken_back(room: CaseStage) -> None:
    """MED-14: the case is under way again, its visit too, and no second mediation is needed for it."""
    case_id = room.agreed()
    first, second = room.term_ids(case_id)
    with pytest.raises(InputProblem) as told:
        room.services.agreements.term_open(case_id, first, "点错了")
    assert told.value.field == "clauses"
    for term_id in (first, second):
        room.services.agreements.term_done(case_id, term_id)
    assert room.services.aftercare.conclude(case_id).value.state == "performed"
    with pytest.raises(InputProblem) as told:
        room.services.agreements.term_open(case_id, second, " ")
    assert told.value.field == "reason"
    card = room.services.agreements.term_open(case_id, second, "转账是另一笔钱").value
    assert card.state == "performing"
    assert card.agreement is not None
    taken_back = next(term for term in card.agreement.terms if term.id == second)
    assert (taken_back.state, taken_back.performed_on, taken_back.note) == ("open", None, "转账是另一笔钱")
    with room.store.read() as rows:
        newest = rows.scalars(select(Audit).order_by(Audit.n.desc())).first()
        assert newest is not None
        assert (newest.action, newest.target_id) == ("mediation_take_back", case_id)
    assert "take_back" not in {verb.verb for verb in card.verbs}


def test_med02_a_party_that_took_its_consent_back_is_bound_by_nothing(room: CaseStage) -> None:
    """MED-02, 05: a party may end the mediation at any time before it agreed."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    room.signed(case_id)
    other = room.party_ids(case_id)[1]
    room.services.steps.answer(case_id, other, False)
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert (told.value.field, told.value.sentence) == ("consent", "冯某明确拒绝调解，不得调解。")
    assert room.services.cases.get(case_id).state == "mediating"
    room.services.steps.answer(case_id, other, True)
    assert room.services.agreements.agree(case_id).value.state == "agreed_written"
