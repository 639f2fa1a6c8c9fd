"""The pages of 矛盾调解 and 法律咨询, from the key to the painted list, with 20,000 cases in the store.

The aim holds for a page that has been built; the first sight of the day also imports and builds it, or only
builds it where the desk has been quiet before for some seconds.
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


Told = list[dict[str, Any]]


@pytest.fixture(scope="module")
def opened() -> tuple[Told, Told]:
    """Open both pages in several processes, each time a first and a second time: at once, and later."""
    folder: Path = seeded.folder_of(_VISITS, CASES)
    at_once = [window.run("case_pages", str(folder), PASSWORD) for _n in range(_RUNS)]
    return at_once, [window.run("case_pages", str(folder), PASSWORD, "later") for _n in range(_RUNS)]


def _add(opened: tuple[Told, Told], figures: Figures, name: str, what: str) -> None:
    first, later = (float(median(each[f"{name}_ms"] for each in told)) for told in opened)
    ms = float(median(each[f"{name}_again_ms"] for each in opened[0]))
    words = f"first sight of the day: {first:.0f} ms, {later:.0f} ms after quiet seconds"
    figures.add(Figure(what, f"{ms:.0f} ms", words, "–", "≤ 100 ms", ms <= _LIMIT_MS))


def test_mediation(opened: tuple[Told, Told], figures: Figures) -> None:
    _add(opened, figures, "mediation", "矛盾调解 opens with 20,000 cases")


def test_consultation(opened: tuple[Told, Told], figures: Figures) -> None:
    _add(opened, figures, "consultation", "法律咨询 opens with 20,000 cases")
