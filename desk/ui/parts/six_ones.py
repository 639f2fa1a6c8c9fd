"""The six ones of a visit: six small dots for lists, and the rail of six steps beside the form.

A step is known by its number and word and by its state said in words; colour and tick only repeat it.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.text import _
from desk.ui import style


class Light(Protocol):
    """What a service says of one of the six ones; state is done, now, todo or waiting."""

    @property
    def key(self) -> str:
        """The code of the step."""

    @property
    def label(self) -> str:
        """Its name, such as 一张笑脸."""

    @property
    def state(self) -> str:
        """done, now, todo or waiting."""

    @property
    def hint(self) -> str:
        """The small words under the name."""


_STATE_WORDS = {"done": "已完成", "now": "正在做", "todo": "未做", "waiting": "待办"}


def dots_width() -> int:
    """Return the width of six dots in pixels."""
    return 6 * style.size("dot") + 5 * 4


def paint_dots(painter: QPainter, rect: QRect, states: Sequence[str]) -> None:
    """Paint one dot for each state at the left of `rect`: full when done, a red ring for the one at hand."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = style.size("dot")
    y = rect.center().y() - side // 2
    for index, state in enumerate(states):
        box = QRect(rect.left() + index * (side + 4), y, side, side)
        if state == "now":
            painter.setPen(QPen(style.colour("accent"), 2))
            painter.setBrush(style.colour("surface"))
            box.adjust(1, 1, -1, -1)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("green" if state == "done" else "line"))
        painter.drawEllipse(box)
    painter.restore()


class SixDots(QWidget):
    """Six dots in a row; the words stand in the tool tip and for screen readers."""

    def __init__(self, lights: Sequence[Light] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._states: list[str] = []
        self.show_lights(lights)

    def show_lights(self, lights: Sequence[Light]) -> None:
        """Show these six."""
        self._states = [light.state for light in lights]
        words = _("、").join(f"{light.label} {_(_STATE_WORDS[light.state])}" for light in lights)
        self.setToolTip(words)
        self.setAccessibleName(_("六个一：") + words)
        self.update()

    def sizeHint(self) -> QSize:
        """Six dots wide."""
        return QSize(dots_width(), style.size("dot") + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dots."""
        paint_dots(QPainter(self), self.rect(), self._states)


class SixRail(QWidget):
    """The six steps under each other; a press or Space asks the page to tick one.

    Signals:
        pressed: the key of the step a person pressed; the page decides what that means.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[_Step] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_lights(self, lights: Sequence[Light]) -> None:
        """Show these six; widgets stay the same, so the focus stays where it is."""
        while len(self._steps) < len(lights):
            step = _Step(len(self._steps) + 1, self)
            step.pressed.connect(self.pressed)
            self._steps.append(step)
            self._box.addWidget(step)
        for step, light in zip(self._steps, lights, strict=True):
            step.show_light(light)


class _Step(QWidget):
    """One step: a round number or tick, its name and a small hint."""

    pressed = Signal(str)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._key = ""
        self._state = "todo"
        self._label = ""
        self._hint = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_light(self, light: Light) -> None:
        self._key, self._state, self._label, self._hint = light.key, light.state, light.label, light.hint
        self.setAccessibleName(f"{light.label} {_(_STATE_WORDS[light.state])} {light.hint}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(style.size("step") * 5, style.size("step") * 2 + 5)

    def minimumSizeHint(self) -> QSize:
        words = QFontMetrics(self._font("heading", bold=True, more=1)).horizontalAdvance(self._label)
        return QSize(style.size("step") + 18 + words, style.size("step") + 14)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self._key)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._state == "now" or self.hasFocus():
            painter.setPen(QPen(style.colour("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("accent_soft") if self._state == "now" else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        self._paint_number(painter)
        self._paint_words(painter)

    def _paint_number(self, painter: QPainter) -> None:
        ground, ink = {
            "done": ("green", "on_accent"),
            "now": ("accent", "on_accent"),
        }.get(self._state, ("sunken", "ink_soft"))
        side = style.size("step")
        circle = QRect(4, (self.height() - side) // 2 - 7, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(ground))
        painter.drawEllipse(circle)
        painter.setPen(style.colour(ink))
        painter.setFont(self._font("text", bold=self._state != "done"))
        painter.drawText(
            circle, Qt.AlignmentFlag.AlignCenter, "✓" if self._state == "done" else str(self._number)
        )

    def _paint_words(self, painter: QPainter) -> None:
        left = style.size("step") + 14
        name_font = self._font("heading", bold=self._state == "now", more=1)
        small_font = self._font("small", bold=False)
        top = (self.height() - style.size("step") - style.size("label")) // 2
        name = QRect(left, top, self.width() - left, style.size("step") * 4 // 5)
        hint = QRect(left, name.bottom(), name.width(), style.size("step") * 2 // 3)
        self._text(painter, name, self._label, name_font, style.colour("ink"))
        self._text(painter, hint, self._hint, small_font, style.colour("ink_soft"))

    @staticmethod
    def _text(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _font(self, size: str, *, bold: bool, more: int = 0) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(style.size(size) + more)
        font.setBold(bold)
        return font
