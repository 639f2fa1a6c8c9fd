"""Pictures at their sizes, of the whole window."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.demo import folder
from desk.demo.camera import SIZE, Camera
from desk.demo.play import DemoProblem
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.ui import style
from tests.demo.test_hands import play


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record of a fresh folder."""
    return Record(folder.prepare(tmp_path / "made"))


def shown(qtbot: QtBot, width: int, height: int) -> QWidget:
    """Show an empty window in front."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize("every", [False, True])
def test_a_page_is_taken_at_its_sizes(qtbot: QtBot, record: Record, *, every: bool) -> None:
    window = shown(qtbot, *SIZE)
    camera, before = Camera(record, LoopProbe()), style.current().percent
    play(qtbot, camera.shoot("今日", every_size=every))
    assert [(each.name, each.percent) for each in record.screens] == [
        ("今日", percent) for percent in ((100, 125, 150) if every else (100, 150))
    ]
    for made in record.screens:
        picture = QImage(str(record.out / made.file))
        assert (picture.width(), picture.height()) == SIZE
    assert {Path(made.file).name.split("-")[0] for made in record.screens} == {"01"}
    assert style.current().percent == before
    assert camera.snap(record.out / folder.STOPPED)
    window.close()


def test_a_window_of_another_size_is_told(qtbot: QtBot, record: Record) -> None:
    window = shown(qtbot, 1400, 768)
    with pytest.raises(DemoProblem, match="1400×768"):
        play(qtbot, Camera(record, LoopProbe()).shoot("今日"))
    window.close()
