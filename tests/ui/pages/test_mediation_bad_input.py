"""What is typed wrong in 矛盾调解: a clear sentence in the window, and every word stays as it was typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.mediation.forms import PartyForm, TermForm
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import mediation_stage as stage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> stage.CaseStage:
    return stage.store_room(store)


@pytest.fixture
def desk(room: stage.CaseStage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = stage.open_window(stage.context_of(room), qtbot)
    yield made
    made.close()


def opened(desk: MainWindow, case_id: str) -> stage.Case:
    desk.show_page("mediation", case_id)
    return stage.shown_case(desk)


def tab(case: stage.Case, key: str) -> Any:
    case.view.show_tab(key)
    return case.view.part(key)


def words(root: QWidget) -> str:
    """Return all that is to be read in view."""
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisibleTo(root))


def names(root: QWidget) -> list[str]:
    return [each.accessibleName() for each in root.findChildren(QWidget) if each.accessibleName()]


@pytest.mark.parametrize("typed", ["2600.555", "123456789012.00"])
def test_an_amount_nobody_can_pay(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, typed: str) -> None:
    case = opened(desk, room.mediating())
    case.writes.do(lambda services: services.mediation.agreements.save(case.case_id, room.agreement()))
    part = tab(case, "agreement")
    field = part.terms.lines[1].fields.fields["amount"].widget
    field.clear()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    told = words(case.view) + " ".join(stage.said(desk))
    assert "金额" in told or "小数" in told
    assert tab(case, "agreement").terms.lines[1].fields.fields["amount"].widget.text() == typed


def test_eleven_parties_are_all_kept(desk: MainWindow, room: stage.CaseStage) -> None:
    first, second = room.parties()
    more = [PartyForm(side="respondent", name=f"孙某{n}", address="示例路 9 号") for n in range(9)]
    case = opened(desk, room.registered(parties=(first, second, *more)))
    part = tab(case, "people")
    assert len(part.blocks()) == 11
    for block in part.blocks():
        block.more.setChecked(True)
    found = [name for name in names(part.parties) if name.startswith("第") and "方" in name]
    assert sorted(found) == sorted(set(found))
    assert "第 11 方证件号码" in found


def test_the_same_name_on_both_sides_is_doubted(desk: MainWindow, room: stage.CaseStage) -> None:
    first, second = room.parties()
    same = replace(second, name=first.name, phone=first.phone)
    case = opened(desk, room.registered(parties=(first, same)))
    part = tab(case, "people")
    assert first.name in words(part)
    assert [block.value().name for block in part.blocks()] == [first.name, first.name]
    assert case.card is not None
    assert case.card.doubts


def test_an_agreement_before_the_acceptance(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.mediating())
    early = room.agreement(reached_on=date(2026, 11, 1))
    part = tab(case, "agreement")
    part._paint(early)
    part.touch()
    case.writes.save_all()
    case.steps.take("agree_written")
    assert "受理" in words(case.view) + " ".join(stage.said(desk))
    assert tab(case, "agreement").fields.fields["reached_on"].read() == date(2026, 11, 1)


def test_an_agreement_without_the_seal_is_not_in_force(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    for party_id in room.party_ids(case_id):
        room.services.agreements.sign(case_id, "party", party_id)
    for role in ("mediator", "recorder"):
        room.services.agreements.sign(case_id, role)
    case = opened(desk, case_id)
    case.steps.take("agree_written")
    assert case.card is not None
    assert case.card.state == "mediating"
    assert "盖章" in words(case.view) or "印章" in words(case.view)
    assert case.view.current() == "agreement"


def test_who_has_no_identity_number_cannot_ask_the_court(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.agreed())
    card = tab(case, "after").confirmation
    card.open.click()
    card.apply.click()
    told = words(case.view) + " ".join(stage.said(desk))
    assert "证件号码" in told
    assert "冯某" in told


def test_the_last_day_to_ask_moves_behind_the_holiday(
    desk: MainWindow, room: stage.CaseStage, fake_clock: FakeClock
) -> None:
    fake_clock.set("2026-12-03T09:00:00+08:00")
    case_id = room.mediating()
    term = TermForm(text="修复自家水管", ower="冯某", way="own_act", due_on=date(2026, 12, 20))
    agreement = room.agreement(reached_on=date(2026, 12, 3), terms=(term,))
    room.services.agreements.save(case_id, agreement)
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    case = opened(desk, case_id)
    assert "截至 2027 年 1 月 4 日（含当日）（1 月 2 日休息日顺延）" in words(case.view)


def test_a_term_of_several_lines_stays_as_typed(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.mediating())
    part = tab(case, "agreement")
    part.terms.set_value((TermForm(text="先修水管"),))
    part.touch()
    case.view.show_tab("people")
    case.view.show_tab("agreement")
    desk.covers.lock()
    assert tab(case, "agreement").terms.lines[0].fields.fields["text"].widget.text() == "先修水管"
