"""Where a window stands: whole on the screen with its frame, whatever the size of either; where it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QMargins, QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.ui import placement, style
from desk.ui.placement import SIZE, Fit, Placement, fitted

OPENBOX = QMargins(1, 20, 1, 5)
SMALL = QRect(0, 0, 1366, 768)


def test_on_a_screen_of_its_own_size_a_window_makes_room_for_its_frame() -> None:
    assert fitted(QRect(QPoint(0, 0), SIZE), OPENBOX, SMALL) == QRect(1, 20, 1364, 743)


def test_on_a_large_screen_it_stays_as_it_is() -> None:
    stands = QRect(QPoint(200, 100), SIZE)
    assert fitted(stands, OPENBOX, QRect(0, 0, 1920, 1080)) == stands


@given(
    at=some.tuples(some.integers(-3000, 3000), some.integers(-3000, 3000)),
    size=some.tuples(some.integers(1, 4000), some.integers(1, 4000)),
    room=some.tuples(some.integers(-2000, 2000), some.integers(-2000, 2000), *[some.integers(200, 4000)] * 2),
    sides=some.tuples(*[some.integers(0, 60)] * 4),
)
def test_the_frame_always_lies_in_the_room(
    at: tuple[int, int], size: tuple[int, int], room: tuple[int, int, int, int], sides: tuple[int, ...]
) -> None:
    frame, screen = QMargins(*sides), QRect(*room)
    stands = fitted(QRect(*at, *size), frame, screen)
    assert screen.contains(stands.marginsAdded(frame))
    assert stands.width() <= size[0]
    assert stands.height() <= size[1]
    assert fitted(stands, frame, screen) == stands


@pytest.fixture
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this platform, whose screen is small, pass for one with frames."""
    monkeypatch.setattr(QApplication, "platformName", lambda: "xcb")
    monkeypatch.setattr(placement, "SMALLEST", QSize(400, 300))


class Framed(QWidget):
    """A window whose manager has drawn a frame."""

    class Handle:
        @staticmethod
        def frameMargins() -> QMargins:
            return OPENBOX

    def windowHandle(self) -> "Framed.Handle":  # type: ignore[override]  # stands in for the manager
        return self.Handle()


def shown(qtbot: QtBot, last: Placement | None) -> tuple[QWidget, Fit]:
    """Show a window and let the fit have its first look."""
    window = Framed()
    qtbot.addWidget(window)
    fit = Fit(window)
    fit.show(last)
    fit._timer.stop()
    fit.look()
    return window, fit


@pytest.mark.usefixtures("framed")
def test_a_window_is_whole_on_the_screen_with_its_frame(qtbot: QtBot) -> None:
    window, _fit = shown(qtbot, None)
    room = window.screen().availableGeometry()
    assert room.contains(window.geometry().marginsAdded(OPENBOX))
    assert window.width() == min(SIZE.width(), room.width() - 2)


@pytest.mark.usefixtures("framed")
def test_it_stands_where_it_stood_unless_that_is_off_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window, _fit = shown(qtbot, Placement(QPoint(30, 40), QSize(500, 400)))
    placement.remember(tmp_path, window)
    last = placement.remembered(tmp_path)
    assert last == Placement(window.pos(), QSize(500, 400))
    window.close()
    far, _fit = shown(qtbot, Placement(QPoint(9000, 9000), QSize(500, 400)))
    assert far.screen().availableGeometry().contains(far.geometry())


@pytest.mark.usefixtures("framed")
def test_a_size_that_a_person_has_given_is_left_alone(qtbot: QtBot) -> None:
    window, fit = shown(qtbot, Placement(QPoint(0, 0), QSize(500, 400)))
    window.resize(640, 480)
    fit._on_time()
    assert window.size() == QSize(640, 480)
    assert not fit._timer.isActive()


@pytest.mark.parametrize("words", ["", "1 2 3", "a b c d", "0 0 0 0"])
def test_a_file_without_sense_is_no_place(tmp_path: Path, words: str) -> None:
    (tmp_path / placement.FILE).write_text(words, "ascii")
    assert placement.remembered(tmp_path) is None


def test_what_cannot_be_written_is_not_missed(qtbot: QtBot, tmp_path: Path, framed: None) -> None:
    window, _fit = shown(qtbot, None)
    placement.remember(tmp_path / "gone", window)
    assert placement.remembered(tmp_path / "gone") is None


def test_the_parts_of_a_window_never_move_its_edges(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window, part = QWidget(), QWidget()
    qtbot.addWidget(window)
    laid_out = QVBoxLayout(window)
    laid_out.addWidget(part)
    Fit(window).show(None)
    stood = window.geometry()
    assert stood.size() == SIZE
    for percent in (150, 100, 125, 100):
        # For a moment half of the parts have the new text size and half the old one.
        part.setMinimumSize(1500, 900)
        style.apply(app, percent)
        laid_out.activate()
        assert window.geometry() == stood
        part.setMinimumSize(0, 0)
        laid_out.activate()
        assert window.geometry() == stood
