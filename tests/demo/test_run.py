"""The demo refuses what it must not touch; the whole of it is played in tests/e2e/test_demo.py."""

from pathlib import Path

import pytest

from desk.demo import run
from desk.demo.play import DemoProblem


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DemoProblem, match="别的东西"):
        run.play(tmp_path, lambda _record: None, lambda _record, made: made)
    assert not (tmp_path / "summary.json").exists()
