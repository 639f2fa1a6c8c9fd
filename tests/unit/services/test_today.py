"""今日: who is in reception, who was here, what is due (product.md, issue A §4)."""

from datetime import date

import pytest

from desk.errors import AccessProblem
from desk.models.store import Store
from desk.services import today
from desk.services.today import TodayDesk
from desk.services.visit_values import DueItem, Today
from tests.fakes import FakeClock
from tests.models.plans import plan
from tests.unit.services.mediation.case_stage import room as build_room
from tests.unit.services.visit_stage import Stage


def look(stage: Stage) -> Today:
    return TodayDesk(stage.store, stage.session, stage.profiles).get()


def test_title_and_who_is_on_duty(stage: Stage) -> None:
    shown = look(stage)
    assert shown.title == "2026 年 11 月 23 日 星期一"
    assert shown.duty_text == "在岗 李某某、赵某某代表"


def test_nobody_on_duty_says_so(stage: Stage, fake_clock: FakeClock) -> None:
    fake_clock.forward(days=1)
    assert look(stage).duty_text == "还没有代表上岗"


def test_in_reception_longest_first_with_lights_and_minutes(stage: Stage, fake_clock: FakeClock) -> None:
    first = stage.visits.open(stage.form(name="陈某某")).value
    fake_clock.forward(minutes=9)
    second = stage.visits.open(stage.form(name="赵某", headcount=3)).value
    fake_clock.forward(minutes=3)
    shown = look(stage)
    assert [(visit.id, visit.minutes) for visit in shown.open] == [(first.id, 12), (second.id, 3)]
    assert (shown.open_counts.batches, shown.open_counts.people) == (2, 4)
    assert len(shown.open[0].lights) == 6


def test_done_and_its_summary(stage: Stage, fake_clock: FakeClock) -> None:
    for outcome in ("mediation", "answered", "proposed", "answered"):
        stage.finished(outcome=outcome, level="town")
        fake_clock.forward(minutes=5)
    shown = look(stage)
    assert [row.outcome for row in shown.done] == ["mediation", "answered", "proposed", "answered"]
    assert shown.done_summary == "4 批 4 人次 · 当场答复 2 · 拟交办 1 · 转调解 1"
    fake_clock.forward(days=1)
    assert (look(stage).done, look(stage).done_summary) == ((), "0 批 0 人次")


def test_a_promise_runs_until_the_visitor_was_told(stage: Stage, fake_clock: FakeClock) -> None:
    """DL-01…04: three working days; the station's own promise bears no 白黄红 (product.md Colours)."""
    visit_id = stage.finished(outcome="proposed", level="town")
    (item,) = look(stage).due
    assert (item.word, item.colour, item.noun, item.record_id) == ("剩 3 个工作日", "", "visit", visit_id)
    assert item.text == "小区雨后积水：告知去向，截至 11 月 26 日（含当日）"
    fake_clock.forward(days=3)
    assert look(stage).due[0].word == "今天到期"
    fake_clock.forward(days=5)
    assert look(stage).due[0].word == "逾期 5 天"
    stage.visits.reply(stage.visits.get(visit_id).matter_id, "phone", "已交城建办。")
    assert look(stage).due == ()


def test_the_earliest_promise_first(stage: Stage, fake_clock: FakeClock) -> None:
    first = stage.finished(outcome="triage")
    fake_clock.forward(days=1)
    second = stage.finished(outcome="triage")
    assert [item.record_id for item in look(stage).due] == [first, second]


def test_it_says_when_not_all_promises_have_room(stage: Stage) -> None:
    for _n in range(20):
        stage.finished(outcome="triage")
    assert not look(stage).more_due
    stage.finished(outcome="triage")
    assert (len(look(stage).due), look(stage).more_due) == (20, True)


def test_what_ran_out_the_longest_ago_comes_first_of_all_kinds() -> None:
    def item(word: str, due: date | None) -> DueItem:
        return DueItem(word, "", "", "", "visit", word, due)

    day = date(2026, 11, 27)
    told = [item("逾期 17 天", date(2026, 11, 10)), item("剩 2 天", date(2026, 11, 29))]
    cases = [item("逾期 19 天", date(2026, 11, 8)), item("待编案号", None)]
    assert [each.word for each in today.earliest_first(day, told, cases)] == [
        *("逾期 19 天", "逾期 17 天", "待编案号", "剩 2 天")
    ]


def test_words_left_open_yesterday_are_due_today(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.visits.open(stage.form(name="赵某")).value.id
    assert look(stage).due == ()
    fake_clock.forward(days=1)
    (item,) = look(stage).due
    assert (item.word, item.text, item.record_id) == ("待补记", "赵某 小区雨后积水", visit_id)


def test_a_mandatory_report_not_made_comes_before_all(stage: Stage, fake_clock: FakeClock) -> None:
    """LZ-11: at once."""
    stage.finished(outcome="triage")
    form = stage.form(report_kind="minor")
    visit_id = stage.visits.open(form).value.id
    item = look(stage).due[0]
    assert (item.word, item.record_id) == ("强制报告", visit_id)
    assert "侵害未成年人" in item.text
    stage.visits.save(visit_id, stage.form(report_kind="minor", report_recipient="示例派出所"))
    assert "强制报告" not in [each.word for each in look(stage).due]


def test_it_never_walks_through_the_visits(stage: Stage) -> None:
    """Issue A §7: no growth from 2,000 to 200,000 visits."""
    from desk.services.visit_safety import Reader

    reader = Reader("u1", "d1", sees_safe=False, sees_names=True)
    words = plan(stage.store, today.to_tell_query(reader))
    assert "ix_matter_state_tell_by" in words
    assert "TEMP B-TREE" not in words


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "2026 年 11 月 22 日 星期日"),
        (date(2027, 1, 2), "2027 年 1 月 2 日 星期六"),
    ],
)
def test_the_title_of_a_day(day: date, said: str) -> None:
    assert today.title(day) == said


def test_rights(stage: Stage) -> None:
    with pytest.raises(AccessProblem):
        look(stage.as_user("u6", "郑某", "sysadmin"))


def test_cases_fall_due_for_who_may_read_them(store: Store, fake_clock: FakeClock) -> None:
    """Words of a mediation never reach a role without the right."""
    room = build_room(store)
    room.services.cases.settle(room.small())
    room.registered(risk_flags=("criminal",))
    fake_clock.forward(days=9)
    for role, expected in (
        ("mediator", ["强制报告", "逾期 2 天"]),
        ("head", ["强制报告", "逾期 2 天"]),
        ("clerk", []),
        ("lawyer", []),
    ):
        desk = room.as_user(role)
        shown = TodayDesk(desk.store, desk.session, desk.profiles).get()
        assert [item.word for item in shown.due] == expected
        assert [item.due is not None for item in shown.due] == [each != "强制报告" for each in expected]
        asked = TodayDesk(desk.store, desk.session, desk.profiles).cases_due()
        assert shown.cases_due == asked == desk.services.cases.badge()
        assert bool(shown.cases_due) == bool(expected)
