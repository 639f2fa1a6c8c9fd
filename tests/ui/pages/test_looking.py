"""A desk of the county: the records of all stations in the same lists, to look at."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk import clock
from desk.errors import AccessProblem
from desk.models.store import Store
from desk.services import search_index
from desk.services.deputies import Deputies
from desk.services.drafts import Drafts
from desk.services.duty import Duties
from desk.services.people import People
from desk.services.search import Search
from desk.services.station import Stations
from desk.services.today import TodayDesk
from desk.services.visit_values import VisitFilter
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.pages.deputies.looking import LookingPage as DeputiesToLook
from desk.ui.pages.settings.station import StationSection
from desk.ui.pages.visits.looking import LookingPage as VisitsToLook
from desk.ui.register import page_specs
from desk.ui.window import MainWindow
from tests import factories
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.ui import stage as ui_stage
from tests.unit.services import visit_stage
from tests.unit.services.visit_stage import Stage

EAST, WEST = "S:east", "S:west"


def fill(store: Store) -> None:
    """Put in what came from two stations, as a round would have."""
    now = clock.now()
    with store.write_confirmed() as rows:
        for scope, name in ((EAST, "东街联络站"), (WEST, "西街联络站")):
            rows.add(factories.station(name=name, scope_id=scope))
            rows.add(factories.deputy(name=f"{name[0]}某某", scope_id=scope))
            for n, safety in enumerate(("none", "none", "confidential")):
                visit = factories.visit(
                    scope_id=scope,
                    number=f"{scope[2:].upper()}-{n}",
                    name_told=f"{name[0]}{n}某",
                    state="finished",
                    safety=safety,
                    received_at=now - timedelta(minutes=10 * n),
                    finished_at=now,
                )
                matter = factories.matter(
                    visit_id=visit.record_id, scope_id=scope, subject=f"{name[0]}街路灯", state="open"
                )
                rows.add_all([visit, matter])
                rows.flush()
                search_index.index_visit(rows, visit, matter, ())


@pytest.fixture
def staged(store: Store, fake_clock: FakeClock) -> Stage:
    made = visit_stage.build(store, "head", "clerk")
    fill(store)
    made.session.desk = "county"
    return made


@pytest.fixture
def context(staged: Stage) -> Context:
    store, session = staged.store, staged.session
    live, notices = Live(), RecordingNotices()
    services: Any = SimpleNamespace(
        visits=staged.visits,
        drafts=Drafts(store, session),
        people=People(store, session),
        today=TodayDesk(store, session, staged.profiles),
        deputies=Deputies(store, session),
        # No PIN is asked for here, so the duties need no PIN store.
        duty=Duties(store, session, SimpleNamespace()),  # type: ignore[arg-type]  # see above
        station=Stations(store, session),
        backup=SimpleNamespace(last=lambda: None),
        search=Search(store, session),
    )
    return Context(services, FakeTasks(notices, live), notices, Navigator(), live)


@pytest.fixture
def window(context: Context, staged: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context, page_specs(staged.session.may), gate=ui_stage.FakeGate())
    qtbot.addWidget(made)
    made.start()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def refusals(context: Context) -> list[str]:
    assert isinstance(context.notices, RecordingNotices)
    return [text for kind, text in context.notices.said if kind in {"fail", "crash"}]


def cells(table: Any, column: int) -> list[str]:
    return [table.rows.columns[column].text(table.rows.row(n)) for n in range(table.rows.rowCount())]


def visits_of(window: MainWindow, qtbot: QtBot) -> VisitsToLook:
    qtbot.keyClick(window, Qt.Key.Key_F2)
    page = window.page("visits")
    assert isinstance(page, VisitsToLook)
    qtbot.waitUntil(lambda: page.list.table.rows.rowCount() > 0)
    return page


def test_visits_of_all_stations_have_a_column_and_a_filter(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    listing = visits_of(window, qtbot).list
    assert not listing.table.isColumnHidden(7)
    assert sorted(cells(listing.table, 7)) == ["东街联络站"] * 2 + ["西街联络站"] * 2
    assert listing._counts.text() == "共 4 批 4 人次"
    assert listing.filters.station.isVisible()
    listing.filters.station.set_value(WEST)
    listing.filters.changed.emit()
    assert cells(listing.table, 7) == ["西街联络站"] * 2
    assert listing._counts.text() == "共 2 批 2 人次"
    assert not any(widget.isVisible() for widget in listing._papers)
    assert refusals(context) == []


def test_safe_visits_are_in_no_list_and_not_found(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    """product.md, Safe: they are for their receiver and the head of the station."""
    listing = visits_of(window, qtbot).list
    assert not any("2" in name for name in cells(listing.table, 2))
    found = context.services.search.find("路灯")
    assert sum(len(group.hits) for group in found) == 4


def test_a_record_is_read_only_and_says_why(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    listing = visits_of(window, qtbot).list
    listing.show_visit(listing.table.rows.key(0))
    record = listing.record
    qtbot.waitUntil(lambda: record._visit is not None)
    assert record.why.isVisible()
    assert "由站点填写" in record.why.text()
    for verb in (record.go_on, record.correct, record.cancel, record.receipt, record.after, record.strip):
        assert not verb.isVisible()
    assert record._visit is not None
    assert record._visit.station.endswith("街联络站")
    assert refusals(context) == []


def test_today_tells_what_was_done_and_is_due_at_which_station(window: MainWindow, context: Context) -> None:
    page: Any = window.page("today")
    assert not page.new.isVisible()
    assert not page.open.isVisible()
    assert not page.done.table.isColumnHidden(5)
    assert set(cells(page.done.table, 5)) == {"东街联络站", "西街联络站"}
    assert refusals(context) == []


def test_nobody_is_on_duty_there(window: MainWindow) -> None:
    assert "上岗" not in window.top._duty._whole


def test_deputies_of_all_stations_stand_in_one_list(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F7)
    page = window.page("deputies")
    assert isinstance(page, DeputiesToLook)
    assert {"东某某", "西某某"} <= set(cells(page.table, 0))
    page.station.set_value("东街联络站")
    page._fill()
    assert cells(page.table, 0) == ["东某某"]
    assert refusals(context) == []


def test_search_says_of_which_station_a_visit_is(context: Context) -> None:
    (group,) = context.services.search.find("东街路灯")
    assert {hit.subtitle.split(" · ")[0] for hit in group.hits} == {"东街联络站"}


def test_the_card_of_a_station_is_the_countys_to_change(context: Context, store: Store, qtbot: QtBot) -> None:
    section = StationSection(context)
    qtbot.addWidget(section)
    section.load()
    assert not section._pick.isHidden()
    section.which.setCurrentIndex(section.which.findText("东街联络站"))
    section._ask()
    section._lines["phone"].setText("0571-2222222")
    section._on_save()
    (east,) = [each for each in context.services.station.others() if each.scope == EAST]
    assert context.services.station.get(east.id).phone == "0571-2222222"
    assert context.services.station.get().phone != "0571-2222222"


def test_an_auditor_reads_the_card_and_is_told_why_it_stays(
    context: Context, staged: Stage, qtbot: QtBot
) -> None:
    staged.session.desk = "auditor"
    assert [spec.key for spec in page_specs(staged.session.may)] == ["today", "settings"]
    section = StationSection(context)
    qtbot.addWidget(section)
    section.load()
    section.which.setCurrentIndex(1)
    section._ask()
    assert all(line.isReadOnly() for line in section._lines.values())
    assert not section.save.isEnabled()
    assert not section.why.isHidden()
    east, _west = context.services.station.others()
    with pytest.raises(AccessProblem, match="只能查看"):
        context.services.station.update(context.services.station.get(east.id), east.id)
    section.which.setCurrentIndex(0)
    section._ask()
    assert section.save.isEnabled()


def test_at_a_stations_desk_there_is_neither_column_nor_filter(
    store: Store, fake_clock: FakeClock, qtbot: QtBot
) -> None:
    staged = visit_stage.build(store)
    staged.finished()
    assert Stations(store, staged.session).others() == ()
    (row,) = staged.visits.page(VisitFilter()).rows
    assert row.station == ""
