"""A desk that stays on overnight knows the new day by itself, once, and not behind its lock."""

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.ui.live import Live
from desk.ui.new_day import NewDay
from desk.ui.page import Page
from desk.ui.window import MainWindow
from tests.fakes import FakeClock


def heard(live: Live) -> list[date]:
    days: list[date] = []
    live.day_began.connect(days.append)
    return days


def test_a_day_is_announced_once(qtbot: QtBot, fake_clock: FakeClock) -> None:
    live, parent = Live(), QObject()
    days = heard(live)
    day = NewDay(live, lambda: True, parent)
    for text, told in (
        ("2026-11-23T23:59:59+08:00", []),
        ("2026-11-24T00:00:00+08:00", [date(2026, 11, 24)]),
        ("2026-11-24T12:00:00+08:00", []),
        # A sleep over the week-end, and a clock that was set back.
        ("2026-11-30T08:00:00+08:00", [date(2026, 11, 30)]),
        ("2026-11-23T08:00:00+08:00", [date(2026, 11, 23)]),
    ):
        fake_clock.set(text)
        days.clear()
        day.look()
        day.look()
        assert days == told, text


def test_behind_a_cover_it_waits(qtbot: QtBot, fake_clock: FakeClock) -> None:
    live, parent, seen = Live(), QObject(), [False]
    days = heard(live)
    day = NewDay(live, lambda: seen[0], parent)
    fake_clock.forward(days=1)
    day.look()
    assert days == []
    seen[0] = True
    day.look()
    assert days == [date(2026, 11, 24)]


def frame(window: MainWindow) -> set[str]:
    return {each.text() for each in window.footer.findChildren(QLabel)}


def test_the_frame_is_of_the_new_day_without_a_key(window: MainWindow, fake_clock: FakeClock) -> None:
    assert "上次备份 今天 08:30" in frame(window)
    # Who was on duty yesterday is so no more.
    window._context.services.duty.people.clear()
    fake_clock.set("2026-11-24T00:00:03+08:00")
    window.idle.look()
    assert "上次备份 昨天 08:30" in frame(window)
    assert window.top._duty._whole == "还没有代表上岗"


def test_behind_the_lock_nothing_is_asked_and_the_way_back_tells_the_day(
    window: MainWindow, fake_clock: FakeClock
) -> None:
    window.covers.lock()
    fake_clock.forward(days=1)
    window.idle.look()
    assert "上次备份 今天 08:30" in frame(window)
    window.lock_page._field.setText("246810")
    window.lock_page._on_enter()
    assert "上次备份 昨天 08:30" in frame(window)


def test_behind_the_curtain_too_and_its_own_key_tells_the_day(
    window: MainWindow, fake_clock: FakeClock
) -> None:
    window.covers.draw_curtain()
    fake_clock.forward(days=1)
    window.idle.look()
    assert "上次备份 今天 08:30" in frame(window)
    window.covers.draw_curtain()
    assert "上次备份 昨天 08:30" in frame(window)


def test_a_page_is_loaded_anew_in_view_only_and_where_it_is_told_by_the_day(
    window: MainWindow, fake_clock: FakeClock
) -> None:
    window.show_page("visits")
    seen, hidden = window.page("visits"), window.page("today")
    assert isinstance(seen, Page)
    assert isinstance(hidden, Page)
    before = seen.loads, hidden.loads
    fake_clock.forward(days=1)
    window.idle.look()
    assert (seen.loads, hidden.loads) == before
    for page in (seen, hidden):
        page.told_by_day = True
    fake_clock.forward(days=1)
    window.idle.look()
    assert (seen.loads, hidden.loads) == (before[0] + 1, before[1])
