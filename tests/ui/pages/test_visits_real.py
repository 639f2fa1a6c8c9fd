"""The visit pages over the real services and a real store: a group, a returning, a safe visit."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.rules.identity import check_digit
from desk.rules.visit_states import CHILD
from desk.services.attachments.camera import Camera
from desk.services.attachments.service import Attachments
from desk.services.deputies import Deputies
from desk.services.drafts import Draft, Drafts
from desk.services.duty import Duties
from desk.services.people import People
from desk.services.settings import Settings
from desk.services.station import Stations
from desk.services.today import TodayDesk
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.form_pairs import base_pairs, to_pairs
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.ui.pages.hands import cases, commit, field, fill, full, new, open_window, visits_page
from tests.unit.services.visit_stage import Stage, build

CONTROL = Qt.KeyboardModifier.ControlModifier


def context_of(stage: Stage, tasks: type[FakeTasks] = FakeTasks) -> Context:
    live, notices = Live(), RecordingNotices(words="核对电话")
    services: Any = SimpleNamespace(
        visits=stage.visits,
        numbers=stage.numbers,
        drafts=Drafts(stage.store, stage.session),
        people=People(stage.store, stage.session),
        today=TodayDesk(stage.store, stage.session, stage.profiles),
        deputies=Deputies(stage.store, stage.session),
        # No PIN is asked for here, so the duties need no PIN store.
        duty=Duties(stage.store, stage.session, SimpleNamespace()),  # type: ignore[arg-type]  # see above
        station=Stations(stage.store, stage.session),
        backup=SimpleNamespace(last=lambda: None),
        search=SimpleNamespace(recent=lambda: ()),
        attachments=Attachments(stage.store, stage.session, stage.profiles),
        camera=Camera(Settings(stage.store, stage.session)),
    )
    return Context(services, tasks(notices, live), notices, Navigator(), live)


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage), qtbot)
    yield made
    made.close()


def said(desk: MainWindow) -> list[str]:
    notices = desk._context.notices
    assert isinstance(notices, RecordingNotices)
    return [text for kind, text in notices.said if kind in {"fail", "crash"}]


def test_the_number_of_a_person_just_chosen_is_shown(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    """The visit has it only once it is saved: asked before, the answer was nothing and emptied the field."""
    stage.finished(name="陈某某")
    case = new(desk, qtbot)
    fill(case, name="不认识的人", subject="路灯")
    case.verbs.open()
    commit(field(case, "name"), "")
    fill(case, name="陈某某")
    case._lookups._on_chosen(People(stage.store, stage.session).match("陈某某")[0])
    case.view.who._phone.button.click()
    assert case.view.who._phone.line.text() == "13800006621"


def test_a_number_that_was_looked_at_leaves_nothing_to_save(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    visit = stage.visits.open(stage.form()).value
    desk.show_page("visits", visit.id)
    qtbot.waitUntil(lambda: bool(cases(desk)))
    case = cases(desk)[0]
    case.view.who._phone.button.click()
    assert case.view.who._phone.line.text() == "13800006621"
    desk.show_page("today")
    assert case.view.values().phone == "138****6621"
    assert not case.keeper.dirty
    assert desk._context.services.drafts.load_all() == ()
    desk.show_page("visits", visit.id)
    assert case.view.who._phone.button.isVisible()


def finish(case: Case, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_1) -> None:
    qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    assert case.rating.window is not None, [
        bound.widget.accessibleDescription() for bound in case.view.binder.fields.values()
    ]
    qtbot.keyClick(case.rating.window, key)


def test_a_morning_at_the_desk(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    commit(field(case, "name"), "陈某某")
    fill(case, phone="13800006621", headcount=3, companions=("赵某", "钱某"))
    commit(field(case, "subject"), "小区雨后积水")
    qtbot.keyClick(field(case, "subject"), Qt.Key.Key_Return)
    visit = case.verbs.visit
    assert visit is not None
    assert visit.number
    case.verbs.tick("smile")
    fill(case, **full())
    finish(case, qtbot)
    assert desk.current().title == "今日"
    shown = stage.visits.get(visit.id)
    assert (shown.state, shown.rating, shown.headcount) == ("finished", "satisfied", 3)
    assert stage.visits.form(visit.id).companions == ("赵某", "钱某")
    assert desk._context.services.drafts.load_all() == ()

    again = new(desk, qtbot)
    commit(field(again, "name"), "陈某某")
    qtbot.waitUntil(again.view.matches.isVisible)
    qtbot.keyClick(field(again, "name"), Qt.Key.Key_Down)
    qtbot.keyClick(field(again, "name"), Qt.Key.Key_Return)
    assert again.view.values().phone == "138****6621"
    assert again.view.side.history.isVisible()
    commit(field(again, "subject"), "小区又积水")
    again.view.head.open.click()
    qtbot.waitUntil(again.view.side.similar.isVisible)
    fill(again, **full())
    finish(again, qtbot, Qt.Key.Key_0)
    second = stage.visits.page().rows[0]
    assert stage.visits.get(second.id).person_id == shown.person_id
    assert stage.visits.reveal(second.id, "phone", "核对") == "13800006621"
    assert said(desk) == []


def test_a_safe_visit_stays_with_who_writes_it_lz11(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, name="孙某", subject="家里的事")
    case.view.flags._safety["domestic_violence"].click()
    case.view.flags._report.click()
    assert "公安机关" in case.view.flags._words.text()
    fill(case, safe_contact="其姐，工作日上午", report_recipient="派出所")
    case.view.head.open.click()
    desk.show_page("today")
    desk.show_page("visits")
    assert cases(desk) == [case]
    fill(case, **full())
    finish(case, qtbot)
    assert said(desk) == []
    # Finished, it is for its receiver and the head: the clerk finds it neither in the list nor today.
    assert stage.visits.page().rows == ()
    assert desk._context.services.today.get().done == ()


def test_an_accusation_goes_to_12388_only_xf15(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, anonymous=True, subject="反映一名干部")
    case.view.flags._safety["accusation"].click()
    assert case.view.outcome.chips.value() == "guided"
    assert not case.view.outcome.chips.button("proposed").isEnabled()
    assert "12388" in case.view.values().guide_to
    fill(case, statement="原话", request="查清", category="discipline", guide_reason="不属本站受理")
    finish(case, qtbot)
    assert said(desk) == []


def test_a_tick_taken_back_takes_its_address_along(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    case.view.flags._safety["accusation"].click()
    case.view.flags._safety["domestic_violence"].click()
    form = case.view.values()
    assert (form.safety, form.outcome, form.guide_to) == ("domestic_violence", "", "")


def test_backfill_keeps_true_and_entry_time(
    desk: MainWindow, stage: Stage, qtbot: QtBot, fake_clock: FakeClock
) -> None:
    desk.show_page("visits", "backfill")
    qtbot.waitUntil(lambda: bool(cases(desk)))
    case = cases(desk)[-1]
    true_time = fake_clock.moment.replace(hour=8, minute=15)
    fill(
        case,
        name="孙某",
        subject="路灯不亮",
        received_at=true_time,
        receiver_ids=(stage.deputy_id,),
        **full(),
    )
    finish(case, qtbot)
    assert said(desk) == []
    visit = stage.visits.get(stage.visits.page().rows[0].id)
    assert visit.received_at == true_time
    assert stage.visits.form(visit.id).backfilled


def test_litigation_is_only_guided_lz02(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, litigation=True)
    assert case.view.outcome.chips.value() == "guided"
    assert "法院" in case.view.values().guide_to
    fill(case, litigation=False)
    assert case.view.outcome.chips.button("proposed").isEnabled()


def test_waiting_has_three_times(desk: MainWindow, stage: Stage, qtbot: QtBot, fake_clock: FakeClock) -> None:
    case = new(desk, qtbot)
    fill(case, name="孙某", subject="路灯不亮")
    case.view.head.wait.click()
    fake_clock.forward(minutes=10)
    case.view.head.receive.click()
    fake_clock.forward(minutes=20)
    fill(case, **full())
    finish(case, qtbot)
    visit = stage.visits.get(stage.visits.page().rows[0].id)
    assert visit.received_at is not None
    assert visit.finished_at is not None
    waited = visit.received_at - visit.arrived_at
    received = visit.finished_at - visit.received_at
    assert (waited.seconds // 60, received.seconds // 60) == (10, 20)


def test_the_draft_is_on_the_real_disk_and_back(stage: Stage, qtbot: QtBot) -> None:
    before = open_window(context_of(stage), qtbot)
    case = new(before, qtbot)
    commit(field(case, "name"), "𬱖某")
    field(case, "request").setFocus()
    commit(field(case, "request"), "尽快")
    drafts = before._context.services.drafts
    qtbot.waitUntil(lambda: bool(drafts.load_all()))
    after = open_window(context_of(stage), qtbot)
    after.show_page("visits")
    qtbot.waitUntil(lambda: len(cases(after)) == 1)
    back = cases(after)[0]
    assert (back.view.values().name, back.view.values().request) == ("𬱖某", "尽快")
    assert field(back, "request").hasFocus()
    for window in (before, after):
        window.close()


@pytest.mark.parametrize("is_told", [False, True])
def test_a_visit_opened_again_gets_its_draft_back(
    desk: MainWindow, stage: Stage, qtbot: QtBot, is_told: bool
) -> None:
    """What the bar of 今日 tells people to do: the words left over are gone on with, not written over."""
    visit_id = stage.finished()
    drafts = desk._context.services.drafts
    form = stage.visits.form(visit_id)
    pairs = (*to_pairs(replace(form, deputy_view="再去看一次")), *base_pairs(form))
    drafts.save(Draft("d1", "visit", visit_id, pairs, "deputy_view"))
    desk.show_page("visits")
    assert cases(desk) == []
    again = stage.visits.reopen(visit_id, "补一句")
    if is_told:
        desk._context.live.announce(again.changed)
    desk.show_page("visits", visit_id)
    (back,) = cases(desk)
    assert back.visit_id == visit_id
    assert back.view.values().deputy_view == "再去看一次"
    fill(back, request="尽快")
    back.keeper.save()
    (kept,) = drafts.load_all()
    assert kept.id == "d1"
    assert dict(kept.fields)["deputy_view"] == "再去看一次"
    back.verbs.save()
    assert stage.visits.form(visit_id).deputy_view == "再去看一次"
    assert drafts.load_all() == ()


def test_the_list_shows_a_record_and_takes_reply_and_rating(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    visit_id = stage.finished(outcome="proposed", level="town", unit="镇城建办")
    desk.show_page("visits", visit_id)
    record = visits_page(desk).list.record
    assert record.isVisible()
    assert not record.after.rating.isVisible()
    record.after.text.set_text("已派人疏通")
    record.after.reply.click()
    assert record.after.rating.isVisible()
    record.after.rating.button("basic").click()
    record.after.rate.click()
    shown = stage.visits.get(visit_id)
    assert (shown.replied, shown.result_rating) == (True, "basic")
    record.correct.click()
    qtbot.waitUntil(lambda: [case.visit_id for case in cases(desk)] == [visit_id])
    assert stage.visits.get(visit_id).state == "received"
    assert said(desk) == []


def test_f50_the_age_band_is_picked_or_told_by_the_number(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = new(desk, qtbot)
    case.view.who.open_more()
    commit(field(case, "id_no"), "11010519491231002X")
    assert case.view.values().age_band == "60_up"
    commit(field(case, "id_no"), "110105")
    assert case.view.values().age_band == "", "it came with the number and goes with it"
    fill(case, name="陈某某", subject="路灯", id_no="")
    qtbot.keyClick(field(case, "age_band"), Qt.Key.Key_Down)
    chosen = case.view.values().age_band
    assert chosen
    commit(field(case, "id_no"), "110105")
    assert case.view.values().age_band == chosen
    commit(field(case, "id_no"), "")
    case.verbs.open()
    assert stage.visits.form(case.visit_id).age_band == chosen


def test_the_age_band_of_somebody_chosen_wrongly_goes_with_them(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    stage.finished(name="陈某某", id_no="11010519491231002X")
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="路灯")
    case._lookups._on_chosen(People(stage.store, stage.session).match("陈某某")[0])
    case.verbs.open()
    case.view.who.open_more()
    assert stage.visits.form(case.visit_id).age_band == "60_up"
    case._lookups._release()
    assert case.view.values().age_band == ""


@pytest.mark.parametrize("known", [False, True])
def test_of_a_visit_entered_later_the_age_is_that_of_its_true_day(
    desk: MainWindow, stage: Stage, qtbot: QtBot, fake_clock: FakeClock, known: bool
) -> None:
    """Born 1949-12-31: 60 since the last day of 2009."""
    number = "11010519491231002X"
    stage.finished(name="陈某某", id_no=number)
    desk.show_page("visits", "backfill")
    qtbot.waitUntil(lambda: bool(cases(desk)))
    case = cases(desk)[-1]
    case.view.who.open_more()
    fill(case, name="陈某某", subject="路灯", receiver_ids=(stage.deputy_id,), **full())
    if known:
        case._lookups._on_chosen(People(stage.store, stage.session).match("陈某某")[0])
    else:
        commit(field(case, "id_no"), number)
    assert case.view.values().age_band == "60_up"
    for day, told in ((30, "36_59"), (31, "60_up"), (30, "36_59")):
        fill(case, received_at=fake_clock.moment.replace(year=2009, month=12, day=day))
        assert case.view.values().age_band == told
    finish(case, qtbot)
    assert said(desk) == []
    assert {stage.visits.form(row.id).age_band for row in stage.visits.page().rows} == {"36_59", "60_up"}


def test_pi05_of_a_visit_entered_later_a_child_is_one_of_its_true_day(
    desk: MainWindow, stage: Stage, qtbot: QtBot, fake_clock: FakeClock
) -> None:
    """Born 2012-11-20: a child of 13 until the day before, whatever the day of entry (2026-11-23)."""
    desk.show_page("visits", "backfill")
    qtbot.waitUntil(lambda: bool(cases(desk)))
    case = cases(desk)[-1]
    case.view.who.open_more()
    fill(case, name="钱小某", subject="路灯", receiver_ids=(stage.deputy_id,), **full())
    first17 = "11010520121120002"
    commit(field(case, "id_no"), first17 + check_digit(first17))
    id_no = case.view.who._id_no.line
    id_no.editingFinished.emit()
    assert id_no.accessibleDescription() == "", "14 by today"
    for day, told in ((19, CHILD), (20, ""), (19, CHILD)):
        fill(case, received_at=fake_clock.moment.replace(day=day))
        assert id_no.accessibleDescription() == told
        id_no.editingFinished.emit()
        assert id_no.accessibleDescription() == told, "the same when the number is left after the day"
    case.verbs.finish()
    assert case.rating.window is None, "the rules count by the same day"
    fill(case, received_at=fake_clock.moment.replace(day=20))
    finish(case, qtbot)
    assert [line.name for line in stage.visits.page().rows] == ["钱小某"]


def test_the_age_chosen_by_hand_stays_with_another_day(
    desk: MainWindow, stage: Stage, qtbot: QtBot, fake_clock: FakeClock
) -> None:
    stage.finished(name="陈某某", id_no="11010519491231002X")
    desk.show_page("visits", "backfill")
    qtbot.waitUntil(lambda: bool(cases(desk)))
    case = cases(desk)[-1]
    case._lookups._on_chosen(People(stage.store, stage.session).match("陈某某")[0])
    fill(case, age_band="18_35")
    fill(case, received_at=fake_clock.moment.replace(year=2009))
    assert case.view.values().age_band == "18_35"
