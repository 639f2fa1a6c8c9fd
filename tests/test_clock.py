"""The clock is aware, cut to milliseconds, and can be replaced."""

from datetime import datetime, timedelta

from desk import clock


def test_now_is_aware_and_whole_milliseconds() -> None:
    before = datetime.now().astimezone()
    moment = clock.now()
    assert moment.utcoffset() is not None
    assert moment.microsecond % 1000 == 0
    assert before - timedelta(milliseconds=1) <= moment <= datetime.now().astimezone()


def test_a_replaced_source_gives_time_and_date() -> None:
    clock.set_source(lambda: datetime.fromisoformat("2026-02-28T23:59:59.123456+08:00"))
    try:
        assert clock.now().isoformat() == "2026-02-28T23:59:59.123000+08:00"
        assert clock.today().isoformat() == "2026-02-28"
    finally:
        clock.set_source(None)


def test_monotonic_never_runs_back() -> None:
    first = clock.monotonic_ms()
    assert clock.monotonic_ms() >= first


def test_milliseconds_since_1970_are_the_machines_own() -> None:
    clock.set_source(lambda: datetime.fromisoformat("2031-02-28T23:59:59+08:00"))
    try:
        assert abs(clock.unix_ms() - datetime.now().astimezone().timestamp() * 1000) < 60_000
    finally:
        clock.set_source(None)
