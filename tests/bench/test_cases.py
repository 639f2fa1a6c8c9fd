"""The pages of 矛盾调解 and 法律咨询, from the key to the painted list, with 20,000 cases in the store.

The aim holds for a page that has been built; the first sight of the day also imports and builds it.
"""

from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.bench import seeded, window
from tests.bench.figures import Figure, Figures
from tests.sign_on import PASSWORD

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

CASES = 20_000
_VISITS = 2_000
_RUNS = 5
_LIMIT_MS = 100.0


@pytest.fixture(scope="module")
def opened() -> list[dict[str, Any]]:
    """Open both pages in several processes, each time a first and a second time."""
    folder: Path = seeded.folder_of(_VISITS, CASES)
    return [window.run("case_pages", str(folder), PASSWORD) for _n in range(_RUNS)]


def _add(opened: list[dict[str, Any]], figures: Figures, name: str, what: str) -> None:
    first, ms = (float(median(each[f"{name}_{part}"] for each in opened)) for part in ("ms", "again_ms"))
    words = f"first sight of the day, imported and built: {first:.0f} ms"
    figures.add(Figure(what, f"{ms:.0f} ms", words, "–", "≤ 100 ms", ms <= _LIMIT_MS))


def test_mediation(opened: list[dict[str, Any]], figures: Figures) -> None:
    _add(opened, figures, "mediation", "矛盾调解 opens with 20,000 cases")


def test_consultation(opened: list[dict[str, Any]], figures: Figures) -> None:
    _add(opened, figures, "consultation", "法律咨询 opens with 20,000 cases")
