"""The cursor goes into a page in view at once, into another one of its stack only when that is shown."""

import pytest
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.ui.parts.cursor import put_cursor


def page() -> tuple[QWidget, QLineEdit, QLineEdit]:
    """Return a page with two fields."""
    made, first, second = QWidget(), QLineEdit(), QLineEdit()
    box = QVBoxLayout(made)
    box.addWidget(first)
    box.addWidget(second)
    return made, first, second


@pytest.fixture
def stack(qtbot: QtBot) -> QStackedWidget:
    made = QStackedWidget()
    qtbot.addWidget(made)
    return made


def test_a_field_out_of_view_waits_for_its_page(stack: QStackedWidget, qtbot: QtBot) -> None:
    (here, typing, _other), (there, first, second) = page(), page()
    for each in (here, there):
        stack.addWidget(each)
    with qtbot.waitExposed(stack):
        stack.show()
    stack.activateWindow()
    put_cursor(typing)
    assert typing.hasFocus()
    put_cursor(first)
    put_cursor(second)
    assert typing.hasFocus()
    stack.setCurrentWidget(there)
    assert second.hasFocus(), "the last wish counts"
    stack.setCurrentWidget(here)
    first.setFocus()
    stack.setCurrentWidget(there)
    assert first.hasFocus(), "it is put there once"


def test_a_field_that_is_gone_by_then_takes_no_cursor(stack: QStackedWidget, qtbot: QtBot) -> None:
    (here, typing, _other), (there, first, _second) = page(), page()
    for each in (here, there):
        stack.addWidget(each)
    with qtbot.waitExposed(stack):
        stack.show()
    put_cursor(typing)
    put_cursor(first)
    with qtbot.waitSignal(first.destroyed):
        first.deleteLater()
    stack.setCurrentWidget(there)
    assert there.isVisible()


def test_a_stack_within_a_page_out_of_view_waits_too(stack: QStackedWidget, qtbot: QtBot) -> None:
    (here, typing, _other), (there, inner_field, _second) = page(), page()
    outer, inner = QWidget(), QStackedWidget()
    QVBoxLayout(outer).addWidget(inner)
    inner.addWidget(there)
    for each in (here, outer):
        stack.addWidget(each)
    with qtbot.waitExposed(stack):
        stack.show()
    put_cursor(typing)
    put_cursor(inner_field)
    assert typing.hasFocus()
    stack.setCurrentWidget(outer)
    assert inner_field.hasFocus()
