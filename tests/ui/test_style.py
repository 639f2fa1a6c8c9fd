"""The look: every pair of text and ground is readable, every size grows, no colour outside the tokens."""

from itertools import product

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.parts.pill import TONES

GROUNDS = ("ground", "surface", "sunken", "accent_soft", "green_soft", "amber_soft", "blue_soft")
PAIRS = [
    *product(("ink", "ink_soft"), GROUNDS),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("accent", "ground"),
    ("on_accent", "accent"),
    ("on_accent", "accent_dark"),
    ("on_accent_soft", "accent"),
    *TONES.values(),
]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(style.colour(one)), luminance(style.colour(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_can_be_read(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_the_border_of_a_tick_box_can_be_seen() -> None:
    assert contrast("line_strong", "surface") >= 3


@pytest.mark.parametrize("percent", style.PERCENTS)
def test_the_sheet_is_complete_at_every_size(percent: int) -> None:
    theme = style.theme(percent)
    assert "$" not in theme.sheet()
    assert theme.sizes["text"] == {100: 14, 125: 18, 150: 21}[percent]
    assert theme.colours == style.theme(100).colours


def test_an_odd_percentage_is_taken_to_the_nearest() -> None:
    assert style.theme(140).percent == 150
    assert style.theme(3).percent == 100


def test_apply_dresses_the_program(qtbot: QtBot, qapp: QApplication) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf")
    style.apply(qapp, 125)
    assert style.size("text") == 18
    assert qapp.font().families()[0] == "Noto Sans SC"
    label = QLabel("六个一")
    qtbot.addWidget(label)
    label.setProperty("role", "title")
    style.repolish(label)
    assert label.font().pixelSize() == style.size("title")


class _Counting(QLabel):
    """A label that counts how often it is given another look."""

    looks = 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.looks += 1
        super().changeEvent(event)


def test_a_label_deep_in_a_page_is_dressed_as_often_as_one_on_top(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, 100)
    top = QWidget()
    qtbot.addWidget(top)
    shallow, inner = _Counting(top), top
    for _depth in range(12):
        inner = QWidget(inner)
    deep = _Counting(inner)
    top.show()
    style.apply(qapp, 150)
    style.apply(qapp, 100)
    assert 0 < deep.looks == shallow.looks
