"""Two starts on one folder: the second rings at the first."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desk.ui.place import Place
from desk.ui.single import Doorbell, ring


def test_a_ring_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    name = Place(tmp_path).name
    bell = Doorbell(name)
    with qtbot.waitSignal(bell.rung):
        ring(name)
    bell.close()


def test_a_ring_at_nobody_does_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    ring(Place(tmp_path).name)


def test_what_a_crashed_program_left_is_in_nobodys_way(qtbot: QtBot, tmp_path: Path) -> None:
    name = Place(tmp_path).name
    first = Doorbell(name)
    second = Doorbell(name)
    with qtbot.waitSignal(second.rung):
        ring(name)
    first.close()
    second.close()
