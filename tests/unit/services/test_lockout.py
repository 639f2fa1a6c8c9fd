"""SEC-02: the wait rises, survives, and no clock shortens it."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.services import lockout
from desk.services.lockout import Tries
from tests.sign_on import STEPS

NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


def _after(failures: int) -> Tries:
    tries = Tries()
    for _each in range(failures):
        tries = lockout.failed(tries, STEPS, now=NOW, mono_ms=1000)
    return tries


def _left(tries: Tries, *, wall_s: float, mono_s: float) -> int:
    now = NOW + timedelta(seconds=wall_s)
    mono_ms = 1000 + int(mono_s * 1000)
    return lockout.remaining_s(lockout.anchored(tries, now=now, mono_ms=mono_ms), now=now, mono_ms=mono_ms)


def test_sec_02_the_wait_rises_from_the_fifth_failure() -> None:
    assert [_after(count).wait_s for count in range(1, 10)] == [0, 0, 0, 0, 300, 600, 600, 1800, 1800]


def test_the_wait_runs_out_by_both_clocks() -> None:
    assert _left(_after(5), wall_s=0, mono_s=0) == 300
    assert _left(_after(5), wall_s=299.5, mono_s=299.5) == 1
    assert _left(_after(5), wall_s=300, mono_s=300) == 0
    assert _left(_after(4), wall_s=0, mono_s=0) == 0
    assert _left(Tries(), wall_s=0, mono_s=0) == 0


def test_a_wall_clock_set_forward_does_not_shorten_it_within_one_run_of_the_computer() -> None:
    assert _left(_after(5), wall_s=86400, mono_s=10) == 290


def test_after_a_restart_of_the_computer_the_wall_clock_counts_alone() -> None:
    assert _left(_after(5), wall_s=100, mono_s=-0.5) == 200


def test_a_clock_set_back_starts_the_wait_anew_and_does_not_lock_for_years() -> None:
    tries = _after(5)
    back = NOW - timedelta(days=3650)
    anchored = lockout.anchored(tries, now=back, mono_ms=5000)
    assert lockout.remaining_s(anchored, now=back, mono_ms=5000) == 300
    assert lockout.remaining_s(anchored, now=back + timedelta(seconds=300), mono_ms=305_000) == 0


@given(st.floats(-1e6, 300), st.floats(0, 300))
def test_no_pair_of_clocks_waits_shorter_than_the_slower_one(wall_s: float, mono_s: float) -> None:
    assert _left(_after(5), wall_s=wall_s, mono_s=mono_s) >= 300 - max(0.0, min(wall_s, mono_s)) - 1
