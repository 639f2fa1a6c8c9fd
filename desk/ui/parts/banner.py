"""The red half of the sign-on card: the station's name and the six ones."""

from html import escape

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.parts.boxes import label

_TAIL = "人大代表"


class Banner(QFrame):
    """Says where one is before anybody has signed on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "station_half")
        self._name = label(_("人大代表联络站"), "banner", wrap=True)
        self._words = label("", "banner_text", wrap=True)
        self.show_words(_("一张笑脸　一杯热茶\n一份记录　一句安慰\n一个反馈　一个满意"))
        self._foot = label(_("本机加密存储 · 断网也能接待"), "small", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(34, 38, 34, 34)
        box.setSpacing(16)
        box.addWidget(self._name)
        box.addWidget(self._words)
        box.addStretch(1)
        box.addWidget(self._foot)
        box.addStretch(1)

    def show_station(self, name: str) -> None:
        """Show the station's name, broken before 人大代表 as on a signboard."""
        head, tail, rest = name.partition(_TAIL)
        self._name.setText(f"{head}\n{tail}{rest}" if head and tail else name)

    def show_words(self, text: str) -> None:
        """Replace the six ones by other words, such as the steps of the wizard."""
        lines = "<br>".join(escape(text).splitlines())
        self._words.setText(f"<div style='line-height: 125%; white-space: pre-wrap'>{lines}</div>")
