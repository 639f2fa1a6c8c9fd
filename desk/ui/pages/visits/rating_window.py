"""The question to the visitor: on the second screen, or on this one, turned round."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desk.rules import labels
from desk.text import _
from desk.ui.parts.boxes import label, row
from desk.ui.parts.fields import LineField

_UNSATISFIED = "unsatisfied"
_ASKED = ("satisfied", "basic", _UNSATISFIED)
_DECLINED = "declined"


class RatingWindow(QWidget):
    """Asks how the reception was; nothing else of the desk is seen. Keys: 1, 2, 3, and 0 for 不评.

    Who is not satisfied is offered to say why, and need not.

    Signals:
        answered: a code of `labels.RATING` and the reason; "" when the window was closed without an answer.
    """

    answered = Signal(str, str)

    def __init__(self, station: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "visitor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("请评价接待"))
        self._answer = ""
        self.choices = {code: self._choice(code) for code in _ASKED}
        self.decline = QPushButton(labels.RATING[_DECLINED])
        self.decline.setProperty("kind", "decline")
        self.decline.clicked.connect(lambda: self._take(_DECLINED))
        self.reason = LineField(_("不满意的原因"), limit=200, hint=_("可以不说"))
        self.reason.setProperty("role", "visitor_line")
        self.reason.returnPressed.connect(self.close)
        self.say_done = QPushButton(_("好了"))
        self.say_done.setProperty("kind", "decline")
        self.say_done.clicked.connect(self.close)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._question(station))
        self._pages.addWidget(self._why(station))

    def ask(self, here: QScreen, screens: Sequence[QScreen]) -> None:
        """Fill the other screen, or this one when there is only one (then nothing else can be used)."""
        other = next((screen for screen in screens if screen is not here), None)
        if other is None:
            self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setScreen(other or here)
        self.setGeometry((other or here).geometry())
        self.showFullScreen()
        # No answer is lit up beforehand: a visitor would take it for the one expected.
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a digit, go with the arrows, leave with Esc."""
        digits = dict(zip("123", _ASKED, strict=True)) | {"0": _DECLINED}
        if self._answer:
            if event.key() == Qt.Key.Key_Escape:
                self.close()
        elif event.text() in digits:
            self._take(digits[event.text()])
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the answer, "" for none."""
        super().closeEvent(event)
        self.answered.emit(self._answer, self.reason.value())

    def _choice(self, code: str) -> QPushButton:
        button = QPushButton(labels.RATING[code])
        button.clicked.connect(lambda: self._take(code))
        return button

    def _take(self, code: str) -> None:
        self._answer = code
        if code != _UNSATISFIED:
            self.close()
            return
        self._pages.setCurrentIndex(1)
        self.reason.setFocus()

    def _question(self, station: str) -> QWidget:
        buttons = QHBoxLayout()
        buttons.setSpacing(28)
        for button in self.choices.values():
            buttons.addWidget(button, 1)
        page, box = _page(station, _("今天的接待，您满意吗？"))
        box.addLayout(buttons)
        box.addSpacing(36)
        box.addWidget(label(_("事情办得怎么样，等答复您以后再请您评。"), "visitor_soft", wrap=True))
        box.addSpacing(54)
        box.addLayout(row(None, self.decline))
        box.addStretch(1)
        return page

    def _why(self, station: str) -> QWidget:
        page, box = _page(station, _("哪里做得不好？请告诉我们。"))
        box.addWidget(self.reason)
        box.addSpacing(54)
        box.addLayout(row(None, self.say_done))
        box.addStretch(1)
        return page


def _page(station: str, question: str) -> tuple[QWidget, QVBoxLayout]:
    """Return a page with the station's name and a question on top."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(110, 60, 110, 60)
    box.setSpacing(0)
    box.addWidget(label(station, "visitor_soft"))
    box.addSpacing(40)
    box.addWidget(label(question, "visitor_ask", wrap=True))
    box.addSpacing(24)
    return page, box
