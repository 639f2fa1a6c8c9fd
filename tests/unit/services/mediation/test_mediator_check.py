"""Mediators are checked like advisers: who advised one side does not mediate for both (FL-11, MED-17)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.committee import Mediator
from desk.models.conflict_check import ConflictCheck
from desk.models.consultation import Consultation
from desk.services import conflicts
from desk.services.mediation.forms import CaseMediatorForm
from tests import case_factories, factories
from tests.unit.services.mediation.case_stage import CaseStage


def advised(room: CaseStage, *, phone: str) -> None:
    """Let the mediator have advised 冯某 before, as the lawyer they are too."""
    with room.store.write_confirmed() as rows:
        user = factories.user(name="王某某", roles="lawyer,mediator")
        earlier = factories.consultation(
            adviser_id=user.record_id,
            name_told="冯某",
            phone_told=phone,
            state="finished",
            answer="可以协商。",
        )
        rows.add_all([user, earlier])
        rows.get_one(Mediator, room.mediator_id).user_id = user.record_id
        conflicts.file_consultation(rows, earlier, ())


def results(room: CaseStage, case_id: str) -> list[str]:
    """Return the answers written down for a case, the oldest first."""
    with room.store.read() as rows:
        query = select(ConflictCheck.result).where(ConflictCheck.for_id == case_id)
        return list(rows.scalars(query.order_by(ConflictCheck.checked_at, ConflictCheck.record_id)))


def test_nobody_hit_is_written_down_once(room: CaseStage) -> None:
    case_id = room.registered()
    card = room.services.cases.save(case_id, room.services.cases.form(case_id)).value
    assert card.mediators[0].conflict == "clear"
    assert results(room, case_id) == ["clear"]


def test_who_advised_one_side_does_not_mediate(room: CaseStage) -> None:
    """The sentence says no more than that; another mediator is the way out."""
    advised(room, phone="13900000173")
    case_id = room.registered()
    card = room.services.cases.get(case_id)
    assert (card.mediators[0].conflict, card.mediators[0].check_id) == ("hit", "")
    for step in (
        lambda: room.services.steps.accept(case_id),
        lambda: room.services.cases.settle(room.small(case=room.services.cases.form(case_id)), case_id),
    ):
        with pytest.raises(InputProblem) as told:
            step()
        assert told.value.sentence == "本案请换一位调解员：王某某。"
    form = room.services.cases.form(case_id)
    other = (CaseMediatorForm(mediator_id=room.other_mediator_id),)
    room.services.cases.save(case_id, replace(form, mediators=other))
    assert room.services.steps.accept(case_id).value.state == "accepted"


def test_the_head_may_judge_a_namesake(room: CaseStage) -> None:
    """Only a name agreed: another person, if the head says so and why; saved again it holds."""
    advised(room, phone="13700000009")
    case_id = room.registered()
    head = room.as_user("head", user_id="head", name="周某某")
    assert head.services.cases.get(case_id).mediators[0].check_id
    with pytest.raises(AccessProblem):
        room.services.checks.judge(case_id, room.mediator_id, "不是同一人")
    with pytest.raises(InputProblem):
        head.services.checks.judge(case_id, room.mediator_id, " ")
    card = head.services.checks.judge(case_id, room.mediator_id, "年龄相差二十岁").value
    assert card.mediators[0].conflict == "namesake"
    form = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(form, summary="补充"))
    assert room.services.steps.accept(case_id).value.state == "accepted"
    assert results(room, case_id) == ["hit", "namesake"]


def test_another_namesake_than_the_one_judged_is_judged_by_itself(room: CaseStage) -> None:
    advised(room, phone="13700000009")
    case_id = room.registered()
    head = room.as_user("head", user_id="head", name="周某某")
    head.services.checks.judge(case_id, room.mediator_id, "年龄相差二十岁")
    advised(room, phone="13700000008")
    with room.store.write_confirmed() as rows:
        first, second = rows.scalars(select(Consultation)).all()
        second.adviser_id = first.adviser_id
        rows.get_one(Mediator, room.mediator_id).user_id = first.adviser_id
    form = room.services.cases.form(case_id)
    card = room.services.cases.save(case_id, replace(form, summary="补充")).value
    assert card.mediators[0].conflict == "hit"
    head.services.checks.judge(case_id, room.mediator_id, "也不是")
    card = room.services.cases.save(case_id, replace(form, summary="再补充")).value
    assert card.mediators[0].conflict == "namesake"
    assert results(room, case_id) == ["hit", "namesake", "hit", "namesake"]


def test_the_same_phone_is_no_namesake(room: CaseStage) -> None:
    advised(room, phone="13900000173")
    case_id = room.registered()
    head = room.as_user("head", user_id="head")
    with pytest.raises(InputProblem) as told:
        head.services.checks.judge(case_id, room.mediator_id, "同名")
    assert "不能认定为同名" in told.value.sentence
    with pytest.raises(InputProblem):
        head.services.checks.judge(case_id, room.other_mediator_id, "没有命中")


def test_parties_of_a_case_are_known_to_later_checks(room: CaseStage) -> None:
    """What is mediated here stands against advising the other side later; a void case does not."""
    case_id = room.registered()

    def filed() -> int:
        with room.store.read() as rows:
            found = rows.connection().exec_driver_sql(
                "SELECT count(*) FROM conflict_key WHERE case_id = ?", (case_id,)
            )
            return int(found.scalar_one())

    whole = filed()
    assert whole > 0
    form = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(form, parties=form.parties[:1]))
    assert 0 < filed() < whole
    room.services.cases.void(case_id, "重复登记")
    assert filed() == 0


def test_a_declared_interest_stands_too(room: CaseStage) -> None:
    with room.store.write_confirmed() as rows:
        rows.add(case_factories.interest(mediator_id=room.mediator_id, user_id="", name="钱某"))
    assert room.services.cases.get(room.registered()).mediators[0].conflict == "hit"


def test_a_consultation_of_somebody_else_is_no_matter(room: CaseStage) -> None:
    with room.store.write_confirmed() as rows:
        earlier = factories.consultation(
            adviser_id="another", name_told="冯某", phone_told="13900000173", state="finished", answer="好"
        )
        rows.add(earlier)
        assert isinstance(earlier, Consultation)
        conflicts.file_consultation(rows, earlier, ())
    assert room.services.cases.get(room.registered()).mediators[0].conflict == "clear"


def typed(room: CaseStage, name: str) -> str:
    """Register a case whose mediator is no more than a name; return its id."""
    return room.registered(mediators=(CaseMediatorForm(name=name, chosen_by="chosen"),))


def test_a_mediator_typed_by_name_is_checked_like_anybody(room: CaseStage) -> None:
    """Nobody knows which 王 某某 it is, so even the party's own telephone is judged by the head."""
    advised(room, phone="13900000173")
    case_id = typed(room, "王 某某")
    (seat,) = room.services.cases.get(case_id).mediators
    assert (seat.mediator_id, seat.conflict) == ("", "hit")
    with pytest.raises(InputProblem) as told:
        room.services.steps.accept(case_id)
    assert told.value.sentence == "本案请换一位调解员：王 某某。"
    head = room.as_user("head", user_id="head", name="周某某")
    card = head.services.checks.judge(case_id, seat.checked_as, "是外村的同名人").value
    assert card.mediators[0].conflict == "namesake"
    assert room.services.steps.accept(case_id).value.state == "accepted"


