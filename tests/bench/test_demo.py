"""How long the window takes no key at a stretch while a whole morning is played in it."""

from pathlib import Path

import pytest

from tests.bench import window
from tests.bench.figures import Figure, Figures

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

_LIMIT_MS = 50.0
_SECONDS = 1500


def test_demo(tmp_path: Path, figures: Figures) -> None:
    told = window.run("demo_play", str(tmp_path / "demo"), timeout_s=_SECONDS)
    wall, work = told["longest_stretch_ms"], told["longest_work_ms"]
    what = "longest stretch of the Qt thread in the demo, beside a pure-Python job"
    ours = f"{wall:.0f} ms, the thread's own work {work:.0f} ms ({told['longest_work_in']})"
    figures.add(Figure(what, ours, "–", "–", "≤ 50 ms", wall <= _LIMIT_MS))
