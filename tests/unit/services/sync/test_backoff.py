"""Full jitter between a second and five minutes, and never sooner than the hub asked for."""

from hypothesis import given
from hypothesis import strategies as st

from desk.services.sync.backoff import MOST_S, delay_s

FAILS = st.integers(1, 1000)
SHARE = st.floats(0, 1, exclude_max=True)


@given(FAILS, SHARE)
def test_it_grows_and_has_an_end(fails: int, share: float) -> None:
    assert 0 <= delay_s(fails, share) <= MOST_S
    assert delay_s(fails, share) <= delay_s(fails + 1, share)


@given(FAILS, SHARE, st.integers(1, 3600))
def test_what_the_hub_asks_for_is_kept_and_spread(fails: int, share: float, wait_s: int) -> None:
    assert wait_s <= delay_s(fails, share, wait_s) <= max(MOST_S, wait_s * 1.25)


def test_the_first_tries_come_soon() -> None:
    assert [delay_s(n, 0.5) for n in (1, 2, 3)] == [1, 2, 4]
