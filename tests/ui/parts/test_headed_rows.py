"""A number shown in clear is looked at only: it is read as its stars and starred again out of view."""

import pytest
from pytestqt.qtbot import QtBot

from desk.rules.masking import mask_phone
from desk.ui.parts.bound import Binder
from desk.ui.parts.fields import LineField
from desk.ui.parts.headed_rows import MaskedRow

CLEAR, STARRED, OTHER = "13800006621", "138****6621", "13912345678"


@pytest.fixture
def row(qtbot: QtBot) -> MaskedRow:
    made = MaskedRow("电话", LineField("电话", digits=True), lambda: None, lambda _typed: "", mask_phone)
    qtbot.addWidget(made)
    made.line.setText(STARRED)
    made.show()
    return made


def test_it_is_read_as_its_stars_and_counts_as_typed_nowhere(row: MaskedRow) -> None:
    binder, edited = Binder(), []
    binder.masked("phone", row)
    binder.edited.connect(edited.append)
    row.show_clear(CLEAR)
    assert (row.line.text(), row.button.isVisible()) == (CLEAR, False)
    assert binder.fields["phone"].read() == STARRED
    row.hide()
    row.show()
    assert (row.line.text(), row.button.isVisible()) == (STARRED, True)
    assert edited == []


def test_what_is_typed_after_it_is_read_as_typed(row: MaskedRow, qtbot: QtBot) -> None:
    row.show_clear(CLEAR)
    row.line.selectAll()
    qtbot.keyClicks(row.line, OTHER)
    assert row.value() == OTHER
    row.hide()
    row.show()
    assert row.line.text() == OTHER


def test_the_same_number_typed_for_somebody_else_is_a_number(row: MaskedRow) -> None:
    row.show_clear(CLEAR)
    row.line.show_text(mask_phone(OTHER))
    assert row.value() == mask_phone(OTHER)
    row.line.setText(CLEAR)
    assert row.value() == CLEAR


@pytest.mark.parametrize("answer", ["", OTHER])
def test_another_number_or_none_leaves_what_stands_there(row: MaskedRow, answer: str) -> None:
    row.show_clear(answer)
    assert row.line.text() == row.value() == STARRED


def test_an_answer_that_comes_out_of_view_is_not_shown(row: MaskedRow) -> None:
    row.hide()
    row.show_clear(CLEAR)
    assert row.line.text() == STARRED
