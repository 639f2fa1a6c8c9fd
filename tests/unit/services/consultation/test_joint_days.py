"""Joint reception days: who sits, who came; names masked, no words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk import clock
from desk.errors import AccessProblem, InputProblem
from desk.services.consultation.forms import JointDayForm, SeatForm
from desk.services.overtaken import Overtaken
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_visit_link import sent

SEATS = (
    SeatForm("张某", "示例律师事务所", "律师", "lawyer"),
    SeatForm("吕某某", "示例镇信访办", role="petition"),
)


def test_who_sits_and_who_came(advice: AdviceStage) -> None:
    advice.by("clerk").visits.finished()
    advice.checked()
    day = advice.desk.joint_days.save(JointDayForm(clock.today(), "9:00—11:30", seats=SEATS)).value
    assert [(seat.name, seat.role_label) for seat in day.seats] == [("张某", "法律咨询"), ("吕某某", "信访")]
    assert [(came.noun, came.name, came.how) for came in day.came] == [
        ("consultation", "钱**", "现场"),
        ("visit", "王**", "来站"),
    ] or {came.noun for came in day.came} == {"visit", "consultation"}
    (row,) = advice.desk.joint_days.list()
    assert (row.seats, row.visits, row.consultations) == (2, 1, 1)


def test_lz11_a_safe_visit_is_not_named_through_its_consultation(advice: AdviceStage) -> None:
    consultation_id = sent(advice, safety="confidential")
    day = advice.desk.joint_days.save(JointDayForm(clock.today(), seats=SEATS)).value
    assert {came.noun: came.name for came in day.came} == {"visit": "不愿透露", "consultation": "不愿透露"}
    assert consultation_id in {came.record_id for came in day.came}


def test_consultations_of_the_day_belong_to_it(advice: AdviceStage) -> None:
    before = advice.checked()
    day = advice.desk.joint_days.save(JointDayForm(clock.today(), seats=SEATS)).value
    after = advice.checked(name="孙某某", phone="")
    get = advice.desk.consultations.get
    assert get(before.id).joint_day_id == get(after.id).joint_day_id == day.id
    moved = JointDayForm(clock.today() + timedelta(days=1), seats=SEATS[:1])
    assert len(advice.desk.joint_days.save(moved, day.id).value.seats) == 1
    assert get(before.id).joint_day_id == ""


def test_one_joint_day_a_day_and_seats_have_names(advice: AdviceStage) -> None:
    days = advice.desk.joint_days
    with pytest.raises(InputProblem, match="日期"):
        days.save(JointDayForm())
    days.save(JointDayForm(date(2026, 12, 1)))
    with pytest.raises(InputProblem, match="已经有"):
        days.save(JointDayForm(date(2026, 12, 1)))
    with pytest.raises(InputProblem, match="姓名"):
        days.save(JointDayForm(date(2026, 12, 2), seats=(SeatForm(),)))


def test_a_day_that_was_not_held_is_dropped_with_a_reason(advice: AdviceStage) -> None:
    days = advice.desk.joint_days
    made = days.save(JointDayForm(date(2026, 12, 1), seats=SEATS)).value
    with pytest.raises(InputProblem, match="理由"):
        days.drop(made.id, "")
    days.drop(made.id, "改期")
    assert days.list() == ()
    with pytest.raises(InputProblem, match="没有找到"):
        days.get(made.id)


def test_the_hub_roles_do_not_read_it(advice: AdviceStage) -> None:
    with pytest.raises(AccessProblem):
        advice.by("unit").desk.joint_days.list()


def test_seats_and_words_of_another_desk_stay(advice: AdviceStage) -> None:
    days = advice.desk.joint_days
    base = JointDayForm(date(2026, 12, 1), "9:00—11:30", seats=SEATS)
    day = days.save(base).value
    more = SeatForm("卫某", "示例镇民政办")
    days.save(replace(base, note="带名册", seats=(*SEATS, more)), day.id, base)
    days.save(replace(base, theme="欠薪", seats=SEATS[1:]), day.id, base)
    shown = days.get(day.id)
    assert (shown.theme, shown.note) == ("欠薪", "带名册")
    assert [seat.name for seat in shown.seats] == ["吕某某", "卫某"]
    with pytest.raises(Overtaken) as told:
        days.save(replace(base, theme="低保"), day.id, base)
    assert [(each.what, each.mine, each.theirs) for each in told.value.fields] == [("主题", "低保", "欠薪")]
