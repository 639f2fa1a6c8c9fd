"""Declared interests: each keeps their own, the head everybody's; numbers come back starred."""

from datetime import date

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.consultation.forms import InterestForm, OpponentForm
from desk.services.consultation.interests import Owner
from tests import case_factories
from tests.unit.services.consultation.advice_stage import AdviceStage

FENG = InterestForm(name="冯某某", phone="13900000173", relation="姐夫")


def test_what_is_declared_stops_the_next_check(advice: AdviceStage) -> None:
    mine = Owner(advice.lawyer_id)
    advice.desk.interests.save(mine, FENG)
    (row,) = advice.desk.interests.list(mine)
    assert (row.name, row.phone_masked, row.relation) == ("冯某某", "139****0173", "姐夫")
    assert advice.checked().conflict.code == "hit"
    advice.desk.interests.end(row.id)
    assert advice.checked().conflict.code == "clear"


def test_a_correction_keeps_the_starred_phone(advice: AdviceStage) -> None:
    mine = Owner(advice.lawyer_id)
    made = advice.desk.interests.save(mine, FENG).value
    told = InterestForm(name="冯某某", phone=made.phone_masked, relation="表姐夫")
    advice.desk.interests.save(mine, told, made.id)
    assert advice.checked(opponents=(OpponentForm(phone="13900000173"),)).conflict.code == "hit"


def test_others_interests_are_the_heads(advice: AdviceStage) -> None:
    second = Owner(advice.second_id)
    with pytest.raises(AccessProblem):
        advice.desk.interests.list(second)
    with pytest.raises(AccessProblem):
        advice.by("clerk").desk.interests.list(Owner(advice.clerk_id))
    head = advice.by("head").desk.interests
    made = head.save(second, FENG).value
    assert head.list(second)
    with pytest.raises(AccessProblem):
        advice.desk.interests.save(Owner(advice.lawyer_id), FENG, made.id)


def test_a_mediator_keeps_theirs(advice: AdviceStage) -> None:
    mediator = case_factories.mediator(user_id="someone")
    stranger = case_factories.mediator(user_id="else")
    with advice.store.write("u") as rows:
        rows.add_all([mediator, stranger])
    desk = advice.by("mediator").desk.interests
    desk.save(Owner(mediator_id=mediator.record_id), FENG)
    assert len(desk.list(Owner(mediator_id=mediator.record_id))) == 1
    with pytest.raises(AccessProblem):
        desk.list(Owner(mediator_id=stranger.record_id))


def test_one_thing_to_know_them_by_is_needed(advice: AdviceStage) -> None:
    with pytest.raises(InputProblem, match="请填写姓名"):
        advice.desk.interests.save(Owner(advice.lawyer_id), InterestForm(relation="亲属"))


def test_a_lapsed_one_is_not_shown(advice: AdviceStage) -> None:
    mine = Owner(advice.lawyer_id)
    advice.desk.interests.save(mine, InterestForm(name="冯某某", until_on=date(2026, 11, 1)))
    assert advice.desk.interests.list(mine) == ()


def test_ending_what_is_not_there(advice: AdviceStage) -> None:
    with pytest.raises(InputProblem, match="没有找到"):
        advice.desk.interests.end("nothing")


def test_who_may_declare(advice: AdviceStage) -> None:
    """The head sees advisers and mediators, an account counts once; others see themselves."""
    bare = case_factories.mediator(name="周某", user_id="")
    also_lawyer = case_factories.mediator(name="张某", user_id=advice.lawyer_id)
    with advice.store.write("u") as rows:
        rows.add_all([bare, also_lawyer])
    head = [(each.name, each.owner) for each in advice.by("head").desk.interests.owners()]
    assert head == [
        ("孙某", Owner(advice.second_id)),
        ("张某", Owner(advice.lawyer_id)),
        ("周某", Owner(mediator_id=bare.record_id)),
    ]
    assert [each.name for each in advice.desk.interests.owners()] == ["张某"]
    with pytest.raises(AccessProblem):
        advice.by("clerk").desk.interests.owners()
