"""What is shown again as it was is not built again: whoever works by keys stays where he is."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.services.mediation.forms import PresenceForm
from desk.ui.pages.mediation.sittings_tab import Presence
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_room import desk, room
from tests.ui.pages.mediation_stage import opened, tab

__all__ = ["desk", "room"]


def test_the_tick_of_a_mediator_keeps_the_focus_when_the_case_is_saved(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    accept = tab(case, "accept")
    box = accept.mediators._boxes[room.other_mediator_id]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert case.dirty
    qtbot.keyClick(case.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not case.dirty
    assert {each.mediator_id for each in room.services.cases.form(case_id).mediators} == {
        room.mediator_id,
        room.other_mediator_id,
    }
    assert box.hasFocus()
    assert box.isChecked()


def test_ticks_follow_the_record_and_say_nothing_by_themselves(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    field = tab(opened(desk, room.registered()), "accept").mediators
    said: list[bool] = []
    field.edited.connect(lambda: said.append(True))
    (mine,) = field.value()
    field.set_value(())
    assert field.value() == ()
    field.set_value((mine,))
    assert field.value() == (mine,)
    assert said == []
    field.set_committee("")
    field.set_value(())
    assert field._boxes == {}
    assert field._none.text() == "先选调委会，再选它的调解员。"
    assert not field._none.isHidden()


def test_a_clock_that_changed_is_written_anew_and_else_stays(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.accepted())
    card: Any = tab(case, "accept").clock
    lines = card._lines
    case.reader.refresh()
    assert card._lines is lines
    card.reason.setText("等鉴定")
    card.pause.click()
    assert card._lines is not lines
    words = [each.text() for each in card._lines.findChildren(QLabel)]
    assert any("等鉴定" in each for each in words)


def test_the_same_people_are_offered_anew_with_nobody_ticked(qtbot: QtBot) -> None:
    presence = Presence()
    qtbot.addWidget(presence)
    people = [PresenceForm("钱某", "party", "p1"), PresenceForm("冯某", "party", "p2")]
    presence.offer(people, {"p1": "钱某"})
    presence.show()
    presence.set_value(people)
    box = presence.first()
    said: list[bool] = []
    presence.changed.connect(lambda: said.append(True))
    presence.offer(people)
    assert presence.first() is box
    assert presence.value() == ()
    assert said == []
    presence.offer(people, {"p1": "申请人钱某", "p2": "被申请人冯某"})
    assert [each.text() for _who, each in presence._boxes] == ["申请人钱某", "被申请人冯某"]
