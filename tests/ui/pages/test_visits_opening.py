"""Visits opened one right after the other: the last one asked for is in view, and each has its tab."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.drafts import Draft, Drafts
from desk.ui.pages.today.page import TodayPage
from desk.ui.pages.visits.form_pairs import to_pairs
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, SlowTasks
from tests.ui.pages.hands import cases, commit, field, fill, new, open_window, visits_page
from tests.ui.pages.test_visits_real import context_of, said
from tests.unit.services.visit_stage import Stage, build


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage, SlowTasks), qtbot)
    new(made, qtbot)
    yield made
    for case in cases(made):
        case.leave(to_record=False)
    made.close()


def tasks(desk: MainWindow) -> SlowTasks:
    found = desk._context.tasks
    assert isinstance(found, SlowTasks)
    return found


def received(stage: Stage, name: str) -> str:
    """Receive somebody elsewhere: this page has no tab of it yet."""
    return stage.visits.open(stage.form(name=name)).value.id


def in_view(desk: MainWindow) -> str:
    """Return the id of the visit in view, "" for a new one."""
    (shown,) = (case for case in cases(desk) if case.view.isVisible())
    return shown.visit_id


def head_of_the_draft(stage: Stage, qtbot: QtBot) -> str:
    """Return what the head of the one form that came back says."""
    again = open_window(context_of(stage), qtbot)
    try:
        again.show_page("visits")
        qtbot.waitUntil(lambda: len(cases(again)) == 1)
        (back,) = cases(again)
        assert back.view.values().name == "王某某"
        told = back.view.head._number.text()
        back.verbs.open()
        assert stage.visits.get(back.visit_id).number in back.view.head._number.text()
        return told
    finally:
        again.close()


@pytest.mark.parametrize(
    ("days", "told"), [(0, "姓名、事由，回车给号"), (3, "2026 年 11 月 23 日写到一半，还没给号")]
)
def test_a_form_of_another_day_that_never_got_its_number_says_so(
    stage: Stage, qtbot: QtBot, fake_clock: FakeClock, days: int, told: str
) -> None:
    """Nothing typed is ever lost (product.md), and nothing is kept unseen (PI-09)."""
    form = stage.form(name="王某某", subject="路灯")
    Drafts(stage.store, stage.session).save(Draft("d1", "visit", "", to_pairs(form)))
    fake_clock.forward(days=days)
    assert head_of_the_draft(stage, qtbot) == told


@pytest.mark.parametrize("locked", [False, True])
def test_a_form_still_open_the_next_day_says_so_too(
    desk: MainWindow, qtbot: QtBot, fake_clock: FakeClock, locked: bool
) -> None:
    """A PC that stays on overnight, under its lock or not, is no other than one that is started anew."""
    (case,) = cases(desk)
    empty = new(desk, qtbot)
    visits_page(desk).reception.tabs.next()
    commit(field(case, "name"), "王某某")
    assert case.view.head._number.text() == "姓名、事由，回车给号"
    if locked:
        desk.covers.lock()
    fake_clock.forward(days=1)
    if locked:
        desk.covers.uncover()
    else:
        commit(field(case, "subject"), "路灯")
    assert case.view.head._number.text() == "2026 年 11 月 23 日写到一半，还没给号"
    assert empty.view.head._number.text() == "姓名、事由，回车给号"
    commit(field(case, "subject"), "坏了")
    assert case.view.head._number.text() == "2026 年 11 月 23 日写到一半，还没给号", "until it has its number"


def test_a_form_that_came_back_is_let_go_of_only_by_somebodys_yes(
    stage: Stage, qtbot: QtBot, fake_clock: FakeClock
) -> None:
    """Nothing typed is ever lost (product.md), be it from before this start."""
    kept = Drafts(stage.store, stage.session)
    kept.save(Draft("d1", "visit", "", to_pairs(stage.form(name="王某某", subject="路灯"))))
    fake_clock.forward(days=3)
    again = open_window(context_of(stage), qtbot)
    try:
        notices: Any = again._context.notices
        again.show_page("visits")
        qtbot.waitUntil(lambda: len(cases(again)) == 1)
        notices.yes = False
        cases(again)[0].view.head.drop.click()
        assert notices.said == [("ask", "这张表还没有给号，写的字会丢掉。")]
        assert [each.id for each in kept.load_all()] == ["d1"]
        notices.yes = True
        cases(again)[0].view.head.drop.click()
        assert cases(again) == []
        assert kept.load_all() == ()
    finally:
        again.close()


def test_f50_the_age_told_before_a_restart_goes_with_the_day_corrected_after_it(
    stage: Stage, qtbot: QtBot, fake_clock: FakeClock
) -> None:
    """Born 1949-12-31, 60 since the last day of 2009; what somebody picked stays."""
    known = stage.visits.form(stage.finished(name="陈某某", id_no="11010519491231002X")).person_id
    form = stage.form(name="陈某某", person_id=known, backfilled=True, received_at=fake_clock.moment)
    kept = Drafts(stage.store, stage.session)
    for key, band in (("d1", "60_up"), ("d2", "18_35")):
        kept.save(Draft(key, "visit", "", to_pairs(replace(form, age_band=band))))
        fake_clock.forward(seconds=1)
    again = open_window(context_of(stage), qtbot)
    try:
        again.show_page("visits")
        visits_page(again).reception.tabs.next()
        for case in cases(again):
            fill(case, received_at=fake_clock.moment.replace(year=2009))
        assert {case.key: case.view.values().age_band for case in cases(again)} == {
            "d1": "36_59",
            "d2": "18_35",
        }
    finally:
        for case in cases(again):
            case.leave(to_record=False)
        again.close()


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the first answered last"])
@pytest.mark.parametrize("deep", [False, True], ids=["page", "tabs"])
def test_the_last_of_two_opened_is_in_view_and_both_have_tabs(
    desk: MainWindow, stage: Stage, turned: bool, deep: bool
) -> None:
    first, second = received(stage, "陈某某"), received(stage, "钱某某")
    reception = visits_page(desk).reception
    tasks(desk).hold("read")
    for visit_id in (first, second):
        if deep:
            reception.open_visit(visit_id)
        else:
            desk.show_page("visits", visit_id)
    if turned:
        tasks(desk).held.reverse()
    tasks(desk).let_go()
    assert reception.has(first)
    assert reception.has(second)
    assert in_view(desk) == second
    assert said(desk) == []


def test_one_that_has_its_tab_stays_in_view_before_one_still_looked_for(
    desk: MainWindow, stage: Stage
) -> None:
    first, second = received(stage, "陈某某"), received(stage, "钱某某")
    desk.show_page("visits", second)
    tasks(desk).hold("read")
    desk.show_page("visits", first)
    desk.show_page("visits", second)
    tasks(desk).let_go()
    assert visits_page(desk).reception.has(first)
    assert in_view(desk) == second


@pytest.mark.parametrize("deep", [False, True], ids=["page", "tabs"])
def test_a_new_one_begun_meanwhile_keeps_the_view(
    desk: MainWindow, stage: Stage, qtbot: QtBot, deep: bool
) -> None:
    first = received(stage, "陈某某")
    reception = visits_page(desk).reception
    tasks(desk).hold("read")
    if deep:
        reception.open_visit(first)
    else:
        desk.show_page("visits", first)
    begun = new(desk, qtbot)
    tasks(desk).let_go()
    assert reception.has(first)
    assert begun.view.isVisible()


@pytest.mark.parametrize("deep", [False, True], ids=["page", "tabs"])
def test_a_tab_gone_to_meanwhile_keeps_the_view(
    desk: MainWindow, stage: Stage, qtbot: QtBot, deep: bool
) -> None:
    one, other = cases(desk)[0], new(desk, qtbot)
    first = received(stage, "陈某某")
    reception = visits_page(desk).reception
    tasks(desk).hold("read")
    if deep:
        reception.open_visit(first)
    else:
        desk.show_page("visits", first)
    reception.tabs.next()
    tasks(desk).let_go()
    assert reception.has(first)
    assert one.view.isVisible()
    assert not other.view.isVisible()


def test_a_finished_one_found_late_brings_nobody_to_the_list(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    done = stage.finished(name="陈某某")
    tasks(desk).hold("read")
    desk.show_page("visits", done)
    begun = new(desk, qtbot)
    tasks(desk).let_go()
    assert begun.view.isVisible()


def test_over_midnight_today_and_the_form_in_view_are_of_their_days_without_a_key(
    desk: MainWindow, stage: Stage, qtbot: QtBot, fake_clock: FakeClock
) -> None:
    """What was typed stays, and so does the time a 补录 was begun with."""
    fake_clock.set("2026-11-23T23:50:00+08:00")
    (case,) = cases(desk)
    commit(field(case, "name"), "王某某")
    desk.show_page("today")
    page = desk.page("today")
    assert isinstance(page, TodayPage)
    assert page._title.text() == "2026 年 11 月 23 日 星期一"
    fake_clock.set("2026-11-24T00:00:03+08:00")
    desk.idle.look()
    assert page._title.text() == "2026 年 11 月 24 日 星期二"
    desk.show_page("visits", "backfill")
    qtbot.waitUntil(lambda: len(cases(desk)) == 2)
    later = cases(desk)[-1]
    begun = later.view.values().received_at
    visits_page(desk).reception.tabs.next()
    commit(field(case, "subject"), "路灯")
    assert case.view.head._number.text() == "2026 年 11 月 23 日写到一半，还没给号"
    visits_page(desk).reception.tabs.next()
    commit(field(later, "name"), "赵某某")
    fake_clock.set("2026-11-25T00:00:03+08:00")
    desk.idle.look()
    assert later.view.head._number.text() == "2026 年 11 月 24 日写到一半，还没给号"
    assert (later.view.values().name, later.view.values().received_at) == ("赵某某", begun)
