"""The bar over the pages: search, the light of the sync, who is on duty, and the lock."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from desk.text import _
from desk.ui import style
from desk.ui.parts.boxes import label
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill
from desk.ui.search_box import SearchField

_MARGIN = 18


class TopBar(QFrame):
    """Holds the search field and what must always be in view.

    Signals:
        lock_pressed: the lock button.
    """

    lock_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.field = SearchField()
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Until the store has been asked the desk works alone, and says so.
        self._sync = Pill(_("单机"), "plain")
        self.show_sync(_("单机"), "plain", _("本机独立工作，没有接入县级平台"))
        self._duty = _Elided()
        self._lock = KeyButton(_("锁定"), "Ctrl L", kind="row")
        self._lock.clicked.connect(self.lock_pressed)
        box = QHBoxLayout(self)
        box.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        box.setSpacing(16)
        box.addWidget(self.field, 3)
        box.addStretch(1)
        box.addWidget(self._sync)
        box.addWidget(self._duty)
        box.addWidget(self._lock)
        self.fit()

    def show_duty(self, text: str) -> None:
        """Show who is on duty."""
        self._duty.say(text)

    def show_sync(self, text: str, tone: str, tip: str) -> None:
        """Show how the sync stands, in a word and more of it in the tool tip."""
        self._sync.say(text, tone)
        self._sync.setToolTip(tip)
        self._sync.setAccessibleName(f"{text}。{tip}" if tip else text)

    def fit(self) -> None:
        """Take the height of the text size in use."""
        self.setFixedHeight(style.size("top") + 1)
        self.field.setMaximumWidth(520 * style.current().percent // 100)


class _Elided(QFrame):
    """Names that are cut with … where the bar is short, whole in the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self._text = label("", "soft")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        self._whole = text
        self._text.setToolTip(text)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        width = self._text.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(min(width, 420), self._text.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 80), self._text.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        metrics = self._text.fontMetrics()
        self._text.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
