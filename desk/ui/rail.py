"""The rail on the left: the station's name, the pages that work, their keys and how much waits there."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QVBoxLayout

from desk.text import _
from desk.ui import style
from desk.ui.icons import icon
from desk.ui.page import PageSpec
from desk.ui.parts.boxes import label
from desk.ui.parts.key_hint import key_width, paint_key

_PAD = 12


class Rail(QFrame):
    """One button a page; with words, or with icons alone where the text is large.

    Signals:
        pressed: the key of the page whose button was pressed.
    """

    pressed = Signal(str)

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self._buttons: dict[str, RailButton] = {}
        self._station = label("", "station", wrap=True)
        self._name = label(_("接待台"), "small")
        self._box = QVBoxLayout(self)
        self._box.setSpacing(2)
        self._box.addWidget(self._station)
        self._box.addWidget(self._name)
        self._box.addSpacing(7)
        for spec in pages:
            if spec.on_rail and not spec.at_foot:
                self._add(spec)
        self._box.addStretch(1)
        for spec in pages:
            if spec.on_rail and spec.at_foot:
                self._add(spec)
        self.fit()

    def show_station(self, name: str) -> None:
        """Show the station's name."""
        self._station.setText(name)

    def show_page(self, key: str) -> None:
        """Mark the page in view; a page reached from another leaves the mark on that one."""
        if key not in self._buttons:
            return
        for known, button in self._buttons.items():
            blocked = button.blockSignals(True)
            button.setChecked(known == key)
            button.blockSignals(blocked)

    def show_badge(self, key: str, count: int) -> None:
        """Show how much waits on a page; 0 shows nothing."""
        if key in self._buttons:
            self._buttons[key].set_badge(count)

    def fit(self) -> None:
        """Take the width of the text size in use; from 150 % on it shows icons only."""
        narrow = style.current().percent >= 150
        self.setFixedWidth(style.size("rail_icons" if narrow else "rail") + 1)
        self._station.setVisible(not narrow)
        self._name.setVisible(not narrow)
        self._box.setContentsMargins(8, 18, 8, 10)
        # Room on the right lets 某某镇人大代表联络站 break before 联络站.
        self._station.setContentsMargins(10, 0, style.size("text") + 10, 0)
        self._name.setContentsMargins(10, 0, 10, 0)
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def _add(self, spec: PageSpec) -> None:
        button = RailButton(spec)
        button.clicked.connect(lambda: self.pressed.emit(spec.key))
        # A screen reader toggles the button without clicking it.
        button.toggled.connect(lambda: self.pressed.emit(spec.key))
        self._buttons[spec.key] = button
        self._box.addWidget(button)


class RailButton(QPushButton):
    """The button of one page: words, badge and key; or an icon with its badge."""

    def __init__(self, spec: PageSpec) -> None:
        super().__init__(spec.title)
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spec = spec
        self._key = spec.shortcut.replace("+", " ")
        self._badge = 0
        self._narrow = False
        self._name()

    def set_badge(self, count: int) -> None:
        """Show a count; screen readers hear it with the name."""
        self._badge = count
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, with the words in the tool tip."""
        self._narrow = narrow
        self.setToolTip(f"{self._spec.title} {self._key}".strip() if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a rail item; the rail gives the width."""
        return QSize(style.size("rail_icons") - 16, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Stay as it is: the window says which page is in view."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame, then words or icon, badge and key."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        tone = "accent" if self.isChecked() else "ink"
        if self._narrow:
            side = style.size("tick") + 10
            box = QRect(0, 0, side, side)
            box.moveCenter(self.rect().center())
            icon(self._spec.icon, tone).paint(painter, box)
            # Small enough to leave the icon to be seen.
            height = style.size("badge") * 3 // 4
            self._paint_badge(painter, self.width() - 2, height // 2 + 2, height)
            return
        right = self.width() - _PAD
        if self._key:
            key = key_width(self.font(), self._key)
            paint_key(painter, QRect(right - key, 0, key, self.height()), self._key)
            right -= key + 6
        self._paint_badge(painter, right, self.height() // 2, style.size("badge") - 2)
        font = QFont(self.font())
        font.setPixelSize(style.size("rail_text"))
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(style.colour(tone))
        words = QRect(_PAD, 0, right - _PAD, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._spec.title)

    def _paint_badge(self, painter: QPainter, right: int, middle: int, height: int) -> None:
        if not self._badge:
            return
        font = QFont(self.font())
        font.setPixelSize(style.size("small"))
        text = str(self._badge)
        width = max(height + 3, QFontMetrics(font).horizontalAdvance(text) + 10)
        box = QRect(right - width, middle - height // 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("accent"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(style.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _name(self) -> None:
        waits = _("，{count} 件").format(count=self._badge) if self._badge else ""
        self.setAccessibleName(self._spec.title + waits)
