"""The one voice to the user: messages, problems with their way out, questions, files, crash window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLayout,
    QMessageBox,
    QPushButton,
    QWidget,
)

from desk.errors import Problem
from desk.text import _
from desk.ui import style
from desk.ui.crash import CrashWindow

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_INFO_MS = 6000
_BESIDE = 14


class Notices(Protocol):
    """What pages may say and ask. `RecordingNotices` in the tests answers at once."""

    def info(self, text: str) -> None:
        """Say that something is done; it goes away by itself."""

    def warn(self, text: str) -> None:
        """Say something to be minded; it stays until it is closed."""

    def fail(self, problem: Problem) -> None:
        """Say what could not be done and the way out; it stays until it is closed."""

    def crash(self, error: BaseException) -> None:
        """Say that the program itself erred, without losing what was typed."""

    def ask(self, question: str, yes: str, no: str, then: Callable[[], None]) -> None:
        """Ask; `then` is called when the person chose `yes`, nothing is called for `no`."""

    def ask_text(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for some words, such as a reason; `then` gets them stripped and is not called for none."""

    def choose_file(self, title: str, pattern: str, then: Callable[[Path], None]) -> None:
        """Let the person pick a file to read; `pattern` as in "表格 (*.xlsx *.xls *.csv)"."""

    def choose_files(self, title: str, pattern: str, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Let the person pick one or several files to read."""

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Let the person pick a folder."""

    def save_file(self, title: str, name: str, pattern: str, then: Callable[[Path], None]) -> None:
        """Let the person say where to save; `name` is proposed."""

    def choose_printer(self, printer: "QPrinter", pages: int, then: Callable[[], None]) -> None:
        """Let the person choose printer, pages and copies; `printer` holds the choice for `then`."""


class WindowNotices(QObject):
    """Notices shown on a window: a strip for words, dialogs for questions.

    What goes by itself lies over the footer; what stays has room of its own above it. No field and no button
    is ever covered.

    Nothing here blocks: every dialog is opened with `open()` and answers by signal.
    """

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window: QWidget | None = None
        self._passing: _Passing | None = None
        self._lasting: _Lasting | None = None
        self._place: QLayout | None = None
        if window is not None:
            self.hang_on(window)

    def hang_on(self, window: QWidget, place: QLayout | None = None) -> None:
        """Speak on this window, or a part of it that the lock hides, from now on.

        Args: `place` has room for what stays; without one it stands under all else in the window.
        """
        self._window = window
        self._passing = _Passing(window)
        self._lasting = None
        self._place = place

    def info(self, text: str) -> None:
        """Show `text` for six seconds."""
        if self._passing is not None:
            self._passing.say(text, "green")

    def warn(self, text: str) -> None:
        """Show `text` until it is closed."""
        self._stay(text, "amber")

    def fail(self, problem: Problem) -> None:
        """Show the sentence and the way out until it is closed."""
        words = [problem.sentence, problem.way_out]
        self._stay("\n".join(word for word in words if word), "red")

    def crash(self, error: BaseException) -> None:
        """Open the crash window; the main window stays as it is."""
        CrashWindow(error, self._window).open()

    def ask(self, question: str, yes: str, no: str, then: Callable[[], None]) -> None:
        """Ask in a window of its own; Esc means `no`."""
        box = QMessageBox(self._window)
        box.setWindowTitle(_("请确认"))
        box.setText(question)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse)
        box.setEscapeButton(refuse)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(lambda _code: then() if box.clickedButton() is agree else None)
        box.open()

    def ask_text(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for some words in a window of its own."""
        box = QInputDialog(self._window)
        box.setWindowTitle(_("请填写"))
        box.setLabelText(question)
        box.setOkButtonText(_("确定"))
        box.setCancelButtonText(_("取消"))
        box.setMinimumWidth(420)
        _when_accepted(box, lambda: then(box.textValue().strip()) if box.textValue().strip() else None)

    def choose_file(self, title: str, pattern: str, then: Callable[[Path], None]) -> None:
        """Open the file window."""
        box = QFileDialog(self._window, title, "", pattern)
        box.setFileMode(QFileDialog.FileMode.ExistingFile)
        _when_accepted(box, lambda: then(Path(box.selectedFiles()[0])))

    def choose_files(self, title: str, pattern: str, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Open the file window for several files."""
        box = QFileDialog(self._window, title, "", pattern)
        box.setFileMode(QFileDialog.FileMode.ExistingFiles)
        _when_accepted(box, lambda: then(tuple(Path(each) for each in box.selectedFiles())))

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Open the folder window."""
        box = QFileDialog(self._window, title)
        box.setFileMode(QFileDialog.FileMode.Directory)
        box.setOption(QFileDialog.Option.ShowDirsOnly)
        _when_accepted(box, lambda: then(Path(box.selectedFiles()[0])))

    def save_file(self, title: str, name: str, pattern: str, then: Callable[[Path], None]) -> None:
        """Open the file window for saving; an existing file is asked about by the window itself."""
        box = QFileDialog(self._window, title, name, pattern)
        box.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        box.setDefaultSuffix(Path(name).suffix.lstrip("."))
        _when_accepted(box, lambda: then(Path(box.selectedFiles()[0])))

    def choose_printer(self, printer: "QPrinter", pages: int, then: Callable[[], None]) -> None:
        """Open the print window of the system. Files are saved by the desk itself, whole or not at all."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        box = QPrintDialog(printer, self._window)
        box.setWindowTitle(_("打印"))
        box.setMinMax(1, pages)
        box.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
        _when_accepted(box, then)

    def _stay(self, text: str, tone: str) -> None:
        if self._window is None:
            return
        if self._lasting is None:
            # Only now: a window may be laid out after it got its voice.
            room = self._place or self._window.layout()
            assert room is not None, "a window that speaks is laid out"
            self._lasting = _Lasting()
            room.addWidget(self._lasting)
            room.addWidget(self._lasting.below)
        self._lasting.say(text, tone)


class _Strip(QFrame):
    """A coloured strip that carries one message at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str, tone: str) -> None:
        """Show `text` in the colours of `tone`."""
        self._text.setText(text)
        self.setProperty("tone", tone)
        style.repolish(self)
        self.show()


class _Lasting(_Strip):
    """What stays until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        close = QPushButton(_("知道了"), self)
        close.setProperty("kind", "row")
        # A click must not take the focus out of the field somebody writes in; Tab still reaches it.
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.hide)
        self._row.setContentsMargins(14, 8, 10, 8)
        self._row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        # A margin of the layout would be there when the strip is not.
        self.below = QWidget()
        self.below.setFixedHeight(8)
        self.below.hide()

    def setVisible(self, visible: bool) -> None:
        """Come and go with the gap below it (called by Qt)."""
        super().setVisible(visible)
        if hasattr(self, "below"):
            self.below.setVisible(visible)


class _Passing(_Strip):
    """What goes by itself, over the footer of the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._row.setContentsMargins(_BESIDE, 2, _BESIDE, 2)
        self._timer = QTimer(self)
        self._timer.setObjectName("notice")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_INFO_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)

    def say(self, text: str, tone: str) -> None:
        """Show `text` for six seconds."""
        super().say(text, tone)
        self._place()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and its text size once the layout has taken it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Go at a click."""
        self.hide()

    def _place(self) -> None:
        window = self._window
        words = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2 * _BESIDE + 4
        width = min(words, window.width() - 40)
        height = max(self.heightForWidth(width), style.size("foot"))
        self.setGeometry((window.width() - width) // 2, window.height() - height, width, height)


def _when_accepted(box: QDialog, then: Callable[[], None]) -> None:
    """Open `box`, call `then` when it was accepted, and let go of it."""
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.accepted.connect(then)
    box.open()
