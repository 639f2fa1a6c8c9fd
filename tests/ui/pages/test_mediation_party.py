"""A party of a dispute as it is typed: what its number tells, namesakes told apart in the terms."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk.services.mediation.forms import PartyForm, PresenceForm
from desk.ui.pages.mediation.party_block import PartyBlock
from desk.ui.pages.mediation.party_line import PartyLine
from desk.ui.pages.mediation.people_tab import PeopleTab
from desk.ui.pages.mediation.sittings_tab import SittingsTab
from desk.ui.pages.mediation.term_line import TermLine
from desk.ui.parts.fields import LineField
from desk.ui.window import MainWindow
from tests.paper_samples import texts
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.test_mediation import new

room, desk = stage.room, stage.desk
WOMAN, BOY = "11010519491231002X", "110105201503070013"


@pytest.fixture(params=[PartyLine, PartyBlock])
def line(room: stage.CaseStage, qtbot: QtBot, request: pytest.FixtureRequest) -> PartyLine:
    """Give the line of the one page and that of the tab 当事人, with all its fields open."""
    made = request.param(PartyForm(side="applicant", name="王某某"), room.services.cases.frame())
    qtbot.addWidget(made)
    made.more.setChecked(True)
    return made


def typed(line: PartyLine, name: str, text: str) -> None:
    widget: Any = line.fields.fields[name].widget
    widget.setText(text)


def born(line: PartyLine) -> tuple[date | None, str]:
    form = line.value()
    return form.birth_date, form.sex


def test_a_number_fills_birth_and_sex(line: PartyLine) -> None:
    typed(line, "id_no", WOMAN[:17])
    assert born(line) == (None, "0")
    typed(line, "id_no", WOMAN)
    assert born(line) == (date(1949, 12, 31), "2")
    typed(line, "id_no", BOY)
    assert born(line) == (date(2015, 3, 7), "1")


def test_what_was_typed_stays(line: PartyLine) -> None:
    typed(line, "birth_date", "1950-01-01")
    line.fields.fields["sex"].paint("1")
    typed(line, "id_no", WOMAN)
    assert born(line) == (date(1950, 1, 1), "1")


def test_a_half_typed_day_stays(line: PartyLine) -> None:
    typed(line, "birth_date", "1950-13")
    typed(line, "id_no", WOMAN)
    assert born(line) == (None, "2")
    assert dict(line.fields.unreadable())["birth_date"]


def test_a_wrong_number_or_a_passport_fills_nothing(line: PartyLine) -> None:
    typed(line, "id_no", WOMAN[:17] + "1")
    assert born(line) == (None, "0")
    line.fields.fields["id_type"].paint("passport")
    typed(line, "id_no", WOMAN)
    assert born(line) == (None, "0")


def test_what_is_painted_is_nobodys_change(line: PartyLine) -> None:
    """Birth and sex come with a painted number too, and the fields painted after it are not called typed."""
    said: list[str] = []
    line.fields.touched.connect(said.append)
    line.fields.paint(PartyForm(side="applicant", name="王某某", id_no=WOMAN, occupation="务农", minor=True))
    assert born(line) == (date(1949, 12, 31), "2")
    assert said == []
    typed(line, "id_no", BOY)
    assert born(line) == (date(2015, 3, 7), "1")
    assert said == ["id_no"]


def offered(line: TermLine) -> list[str]:
    return [line._ower.itemText(at) for at in range(line._ower.count())]


def test_namesakes_are_told_apart_in_the_terms_of_the_one_page(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """Who was chosen before the other got the same name stays chosen, and stands so on the paper."""
    small = new(desk, qtbot)
    first, second = room.parties()
    terms = (replace(room.agreement().terms[1], ower="孙某", payee="冯某"),)
    agreement = replace(room.agreement(), form="oral", terms=terms)
    parties = (replace(first, name="孙某"), second)
    list(small.view.filling(room.small(case=room.form(parties=parties), agreement=agreement)))
    (term,) = small.view.terms.lines
    assert isinstance(term, TermLine)
    assert offered(term) == ["—", "孙某", "冯某", "双方"]
    other = small.view.parties.lines[1]
    assert isinstance(other, PartyLine)
    for text in ("冯", "", "孙", "孙某"):
        typed(other, "name", text)
    assert offered(term) == ["—", "申请人孙某", "被申请人孙某", "双方"]
    assert (term.value().ower, term.value().payee) == ("申请人孙某", "被申请人孙某")
    small.settle()
    (row,) = room.services.cases.page().rows
    card = room.services.cases.get(row.id)
    assert card.agreement is not None
    assert (card.agreement.terms[0].ower, card.agreement.terms[0].payee) == ("申请人孙某", "被申请人孙某")


def test_namesakes_are_told_apart_on_the_tab_of_the_agreement(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    first, second = room.parties()
    case_id = room.mediating(parties=(replace(first, name="孙某"), replace(second, name="孙某")))
    stage.page_of(desk).cases.open(case_id)
    part = stage.shown_case(desk).view.part("agreement")
    (term,) = part.terms.lines  # type: ignore[attr-defined]  # the tab has terms
    assert offered(term) == ["—", "申请人孙某", "被申请人孙某", "双方"]
    term._ower.set_value(room.party_ids(case_id)[1])
    assert term.value().ower == "被申请人孙某"


def test_med12_namesakes_are_told_apart_where_they_sign(desk: MainWindow, room: stage.CaseStage) -> None:
    """In the list beside the agreement, in what is still missing, and in who was there."""
    first, second = room.parties()
    case_id = room.mediating(parties=(replace(first, name="孙某"), replace(second, name="孙某")))
    room.services.agreements.save(case_id, room.agreement())
    applicant, respondent = room.party_ids(case_id)
    room.services.agreements.sign(case_id, "party", applicant)
    stage.page_of(desk).cases.open(case_id)
    view = stage.shown_case(desk).view
    signatures = view.part("agreement").signatures  # type: ignore[attr-defined]  # the tab has them
    words = [each.text() for each in signatures.findChildren(QLabel)]
    assert [each for each in words if each.endswith("孙某")] == ["申请人孙某", "被申请人孙某"]
    card = room.services.cases.get(case_id)
    (agree,) = [each for each in card.verbs if each.verb == "agree_written"]
    sentences = [gap.sentence for gap in agree.missing if gap.field == "signers"]
    assert sentences == ["被申请人孙某还没有签名、盖章或者按指印，协议不能生效。"]
    sittings = view.part("sittings")
    assert isinstance(sittings, SittingsTab)
    one_side = [each for each in card.sittings[0].present if each.who_id != respondent]
    sittings.begin("")
    sittings.present.set_value([PresenceForm(each.name, each.role, each.who_id) for each in one_side])
    assert [each.who_id for each in sittings.present.value() if each.role == "party"] == [applicant]


def test_a_party_is_added_on_the_side_that_was_chosen_by_keyboard(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """§3.5: 申请人, 被申请人 or 第三人, whichever button; the name is typed at once."""
    case_id = room.registered()
    stage.page_of(desk).cases.open(case_id)
    view = stage.shown_case(desk).view
    view.show_tab("people")
    tab = view.part("people")
    assert isinstance(tab, PeopleTab)
    assert [each.text() for each in tab.parties.adders] == ["＋ 申请人", "＋ 被申请人", "＋ 第三人"]
    for button, name in zip(tab.parties.adders, ("甲某", "乙某", "丙某"), strict=True):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        inside = tab.focusWidget()
        assert isinstance(inside, LineField)
        inside.insert(name)
    added = [(each.side, each.name) for each in tab.parties.value()[2:]]
    assert added == [("applicant", "甲某"), ("respondent", "乙某"), ("third", "丙某")]
    stage.shown_case(desk).writes.save()
    assert [(each.side, each.name) for each in room.services.cases.form(case_id).parties[2:]] == added


def test_f04_the_agents_number_address_and_sex_are_typed_beside_the_party(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """F-04 asks for them; a line left open under a signature could be filled in afterwards."""
    case = stage.opened(desk, room.registered())
    block = stage.tab(case, "people").blocks()[0]
    block.more.setChecked(True)
    agents = block._rest.agents
    agents.more.click()
    (line,) = agents.lines
    told = {"name": "吴某", "relation": "丈夫", "phone": "13900000561", "letter_on": "2026-11-23"}
    for name, text in (told | {"id_no": WOMAN, "address": "示例路 8 号 302 室"}).items():
        field: Any = line.fields.fields[name].widget
        field.setText(text)
    line.fields.fields["powers"].paint(("attend_sign",))
    qtbot.keyClick(case.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ((agent,),) = [party.agents for party in room.services.cases.for_paper(case.case_id).parties[:1]]
    assert (agent.id_no, agent.address, agent.sex) == (WOMAN, "示例路 8 号 302 室", "2")
    papers = desk._context.services.case_papers
    (row,) = [each for each in papers.papers(case.case_id) if each.form == "F-04"]
    letter = "".join(texts(papers.make(case.case_id, row.key).pdf))
    for words in (WOMAN, "示例路8号302室", "性别：女"):
        assert words in letter
    # Masked where it is shown again, and a starred number means the one that is stored.
    block.more.setChecked(True)
    (shown,) = stage.tab(case, "people").blocks()[0]._rest.agents.lines
    assert "*" in shown.fields.fields["id_no"].widget.text()
    # SEC-05: asked for with a reason, by whoever has to ring up.
    for name, number in (("phone", "13900000561"), ("id_no", WOMAN)):
        button = shown._reveals[name]
        # A line built anew is in view a turn later.
        qtbot.waitUntil(button.isVisible)
        button.click()
        assert shown.fields.fields[name].widget.text() == number
        assert button.isHidden()
    assert not stage.tab(case, "people").dirty


def test_f04_the_words_of_other_powers_are_asked_for_with_their_tick(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case = stage.opened(desk, room.registered())
    stage.tab(case, "people").blocks()[0].more.setChecked(True)
    agents = stage.tab(case, "people").blocks()[0]._rest.agents
    agents.more.click()
    (line,) = agents.lines
    line.fields.fields["name"].widget.setText("吴某")
    other = line.fields.fields["powers_other"].widget
    assert not other.isVisibleTo(line)
    line.fields.fields["powers"].widget.parentWidget().boxes["other"].click()
    assert other.isVisibleTo(line)
    qtbot.keyClicks(other, "x")
    other.setText("代为签收赔偿款")
    qtbot.keyClick(case.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    papers = desk._context.services.case_papers
    (row,) = [each for each in papers.papers(case.case_id) if each.form == "F-04"]
    assert "代为签收赔偿款" in "".join(texts(papers.make(case.case_id, row.key).pdf))
    line.fields.fields["powers"].widget.parentWidget().boxes["other"].click()
    assert not other.isVisibleTo(line)
