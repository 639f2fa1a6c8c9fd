"""The curtain: one key hides everything at once behind a calm page that says nothing of anybody."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.text import _
from desk.ui.parts.boxes import column, label


class Curtain(QWidget):
    """The station's name and the six ones, nothing else.

    Signals:
        opened: somebody of the desk wants to go on (Esc, Enter or Space; the curtain key is the window's).
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setAccessibleName(_("遮屏"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._station = label("", "banner")
        ones = label(_("一张笑脸 · 一杯热茶 · 一份记录 · 一句安慰 · 一个反馈 · 一个满意"), "soft")
        back = label(_("按 Esc 或 F12 返回"), "small")
        for text in (self._station, ones, back):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(None, self._station, ones, None, back, gap=16, margin=24))

    def show_station(self, name: str) -> None:
        """Show the station's name."""
        self._station.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc, Enter or Space."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)
