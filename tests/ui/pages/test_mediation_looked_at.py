"""A number of a party that was looked at is starred again under the lock, and is typed nowhere."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desk.models.audit import Audit
from desk.services.mediation.forms import ParticipantForm, PartyForm
from desk.ui.pages.mediation.people_lines import identity_doubt
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage

room, desk = stage.room, stage.desk
CLEAR, STARRED = "13900000172", "139****0172"
WOMAN, BOY = "11010519491231002X", "110105201503070013"
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


def looks(room: stage.CaseStage) -> int:
    """Return how many looks at a number were written down."""
    with room.store.read() as rows:
        return rows.scalars(select(Audit.action)).all().count("reveal")


def test_a_number_folded_away_is_unfolded_and_shown(desk: MainWindow, room: stage.CaseStage) -> None:
    block = people(desk, room)[0].blocks()[0]
    block.more.setChecked(False)
    assert block._reveals["id_no"].isVisible()
    block._reveals["id_no"].click()
    assert block.more.isChecked()
    assert block.fields.fields["id_no"].widget.isVisible()
    assert (text(block, "id_no"), looks(room)) == (WOMAN, 1)
    assert block._reveals["id_no"].isHidden()


def test_a_number_that_was_looked_at_is_starred_when_it_is_folded_away(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """SEC-05: it does not stand clear when 更多 is opened again, and the telephone in view stays."""
    first, second = room.parties()
    desk.show_page("mediation", room.registered(parties=(replace(first, id_no=WOMAN), second)))
    part = stage.tab(stage.shown_case(desk), "people")
    block = part.blocks()[0]
    block._reveals["id_no"].click()
    block._reveals["phone"].click()
    assert (text(block, "id_no"), text(block)) == (WOMAN, CLEAR)
    block.more.setChecked(False)
    assert (text(block, "id_no"), text(block)) == ("110105********002X", CLEAR)
    block.more.setChecked(True)
    assert text(block, "id_no") == "110105********002X"
    assert block._reveals["id_no"].isVisible()
    assert not stage.shown_case(desk).dirty


def test_a_telephone_is_shown_with_the_rest_folded(desk: MainWindow, room: stage.CaseStage) -> None:
    block = people(desk, room)[0].blocks()[0]
    block.more.setChecked(False)
    block._reveals["phone"].click()
    assert (text(block), looks(room), block.more.isChecked()) == (CLEAR, 1, False)


def test_where_no_number_is_shown_none_is_asked_for(desk: MainWindow, room: stage.CaseStage) -> None:
    block = people(desk, room)[0].blocks()[0]
    kind = block.fields.fields["kind"]
    kind.paint("legal_person")
    assert block._reveals["id_no"].isHidden()
    kind.paint(PartyForm.kind)
    assert block._reveals["id_no"].isVisible()


def pasted(line: Any, name: str, words: str) -> list[Any]:
    """Put words in over all that stands in a field, in one edit; return what was read while it was told."""
    read: list[Any] = []
    line.fields.touched.connect(lambda touched: read.append(line.fields.fields[touched].read()))
    field = line.fields.fields[name].widget
    field.selectAll()
    field.insert(words)
    return read


def test_a_number_pasted_over_the_one_shown_is_read_at_once(desk: MainWindow, room: stage.CaseStage) -> None:
    block = people(desk, room)[0].blocks()[0]
    block.fields.paint_values({"birth_date": None, "sex": "0"})
    block._reveals["id_no"].click()
    read = pasted(block, "id_no", BOY)
    assert read == [BOY]
    form = block.value()
    assert (form.id_no, form.birth_date, form.sex) == (BOY, date(2015, 3, 7), "1")


@pytest.mark.parametrize("stood", ["looked at", "starred"])
def test_what_is_wrong_with_a_pasted_number_is_said(
    desk: MainWindow, room: stage.CaseStage, stood: str
) -> None:
    block = people(desk, room)[0].blocks()[0]
    if stood == "looked at":
        block._reveals["id_no"].click()
    wrong = WOMAN[:17] + "1"
    pasted(block, "id_no", wrong)
    row = block.fields.row("id_no")
    assert block.value().id_no == wrong
    assert identity_doubt(wrong) in stage.words(row)


def test_the_number_of_a_helper_is_read_at_once_too(desk: MainWindow, room: stage.CaseStage) -> None:
    helper = people(desk, room)[0].helpers.lines[0]
    helper.reveal.click()
    assert pasted(helper, "phone", "13912345678") == ["13912345678"]
