"""Days and moments as they are typed: short, in words, full width; what is no day is said."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pytestqt.qtbot import QtBot

from desk import clock
from desk.ui.parts.day_field import (
    DayField,
    MomentField,
    day_problem,
    moment_problem,
    read_day,
    read_moment,
)
from tests.fakes import FakeClock

TODAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("2026-11-12", date(2026, 11, 12)),
        ("11-12", date(2026, 11, 12)),
        ("1112", date(2026, 11, 12)),
        ("20261112", date(2026, 11, 12)),
        ("１１．１２", date(2026, 11, 12)),
        ("2026年11月12日", date(2026, 11, 12)),
        ("11/12", date(2026, 11, 12)),
        ("今天", TODAY),
        ("昨天", date(2026, 11, 22)),
        ("明天", date(2026, 11, 24)),
    ],
)
def test_a_day_is_read_however_it_is_typed(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["下周", "13-40", "2026-2-30", "1", "11-12-13-14", "99999999", "26-11-12"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_day(typed, TODAY)


@given(some.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_written_out_comes_back(day: date) -> None:
    assert read_day(day.isoformat(), TODAY) == day
    assert read_day(f"{day:%Y%m%d}", TODAY) == day


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("11-12 9:30", "2026-11-12T09:30:00+08:00"),
        ("9:30", "2026-11-23T09:30:00+08:00"),
        ("2026-11-12 14：05", "2026-11-12T14:05:00+08:00"),
        ("昨天 9点", "2026-11-22T09:00:00+08:00"),
    ],
)
def test_a_moment_is_read(typed: str, text: str) -> None:
    assert read_moment(typed, NOW) == datetime.fromisoformat(text)


def test_what_is_no_moment_is_refused() -> None:
    assert read_moment("", NOW) is None
    for typed in ("上午", "11-12", "25:00"):
        with pytest.raises(ValueError, match=r".*"):
            read_moment(typed, NOW)


def test_a_field_writes_the_day_out_when_it_is_left(qtbot: QtBot, fake_clock: FakeClock) -> None:
    field = DayField("履行期限")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    qtbot.keyClicks(field, "1210")
    field.clearFocus()
    assert (field.text(), field.day()) == ("2026-12-10", date(2026, 12, 10))
    field.setText("下周")
    assert field.day() is None
    assert day_problem("下周")
    assert not day_problem("12-10")


def test_a_moment_keeps_its_minute(qtbot: QtBot, fake_clock: FakeClock) -> None:
    field = MomentField("时间")
    qtbot.addWidget(field)
    field.set_moment(clock.now())
    assert field.text() == "2026-11-23 09:00"
    assert field.moment() == clock.now()
    assert moment_problem("晚些")
