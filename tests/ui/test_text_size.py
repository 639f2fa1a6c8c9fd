"""The sign-on window has the size last used, before the store with its settings is open."""

from pathlib import Path

from desk.settings import TEXT_SIZE
from desk.ui import text_size


def test_the_desk_begins_at_125(tmp_path: Path) -> None:
    assert text_size.remembered(tmp_path) == int(TEXT_SIZE.default) == 125


def test_what_was_last_used_comes_back(tmp_path: Path) -> None:
    text_size.remember(tmp_path, 150)
    assert text_size.remembered(tmp_path) == 150


def test_a_file_of_nonsense_or_a_folder_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / text_size.FILE).write_text("gross")
    assert text_size.remembered(tmp_path) == 125
    text_size.remember(tmp_path / "nowhere", 150)
    assert text_size.remembered(tmp_path / "nowhere") == 125
