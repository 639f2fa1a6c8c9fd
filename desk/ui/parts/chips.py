"""A row of buttons of which one is chosen, such as 处理方式 on the form; wraps where the row is too short."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk.ui.parts.flow import FlowLayout


class Chips(QWidget):
    """One choice out of a few; nothing chosen at first.

    Signals:
        chosen: the code of the chip a person pressed.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Args: `name` for screen readers; `choices` as (code, words)."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._flow = FlowLayout(self, gap=8)
        self._buttons: dict[str, QPushButton] = {}
        for code, words in choices:
            self._add(code, words)

    def value(self) -> str:
        """Return the code chosen, or ""."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Choose a chip without saying so; "" or an unknown code chooses none."""
        for known, button in self._buttons.items():
            blocked = button.blockSignals(True)
            button.setChecked(known == code)
            button.blockSignals(blocked)

    def button(self, code: str) -> QPushButton:
        """Return the button of a code, to put the focus on it or disable it."""
        return self._buttons[code]

    def _add(self, code: str, words: str) -> None:
        button = QPushButton(words, self)
        button.setProperty("kind", "chip")
        button.setCheckable(True)
        button.setAccessibleName(f"{self._name} {words}")
        # Not `clicked`: a screen reader toggles a button without clicking it.
        button.toggled.connect(lambda: self._on_toggled(code))
        self._buttons[code] = button
        self._flow.addWidget(button)

    def _on_toggled(self, code: str) -> None:
        self.set_value(code)
        self.chosen.emit(code)
