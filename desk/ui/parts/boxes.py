"""Rows and columns of widgets with the house's gaps, in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

Fresh = TypeVar("Fresh", bound=QWidget)

JOINER = "\u2060"  # stands between characters that stay together, and is seen by nobody

GAP = 10  # between fields of a row
WIDE = 14  # between cards
_WHOLE = 16


def column(*items: QWidget | QLayout | None, gap: int = GAP, margin: int = 0) -> QVBoxLayout:
    """Return a column of widgets and layouts; None is the stretch that takes what is left."""
    box = QVBoxLayout()
    _fill(box, items, gap, margin)
    return box


def row(*items: QWidget | QLayout | None, gap: int = GAP, margin: int = 0) -> QHBoxLayout:
    """Return a row of widgets and layouts; None is the stretch that takes what is left."""
    box = QHBoxLayout()
    _fill(box, items, gap, margin)
    return box


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a text in a role of 00_base.qss: title, heading, strong, soft, label, small, problem."""
    made = QLabel(text)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def together(text: str, *parts: str) -> str:
    """Return a text in which none of these parts is broken where a line ends, such as （含当日）.

    A part longer than 16 characters may be broken: it would ask for more room than there is.
    """
    for part in parts:
        if len(part) <= _WHOLE:
            text = text.replace(part, JOINER.join(part))
    return text


def tell(line: QLabel, words: str) -> None:
    """Say something in a label; for nothing it takes no room."""
    line.setText(words)
    line.setVisible(bool(words))


def tick_quietly(box: QAbstractButton, *, on: bool) -> None:
    """Set or take away a tick without saying so: nobody did it by hand."""
    blocked = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(blocked)


def swap(around: QLayout, old: QWidget, fresh: Fresh) -> Fresh:
    """Put a widget in the place of another, which goes, and return it."""
    around.replaceWidget(old, fresh)
    old.hide()
    old.deleteLater()
    return fresh


def rule() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


@contextmanager
def one_layout(widget: QWidget) -> Iterator[None]:
    """Lay a widget out once, at the end, however many of its parts are shown and hidden inside.

    Qt lays out all around a part, the whole page, each time one is shown.
    """
    held = widget.layout()
    if held is None or not held.isEnabled():
        yield
        return
    held.setEnabled(False)
    try:
        yield
    finally:
        held.setEnabled(True)
        held.activate()


def _fill(
    box: QHBoxLayout | QVBoxLayout, items: tuple[QWidget | QLayout | None, ...], gap: int, margin: int
) -> None:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(gap)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