def test_another_name_is_another_question(room: CaseStage) -> None:
    advised(room, phone="13900000173")
    case_id = typed(room, "吴某某")
    assert room.services.cases.get(case_id).mediators[0].conflict == "clear"
    form = room.services.cases.form(case_id)
    renamed = tuple(replace(each, name="王某某") for each in form.mediators)
    (seat,) = room.services.cases.save(case_id, replace(form, mediators=renamed)).value.mediators
    assert seat.conflict == "hit"
    assert results(room, case_id) == ["clear", "hit"]


def test_a_party_does_not_mediate(room: CaseStage) -> None:
    """MED-17: the name is to be judged, the same telephone is certain."""
    with room.store.write_confirmed() as rows:
        rows.get_one(Mediator, room.mediator_id).phone = "13900000173"
    case_id = room.registered()
    head = room.as_user("head", user_id="head", name="周某某")
    (seat,) = head.services.cases.get(case_id).mediators
    assert seat.conflict == "hit"
    with pytest.raises(InputProblem) as told:
        head.services.checks.judge(case_id, seat.checked_as, "不是同一人")
    assert "不能认定为同名" in told.value.sentence
    assert room.services.cases.get(typed(room, "冯某")).mediators[0].conflict == "hit"


def test_whoever_advised_one_side_since_does_not_take_the_case(room: CaseStage) -> None:
    """FL-11: asked again at the acceptance, for the mediators were named before."""
    case_id = room.registered()
    assert room.services.cases.get(case_id).mediators[0].conflict == "clear"
    advised(room, phone="13900000173")
    with pytest.raises(InputProblem) as told:
        room.services.steps.accept(case_id)
    assert told.value.field == "mediators"


def test_whoever_advised_one_side_since_brings_no_agreement_into_force(room: CaseStage) -> None:
    """FL-11: asked again when the agreement is to stand; the sittings were held before."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    room.signed(case_id)
    advised(room, phone="13900000173")
    with pytest.raises(InputProblem) as told:
        room.services.agreements.agree(case_id)
    assert told.value.sentence == "本案请换一位调解员：王某某。"
    assert room.services.cases.get(case_id).state == "mediating"
