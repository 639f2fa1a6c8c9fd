"""The demo's folder: never over somebody's things, always fresh."""

from pathlib import Path

import pytest

from desk.demo import folder
from desk.demo.play import DemoProblem


def test_a_new_folder_gets_its_rooms(tmp_path: Path) -> None:
    out = folder.prepare(tmp_path / "made")
    assert {each.name for each in out.iterdir() if each.is_dir()} == {"data", "papers", "screens", "backup"}


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DemoProblem, match="别的东西"):
        folder.prepare(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_an_earlier_demo_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    out = folder.prepare(tmp_path / "made")
    (out / "papers" / "old.pdf").write_bytes(b"old")
    (out / "summary.json").write_text("{}", encoding="utf-8")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    folder.prepare(out)
    assert not (out / "papers" / "old.pdf").exists()
    assert not (out / "summary.json").exists()
    assert (out / "mine.txt").exists()


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DemoProblem, match="写不了"):
        folder.prepare(tmp_path / "file" / "below")
