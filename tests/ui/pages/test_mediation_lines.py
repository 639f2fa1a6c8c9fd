"""Lines to fill in: what is there is painted anew, not built, so the cursor and Tab stay where they are."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.services.mediation.forms import PartyForm
from desk.ui.pages.mediation.lines import Lines
from desk.ui.pages.mediation.party_block import PartyBlock
from tests.ui.pages import mediation_stage as stage

room = stage.room
A, B = PartyForm(side="applicant", name="王某某"), PartyForm(side="respondent", name="李某")


def _lines(room: stage.CaseStage, qtbot: QtBot) -> Lines[PartyForm]:
    frame = room.services.cases.frame()
    made: Lines[PartyForm] = Lines(lambda form: PartyBlock(form, frame), PartyForm, "＋ 一方")
    qtbot.addWidget(made)
    made.show()
    return made


def _stops(top: QWidget) -> list[QWidget]:
    """Return what Tab comes to inside `top`, in its order."""
    found, each = [], top.nextInFocusChain()
    while each is not top:
        if top.isAncestorOf(each) and each.isVisibleTo(top) and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(each)
        each = each.nextInFocusChain()
    return found


def test_saved_lines_keep_their_fields_and_the_cursor(room: stage.CaseStage, qtbot: QtBot) -> None:
    lines = _lines(room, qtbot)
    lines.set_value((A, B))
    QApplication.processEvents()
    before = list(lines.lines)
    name = before[0].fields.fields["name"].widget  # type: ignore[attr-defined]  # a block
    name.setFocus()
    name.setCursorPosition(1)
    lines.set_value((replace(A, id="p1"), replace(B, id="p2")))
    assert lines.lines == before
    assert [form.id for form in lines.value()] == ["p1", "p2"]
    assert lines.focusWidget() is name
    assert name.cursorPosition() == 1


def test_fewer_and_more_lines_come_and_go(room: stage.CaseStage, qtbot: QtBot) -> None:
    lines = _lines(room, qtbot)
    lines.set_value((A, B))
    lines.set_value((B,))
    assert [form.name for form in lines.value()] == ["李某"]
    lines.set_value((A, B, replace(B, name="赵某")))
    assert [form.name for form in lines.value()] == ["王某某", "李某", "赵某"]
    lines.set_value((), at_least=2)
    assert (len(lines.lines), lines.value()) == (2, ())


def test_a_line_built_anew_comes_in_its_turn_for_tab(room: stage.CaseStage, qtbot: QtBot) -> None:
    lines = _lines(room, qtbot)
    lines.set_value((A, B))
    lines.set_value((replace(A, id_no="110105201503070013"), B))
    assert lines.value()[0].id_no == "110105201503070013"
    QApplication.processEvents()
    stops = _stops(lines)
    places = [
        next(at for at, line in enumerate(lines.lines) if line.isAncestorOf(each))
        for each in stops
        if each not in (lines.more, lines.undo)
    ]
    assert places == sorted(places)
    assert set(places) == {0, 1}


def test_the_responsibilities_are_starred_where_the_form_asks_for_them(
    room: stage.CaseStage, qtbot: QtBot
) -> None:
    """F-07 has them (art. 29), F-08 only if somebody writes of them."""
    desk = stage.open_window(stage.context_of(room), qtbot)
    part = stage.tab(stage.opened(desk, room.mediating()), "agreement")
    assert "各方责任 *" in stage.words(part)
    part.kind.set_value("oral")
    assert "各方责任 *" not in stage.words(part)
    assert "各方责任" in stage.words(part)
    desk.close()
