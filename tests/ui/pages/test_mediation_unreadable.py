"""The one page of a small case: what cannot be read is said where it stands, and the cursor goes there."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desk.ui.pages.mediation.party_line import PartyLine
from desk.ui.pages.mediation.term_line import TermLine
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.test_mediation import fill, new

room, desk = stage.room, stage.desk


def test_a_day_that_cannot_be_read_is_said_in_its_clause_and_led_to(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    second = small.view.terms.lines[1]
    assert isinstance(second, TermLine)
    due = second.fields.fields["due_on"].widget
    assert isinstance(due, QLineEdit)
    due.setText("2026-11-31")
    small.settle()
    assert due.hasFocus()
    assert due.property("wrong")
    assert "看不懂这个日期" in small.view.terms._problem.text()
    assert room.services.cases.page().rows == ()


def test_a_birthday_that_cannot_be_read_is_led_to(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    second = small.view.parties.lines[1]
    assert isinstance(second, PartyLine)
    second.more.setChecked(True)
    born = second.fields.fields["birth_date"].widget
    assert isinstance(born, QLineEdit)
    born.setText("1980-02-30")
    small.settle()
    assert born.hasFocus()
    assert "看不懂这个日期" in small.view.parties._problem.text()


def test_the_clause_with_the_wrong_sum_is_led_to(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    second = small.view.terms.lines[1]
    assert isinstance(second, TermLine)
    second.fields.fields["amount"].paint("26.125")
    small.settle()
    assert second.fields.fields["amount"].widget.hasFocus()
