"""How long to wait before the next try: longer each time, and never all desks at once."""

from typing import Final

FIRST_S: Final = 1.0
MOST_S: Final = 300.0

_DOUBLINGS = 12


def delay_s(fails: int, share: float, wait_s: int = 0) -> float:
    """Return the seconds until the next round: full jitter between nothing and a bound that doubles.

    Args:
        fails: rounds that failed in a row, at least 1.
        share: drawn anew each time, from 0 to below 1.
        wait_s: what the hub asked for; the wait is never shorter, and spread by up to a quarter beyond it.
    """
    bound = min(MOST_S, FIRST_S * float(1 << min(fails, _DOUBLINGS)))
    return max(share * bound, wait_s * (1 + share / 4))
