"""A paper in a window of its own, for places where the main window is not there, such as the wizard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from desk.text import _
from desk.ui import style
from desk.ui.context import Context
from desk.ui.notices import WindowNotices
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview.pane import PreviewPane
from desk.ui.preview.press import SYSTEM, Press
from desk.ui.preview.printers import Printers
from desk.ui.preview.sheets import sheets_of

if TYPE_CHECKING:
    from desk.services.papers import Paper

_SIZE = (620, 680)


class PaperWindow(QDialog):
    """The sheets, with print and save below them; it speaks on a strip of its own."""

    def __init__(
        self, paper: "Paper", context: Context, parent: QWidget | None = None, source: Printers = SYSTEM
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(paper.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._paper = paper
        notices = WindowNotices(self) if isinstance(context.notices, WindowNotices) else context.notices
        own = Context(context.services, context.tasks, notices, context.navigator, context.live)
        self.preview = PreviewPane(context.tasks)
        self.close_button = KeyButton(_("关闭"), "Esc")
        self.save_button = KeyButton(_("存为 PDF"), "Ctrl S")
        self.print_button = KeyButton(_("打印"), "Ctrl P", "main")
        box = column(row(label(paper.title, "title"), None), gap=WIDE, margin=16)
        if paper.note:
            box.addWidget(label(paper.note, "label", wrap=True))
        box.addWidget(self.preview, 1)
        box.addLayout(row(self.close_button, None, self.save_button, self.print_button))
        self.setLayout(box)
        self.press = Press(own, BusyVeil(self), source)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(lambda: self.press.save(paper))
        self.print_button.clicked.connect(lambda: self.press.print(paper, paper.copies))
        for keys, button in (("Ctrl+P", self.print_button), ("Ctrl+S", self.save_button)):
            QShortcut(QKeySequence(keys), self, button.click)
        wide, high = (side * style.current().percent // 100 for side in _SIZE)
        room = self.screen().availableSize()
        self.resize(min(wide, room.width() - 40), min(high, room.height() - 60))
        self.preview.show_sheets(sheets_of(paper))
        self.print_button.setFocus()


def show_paper(paper: "Paper", context: Context, parent: QWidget) -> PaperWindow:
    """Open a window that shows a finished paper, over `parent`."""
    made = PaperWindow(paper, context, parent)
    made.open()
    return made
