"""A number of a party that was looked at is starred again under the lock, and is typed nowhere."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.services.mediation.forms import ParticipantForm
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage

room, desk = stage.room, stage.desk
CLEAR, STARRED = "13900000172", "139****0172"
HELPER = ParticipantForm(name="孙某某", relation="neighbour", phone="13700000001")


def people(desk: MainWindow, room: stage.CaseStage) -> tuple[Any, Any]:
    """Return the tab 当事人 of a case in view, and the case."""
    desk.show_page("mediation", room.registered(participants=(HELPER,)))
    case = stage.shown_case(desk)
    case.view.show_tab("people")
    return case.view.part("people"), case


def text(line: Any, name: str = "phone") -> str:
    return str(line.fields.fields[name].widget.text())


def test_it_is_starred_again_under_the_lock(desk: MainWindow, room: stage.CaseStage) -> None:
    part, case = people(desk, room)
    block, helper = part.blocks()[0], part.helpers.lines[0]
    block._reveals["phone"].click()
    helper.reveal.click()
    assert (text(block), text(helper)) == (CLEAR, HELPER.phone)
    assert (block.value().phone, helper.value().phone) == (STARRED, "137****0001")
    assert block._reveals["phone"].isHidden()
    desk.covers.lock()
    desk.covers.uncover()
    assert (text(block), text(helper)) == (STARRED, "137****0001")
    assert block._reveals["phone"].isVisible()
    assert helper.reveal.isVisible()
    assert not case.dirty


def test_an_answer_that_comes_under_the_lock_is_not_shown(desk: MainWindow, room: stage.CaseStage) -> None:
    part, _case = people(desk, room)
    block, helper = part.blocks()[0], part.helpers.lines[0]
    desk.covers.lock()
    part.show_clear(block.value().id, "phone", CLEAR)
    part.show_clear(helper.value().id, "phone", HELPER.phone)
    desk.covers.uncover()
    assert (text(block), text(helper)) == (STARRED, "137****0001")


def test_what_is_typed_after_it_stays_as_typed(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    part, case = people(desk, room)
    block = part.blocks()[0]
    block._reveals["phone"].click()
    field = block.fields.fields["phone"].widget
    field.selectAll()
    qtbot.keyClicks(field, "13912345678")
    desk.covers.lock()
    desk.covers.uncover()
    assert text(block) == block.value().phone == "13912345678"
    assert case.dirty


@pytest.mark.parametrize("answer", ["", "13912345678"])
def test_none_or_anothers_number_leaves_the_stars(
    desk: MainWindow, room: stage.CaseStage, answer: str
) -> None:
    part, _case = people(desk, room)
    block = part.blocks()[0]
    part.show_clear(block.value().id, "phone", answer)
    assert text(block) == STARRED
