"""Consent, acceptance, rejection, longer and paused clocks (MED-02, 20…24, 27, 29)."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.mediation import paper_list
from desk.services.mediation.forms import CaseForm, EndForm, PartyForm
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import TODAY, CaseStage


def test_the_other_side_is_asked_and_answers(room: CaseStage) -> None:
    """MED-02."""
    case_id = room.registered()
    assert room.services.steps.ask(case_id).value.state_label == "征求对方意见"
    other = room.party_ids(case_id)[1]
    card = room.services.steps.answer(case_id, other, False).value
    assert card.parties[1].consent_label == "拒绝调解"
    with pytest.raises(InputProblem) as told:
        room.services.steps.accept(case_id)
    assert "冯某明确拒绝调解，不得调解。" in told.value.sentence
    card = room.services.steps.answer(case_id, other, True).value
    assert (card.parties[1].consent, card.parties[1].refused_on) == ("agreed", None)


def test_accepted_on_one_application_with_its_number(room: CaseStage) -> None:
    """One application is enough; the other side is asked before the first sitting."""
    case_id = room.registered()
    card = room.services.steps.accept(case_id).value
    assert (card.state, card.accepted_on) == ("accepted", TODAY)
    assert card.case_no == "〔2026〕示例人调字第27号"
    assert card.clocks[0].label == "调解期限"
    assert card.clocks[0].until == date(2026, 12, 23)


def test_accepted_on_the_committees_own_initiative(room: CaseStage) -> None:
    """MED-02: 主动调解 needs no application."""
    card = room.services.steps.accept(room.registered(source="initiative", applied_on=None)).value
    assert (card.state, card.source_label) == ("accepted", "主动调解")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"committee_id": ""}, "没有调委会，协议没有人民调解的效力"),
        ({"barred": ("court",)}, "人民法院已经受理或者解决，人民调解委员会不得受理。"),
        ({"competence": ""}, "请选择由本调委会受理的理由"),
        ({"applied_on": None}, "请登记当事人的申请"),
        ({"source": "court"}, "法院委托移送的案件要有委托调解函。"),
        ({"dispute_type": ""}, "请选择纠纷类型。"),
        ({"parties": (PartyForm(name="钱某"),)}, "请登记被申请人"),
    ],
)
def test_what_keeps_a_case_from_being_accepted(
    room: CaseStage, changes: dict[str, object], words: str
) -> None:
    """LZ-04, MED-20, 21, 22, 29; nothing is spent by a refusal."""
    case_id = room.registered(**changes)
    with pytest.raises(InputProblem) as told:
        room.services.steps.accept(case_id)
    assert words in told.value.sentence
    assert room.services.cases.get(case_id).state == "registered"
    assert room.services.steps.accept(room.registered()).value.case_no.endswith("第27号")


def test_accepted_before_the_application_or_tomorrow(room: CaseStage) -> None:
    case_id = room.registered()
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(InputProblem) as told:
            room.services.steps.accept(case_id, day)
        assert told.value.field == "accepted_on"


def test_only_mediator_and_head_decide(room: CaseStage) -> None:
    """LZ-01: a deputy explains, records, follows up; never decides."""
    for role in ("clerk", "deputy"):
        desk = room.as_user(role, user_id=role)
        case_id = desk.registered()
        with pytest.raises(AccessProblem):
            desk.services.steps.accept(case_id)
        with pytest.raises(AccessProblem):
            desk.services.steps.reject(case_id, "不属于")
        desk.services.steps.answer(case_id, desk.party_ids(case_id)[1], True)
        assert room.as_user("head").services.steps.accept(case_id).value.state == "accepted"


def test_rejected_with_a_reason(room: CaseStage) -> None:
    case_id = room.registered()
    with pytest.raises(InputProblem):
        room.services.steps.reject(case_id, " ")
    card = room.services.steps.reject(case_id, "法院已经受理。").value
    assert (card.state, card.end.way, card.end.reason) == ("rejected", "rejected", "法院已经受理。")
    assert card.case_no == ""


def test_extended_once_with_everybodys_consent(room: CaseStage) -> None:
    """MED-24: 30 + 30 days by default."""
    case_id = room.accepted()
    first, second = room.party_ids(case_id)
    with pytest.raises(InputProblem) as told:
        room.services.steps.extend(case_id, "申请人", (first,))
    assert told.value.field == "extended"
    card = room.services.steps.extend(case_id, "双方", (first, second), "等鉴定").value
    assert card.clocks[0].until == date(2027, 1, 22)
    assert [(each.kind, each.days, each.reason) for each in card.extensions] == [("extension", 30, "等鉴定")]
    with pytest.raises(InputProblem) as told:
        room.services.steps.extend(case_id, "双方", (first, second))
    assert told.value.field == "extended"


def test_med24_after_the_longer_term_the_mediation_is_ended_with_its_notice(
    room: CaseStage, fake_clock: FakeClock
) -> None:
    """No third term: what is left is F-12, which names the other ways."""
    case_id = room.accepted()
    parties = room.party_ids(case_id)
    room.services.steps.extend(case_id, "双方", parties)
    fake_clock.forward(days=70)
    card = room.services.cases.get(case_id)
    assert card.clocks[0].until == date(2027, 1, 22)
    assert "逾期" in card.clocks[0].left_text
    with pytest.raises(InputProblem) as told:
        room.services.steps.extend(case_id, "双方", parties)
    assert told.value.field == "extended"
    form = EndForm(cause="no_agreement", remedies_told=True)
    room.services.endings.terminate(case_id, form)
    ended = room.services.cases.for_paper(case_id)
    assert "F-12" in {paper.form for paper in paper_list.due(ended, paper_list.papers(ended), frozenset())}


def test_a_pause_does_not_count(room: CaseStage, fake_clock: FakeClock) -> None:
    """DL-07."""
    case_id = room.accepted()
    fake_clock.forward(days=2)
    card = room.services.steps.pause(case_id, "等鉴定").value
    assert card.clocks[0].paused
    assert card.clocks[0].left_text.startswith("已中止，")
    with pytest.raises(InputProblem):
        room.services.steps.pause(case_id, "再等")
    fake_clock.forward(days=9)
    card = room.services.steps.resume(case_id).value
    assert not card.clocks[0].paused
    assert card.clocks[0].until == date(2027, 1, 4)
    assert card.clocks[0].until_text.endswith("（01-02 休息日顺延）")
    with pytest.raises(InputProblem):
        room.services.steps.resume(case_id)


def test_told_rights_and_duties(room: CaseStage) -> None:
    """F-03, MED-05, 06."""
    case_id = room.accepted()
    card = room.services.steps.tell(case_id, room.party_ids(case_id)[0], "written").value
    assert (card.parties[0].told_on, card.parties[0].told_by) == (TODAY, "王某某")
    with pytest.raises(InputProblem):
        room.services.steps.tell(case_id, room.party_ids(case_id)[0], "")


def test_a_labour_dispute_says_when_arbitration_is_open(room: CaseStage) -> None:
    """MED-30."""
    card = room.services.cases.get(room.accepted(dispute_type="migrant_wages"))
    labour = next(clock for clock in card.clocks if clock.key == "labour")
    assert labour.until == date(2026, 12, 8)
    assert "劳动仲裁" in labour.left_text


def test_a_case_is_not_asked_about_after_its_end(room: CaseStage) -> None:
    case_id = room.registered()
    room.services.steps.reject(case_id, "不属于受理范围")
    with pytest.raises(InputProblem):
        room.services.steps.answer(case_id, room.party_ids(case_id)[1], True)
    with pytest.raises(InputProblem):
        room.services.cases.save(case_id, replace(CaseForm(), parties=room.parties(), title="改"))
