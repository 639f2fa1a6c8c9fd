"""Where files live, from source and frozen."""

import sys
from pathlib import Path

import pytest

from desk import paths


def test_resources_from_source_hold_the_fonts() -> None:
    assert (paths.resources() / "fonts" / "NotoSansSC-Regular.ttf").is_file()


def test_resources_of_the_frozen_program_lie_in_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.is_frozen()
    assert paths.resources() == tmp_path / "resources"


def test_desk_data_moves_store_and_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DESK_DATA", str(tmp_path))
    assert paths.data_folder() == tmp_path
    assert paths.log_folder() == tmp_path / "logs"


def test_without_it_the_user_has_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_DATA")
    assert paths.data_folder().is_absolute()
    assert paths.log_folder().is_absolute()
