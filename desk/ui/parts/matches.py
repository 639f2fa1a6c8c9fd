"""Somebody like this was here before: a list under the name, inside the window, the focus stays in the field.

No popup takes the focus and there is no completer: both break Chinese input (peers.md 2.7).
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from desk.services.visit_values import PersonMatch
from desk.text import _
from desk.ui import style

_MATCH = Qt.ItemDataRole.UserRole + 1
_ROWS = 6
_WINDOW_LEFT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The cursor stays in its field: only the window was left for a moment, or a menu opened over it."""


def match_words(match: PersonMatch) -> str:
    """Return a match as one line: name, phone, address, last visit, why it was found."""
    last = _("上次 {day}").format(day=match.last_visit) if match.last_visit is not None else ""
    return "　".join(
        part for part in (match.name, match.phone_masked, match.address, last, match.why) if part
    )


class MatchList(QFrame):
    """Offers known people under the field being typed in.

    Signals:
        chosen: the PersonMatch a person took.
        kept_apart: it is another person of the same name.
    """

    chosen = Signal(object)
    kept_apart = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("role", "results")
        self._over = over
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setAccessibleName(_("可能来过的人"))
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.clicked.connect(self._on_clicked)
        self._fields: list[QWidget] = []
        self._field: QWidget | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 6, 1, 6)
        box.addWidget(self._list)
        self.hide()

    def watch(self, field: QWidget) -> None:
        """Stand under this field too while it is typed in, and take its arrows, Enter and Esc."""
        self._fields.append(field)
        field.installEventFilter(self)

    def offer(self, matches: Sequence[PersonMatch]) -> None:
        """Show these under the field in focus; none hides the list."""
        field = next((each for each in self._fields if each is self.window().focusWidget()), None)
        self._model.clear()
        if not matches or field is None:
            self.hide()
            return
        for match in matches[:_ROWS]:
            self._add(match_words(match), match)
        self._add(_("另一个人（同名）"), None)
        self._field = field
        self._place(field)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that belong to the list as long as it is shown."""
        if not self.isVisible():
            return super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _WINDOW_LEFT:
            self.hide()
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and watched is self._field:
            # Another text size has moved the field and wants higher lines.
            QTimer.singleShot(0, self, self._follow)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event.key())
        return super().eventFilter(watched, event)

    def _take_key(self, key: int) -> bool:
        at = self._list.currentIndex().row()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            target = min(max(at + step, 0), self._model.rowCount() - 1)
            self._list.setCurrentIndex(self._model.index(target, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            self._take(at)
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index.row())

    def _take(self, at: int) -> None:
        match: PersonMatch | None = self._model.index(at, 0).data(_MATCH)
        self.hide()
        if match is None:
            self.kept_apart.emit()
        else:
            self.chosen.emit(match)

    def _add(self, words: str, match: PersonMatch | None) -> None:
        item = QStandardItem(words)
        item.setData(match, _MATCH)
        item.setSizeHint(QSize(0, _line_height()))
        self._model.appendRow(item)

    def _follow(self) -> None:
        for at in range(self._model.rowCount()):
            self._model.item(at).setSizeHint(QSize(0, _line_height()))
        if self._field is not None and self.isVisible():
            self._place(self._field)

    def _place(self, field: QWidget) -> None:
        corner = field.mapTo(self._over, QPoint(0, field.height() + 3))
        height = self._model.rowCount() * _line_height() + 16
        width = min(max(field.width(), style.size("control") * 14), self._over.width() - corner.x() - 8)
        self.setGeometry(corner.x(), corner.y(), width, min(height, self._over.height() - corner.y() - 8))


def _line_height() -> int:
    return style.size("control") - 4
