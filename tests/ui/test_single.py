"""Two starts on one folder: the second raises the first and ends."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.ui.single import Single


def test_the_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Single(tmp_path), Single(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.raised):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_another_folder_is_another_program(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Single(tmp_path / "a"), Single(tmp_path / "b")
    assert first.claim()
    assert second.claim()
    first.release()
    second.release()
