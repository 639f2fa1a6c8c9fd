"""F1: what can be done on the page in view and with which keys, and the 操作卡 to lay beside the keyboard."""

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.parts.boxes import column, label, row, rule
from desk.ui.parts.columns import scrolled
from desk.ui.parts.key_hint import KeyHint

_WIDTH = 380
_EDGE = 6  # less than what stands at the edges of the window: half a word must not look out


def keys() -> list[tuple[str, str]]:
    """Return the keys that work everywhere, with what they do, in the order of a morning."""
    return [
        ("F2", _("新来访（任何页面）")),
        ("Shift F2", _("轮换正在接待的来访")),
        ("Ctrl K", _("搜索")),
        ("Ctrl 1", _("今日")),
        ("F3", _("矛盾调解")),
        ("F4", _("法律咨询")),
        ("F7", _("代表值班")),
        ("F8", _("公示牌")),
        ("Ctrl L", _("锁定")),
        ("F12", _("遮屏：立刻藏起全部内容")),
        ("Esc", _("返回")),
        ("F1", _("帮助")),
    ]


class HelpPanel(QFrame):
    """A panel at the right edge of the window; Esc or F1 puts it away.

    Signals:
        closed: it was put away.
    """

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "veil")
        self.setAccessibleName(_("帮助"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = parent
        self._came_from: QWidget | None = None
        self._context = context
        self._title = label("", "heading")
        self._words = label("", wrap=True)
        self._card = QPushButton(_("打印操作卡…"))
        self._card.clicked.connect(self._on_card)
        close = QPushButton(_("关闭"))
        close.clicked.connect(self.put_away)
        inside = QWidget()
        box = column(self._words, rule(), label(_("到处可用的键"), "strong"), gap=10)
        for key, words in keys():
            box.addLayout(row(KeyHint(key), label(words), None, gap=8))
        box.addStretch(1)
        # Away from the scroll bar.
        box.setContentsMargins(0, 0, 8, 0)
        inside.setLayout(box)
        self._area: QScrollArea = scrolled(inside)
        self.setLayout(column(self._title, self._area, row(self._card, None, close), gap=12, margin=16))
        self.hide()

    def show_for(self, page: Page) -> None:
        """Show the help of a page."""
        self._title.setText(_("帮助：{page}").format(page=page.title))
        self._words.setText(page.help_text)
        self._words.setVisible(bool(page.help_text))
        self._came_from = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.setFocus()

    def place(self) -> None:
        """Stand at the right edge, as high as the window."""
        width = min(max(_WIDTH, self.sizeHint().width()), self._over.width() * 2 // 3)
        around = 2 * _EDGE
        self.setGeometry(self._over.width() - width - _EDGE, _EDGE, width, self._over.height() - around)

    def put_away(self) -> None:
        """Hide it, say so, and go on in the field where somebody was writing."""
        self.hide()
        self.closed.emit()
        if self._came_from is not None and shiboken6.isValid(self._came_from):
            self._came_from.setFocus()
        self._came_from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _on_card(self) -> None:
        self.put_away()
        self._context.navigator.show("paper", "operation_card")
