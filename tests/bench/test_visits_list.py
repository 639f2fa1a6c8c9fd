"""The visits list against a raw keyset query, 200,000 visits."""

from pathlib import Path

import pytest

from desk.services.kit import Services
from tests.bench import seeded
from tests.bench.figures import Figure, Figures, Times, timed

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

_LIMIT_MS = 5.0
_PAGES = 100
_FIRST = (
    "SELECT record_id, number, received_at, name_told, anonymous, headcount, state FROM visit"
    " WHERE void = 0 ORDER BY received_at DESC, record_id DESC LIMIT 51"
)
_NEXT = _FIRST.replace("void = 0", "void = 0 AND (received_at, record_id) < (?, ?)")


def _down(services: Services) -> list[float]:
    """Return the time of each of a hundred page-downs."""
    took: list[float] = []
    after = None
    for _n in range(_PAGES):

        def turn() -> None:
            nonlocal after
            after = services.visits.page(after=after).next_key

        took.append(timed(turn))
    return took


def _down_raw(connection: object) -> list[float]:
    took: list[float] = []
    found = connection.execute(_FIRST).fetchall()
    for _n in range(_PAGES):

        def turn() -> None:
            nonlocal found
            found = connection.execute(_NEXT, (found[49][2], found[49][0])).fetchall()

        took.append(timed(turn))
    return took


def _add(figures: Figures, what: str, mine: Times, raw: Times) -> None:
    ratio = mine.half / raw.half
    met = mine.half <= max(3 * raw.half, _LIMIT_MS)
    words = f"raw keyset query: {raw}"
    figures.add(Figure(what, str(mine), words, f"{ratio:.1f} ×", "≤ 3 × or ≤ 5 ms a page", met))


def test_first_page(big: Path, figures: Figures) -> None:
    with seeded.at_work(big) as (opened, services):
        connection = opened.store.connect()
        services.visits.page()
        mine = Times([timed(services.visits.page) for _n in range(40)])
        raw = Times([timed(lambda: connection.execute(_FIRST).fetchall()) for _n in range(40)])
        connection.close()
    _add(figures, "visits list, first page, 200,000 visits", mine, raw)


def test_a_hundred_pages(big: Path, figures: Figures) -> None:
    with seeded.at_work(big) as (opened, services):
        connection = opened.store.connect()
        mine, raw = Times(_down(services)), Times(_down_raw(connection))
        connection.close()
    _add(figures, "visits list, 100 page-downs, 200,000 visits", mine, raw)
