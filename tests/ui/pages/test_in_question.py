"""A record with an open conflict says so wherever it appears, and stops saying so once it is closed."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.conflict_marks import ConflictChip
from desk.ui.context import Context
from desk.ui.pages.today.page import TodayPage
from desk.ui.parts.table import PagedTable
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import mediation_stage
from tests.ui.pages import reception_stage as station
from tests.ui.pages.consultation_stage import open_page
from tests.ui.pages.hands import cases, visits_page
from tests.ui.stage import Hit
from tests.unit.services.consultation.advice_stage import build


def chips(place: QWidget) -> list[ConflictChip]:
    """Return the chips in view."""
    return [each for each in place.findChildren(ConflictChip) if each.isVisibleTo(place)]


def flags(table: PagedTable) -> list[str]:
    """Return what the rows say at the end of a cell, those that say something."""
    rows, columns = table.rows.rowCount(), table.rows.columnCount()
    said = (table.rows.flagged(at, n) for at in range(rows) for n in range(columns))
    return [each for each in said if each]


def test_a_visit_on_today_on_the_list_and_in_its_record(desk: MainWindow, context: Context) -> None:
    visits = context.services.visits
    here = visits.open(station.GROUP).value
    done = visits.open(station.FULL).value
    visits.finish(done.id, visits.entries[done.id].form)
    desk.show_page("today")
    today = desk.page("today")
    assert isinstance(today, TodayPage)
    today.load()
    assert (chips(today), flags(today.done.table)) == ([], [])
    context.live.mark(frozenset({("visit", here.id), ("visit", done.id)}))
    assert (len(chips(today.open)), flags(today.done.table)) == (1, ["有冲突"])
    desk.show_page("visits", "list")
    listing = visits_page(desk).list
    assert flags(listing.table) == ["有冲突", "有冲突"]
    listing.show_visit(done.id)
    assert len(chips(listing.record)) == 1
    context.live.mark(frozenset())
    assert chips(listing.record) == chips(today) == []


def test_the_form_of_a_visit_in_reception(desk: MainWindow, context: Context, qtbot: QtBot) -> None:
    visit = context.services.visits.open(station.FULL).value
    desk.show_page("visits", visit.id)
    qtbot.waitUntil(lambda: any(each.visit_id == visit.id for each in cases(desk)))
    case = next(each for each in cases(desk) if each.visit_id == visit.id)
    assert chips(case.view.head) == []
    context.live.mark(frozenset({("visit", visit.id)}))
    assert len(chips(case.view.head)) == 1


def test_a_hit_of_the_search(desk: MainWindow, context: Context, qtbot: QtBot) -> None:
    visit = context.services.visits.open(station.FULL).value
    context.live.mark(frozenset({("visit", visit.id)}))
    hits = (Hit("visit", visit.id, "陈某某 小区积水"), Hit("visit", "v2", "陈某 路灯"))
    desk.top.field.setFocus()
    desk.search._show((("来访", hits),), "")
    said = [desk.search._model.item(at).text() for at in range(desk.search._model.rowCount())]
    assert [text.endswith("有冲突") for text in said] == [False, True, False]
    plain = desk.search._list.grab().toImage()
    context.live.mark(frozenset())
    assert desk.search._list.grab().toImage() != plain


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> mediation_stage.CaseStage:
    return mediation_stage.store_room(store)


def test_a_case_on_its_list_and_its_head(room: mediation_stage.CaseStage, qtbot: QtBot) -> None:
    context = mediation_stage.context_of(room)
    desk = mediation_stage.open_window(context, qtbot)
    case_id = room.registered()
    desk.show_page("mediation", case_id)
    case = mediation_stage.shown_case(desk)
    assert chips(case.view.head) == []
    context.live.mark(frozenset({("mediation", case_id)}))
    assert len(chips(case.view.head)) == 1
    listing = mediation_stage.page_of(desk).list
    listing.load()
    assert flags(listing.table) == ["有冲突"]
    desk.close()


def test_a_consultation_on_its_list_and_its_head(store: Store, fake_clock: FakeClock, qtbot: QtBot) -> None:
    stage = build(store)
    desk = open_page(stage, qtbot)
    under_way, ended = stage.checked().id, stage.finished().id
    desk.page.show_record(under_way)
    live = desk.page.context.live
    live.mark(frozenset({("consultation", under_way), ("consultation", ended)}))
    assert len(chips(desk.sheet.view.head)) == 1
    desk.page.show_record(ended)
    assert len(chips(desk.page.list.record)) == 1
    desk.page.list.back()
    desk.page.list.load()
    assert flags(desk.page.list.table) == ["有冲突", "有冲突"]
    live.mark(frozenset())
    assert flags(desk.page.list.table) == []
