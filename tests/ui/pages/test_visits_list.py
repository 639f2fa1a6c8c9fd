"""来访列表: filters, counts, pages on demand, one record with its verbs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk import clock
from desk.services.visit_values import After, VisitSheet
from desk.ui import style
from desk.ui.context import Context
from desk.ui.pages.visits.filters import Filters, period
from desk.ui.pages.visits.list_page import ListPage, columns
from desk.ui.pages.visits.page import VisitsPage
from desk.ui.pages.visits.record_view import lines_of
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, RecordingNotices
from tests.ui.pages import reception_stage as station
from tests.ui.pages.hands import cases, visits_page


def finished(context: Context, n: int = 1) -> None:
    visits = context.services.visits
    for _ in range(n):
        visit = visits.open(station.FULL).value
        visits.finish(visit.id, visits.entries[visit.id].form)


@pytest.fixture
def listing(desk: MainWindow, context: Context) -> ListPage:
    finished(context)
    context.services.visits.open(station.GROUP)
    desk.show_page("visits", "list")
    return visits_page(desk).list


def notices(context: Context) -> RecordingNotices:
    assert isinstance(context.notices, RecordingNotices)
    return context.notices


def test_periods_end_today() -> None:
    day = date(2026, 11, 23)
    assert period("week", day) == (date(2026, 11, 17), day)
    assert period("month", day) == (date(2026, 11, 1), day)
    assert period("", day) == (None, None)


def test_filters_make_a_filter(qtbot: QtBot, fake_clock: FakeClock) -> None:
    filters = Filters()
    qtbot.addWidget(filters)
    filters.set_deputies([("d1", "王某某")])
    filters._deputy.set_value("d1")
    filters._outcome.set_value("proposed")
    filters._rating.set_value("basic")
    filters._period.set_value("own")
    with qtbot.waitSignal(filters.changed):
        filters._period.activated.emit(5)
    assert not filters._from.isHidden()
    found = filters.value()
    assert (found.deputy_id, found.outcome, found.rating) == ("d1", "proposed", "basic")
    assert (found.day_from, found.day_to) == (date(2026, 11, 23), date(2026, 11, 23))


def test_counts_are_batches_and_people(listing: ListPage) -> None:
    assert listing._counts.text() == "共 2 批 4 人次"
    words = [listing.table.rows.data(listing.table.rows.index(0, at)) for at in range(7)]
    assert words == [
        "11-23 09:00",
        "LF2026-A0313",
        "赵某 等 3 人",
        "宅基地边界",
        "待补记",
        "未评",
        "王某某、李某",
    ]


def test_nothing_found_says_what_to_do(listing: ListPage) -> None:
    listing.filters._outcome.set_value("mediation")
    listing.filters.changed.emit()
    assert listing._empty.isVisible()
    assert not listing.table.isVisible()


def test_pages_come_on_demand(desk: MainWindow, context: Context, qtbot: QtBot) -> None:
    finished(context, 70)
    desk.show_page("visits", "list")
    table = visits_page(desk).list.table
    assert table.rows.rowCount() == 50
    table.scrollToBottom()
    qtbot.waitUntil(lambda: table.rows.rowCount() == 70)


@pytest.mark.parametrize("goes_back", [True, False])
def test_a_list_not_built_yet_comes_later_unless_somebody_goes_back(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, goes_back: bool
) -> None:
    asked: list[tuple[Iterator[None], Callable[[], None]]] = []

    def by_turns(steps: Iterator[None], *, done: Callable[[], None], owner: object) -> None:
        asked.append((steps, done))

    page = VisitsPage(context)
    qtbot.addWidget(page)
    monkeypatch.setattr(context.tasks, "by_turns", by_turns)
    page.show_record("list")
    assert page._stack.currentWidget() is page.reception
    if goes_back:
        page.reception.tabs.tabBarClicked.emit(0)
    (steps, done) = asked.pop()
    assert list(steps)
    done()
    assert page._stack.currentWidget() is (page.reception if goes_back else page.list)


def test_enter_opens_and_escape_goes_back(listing: ListPage, qtbot: QtBot) -> None:
    listing.table.setFocus()
    listing.table.selectRow(1)
    qtbot.keyClick(listing.table, Qt.Key.Key_Return)
    assert listing.record.isVisible()
    assert listing.record._card._heading.text().startswith("LF2026-A0312")
    assert listing.record.back.hasFocus()
    qtbot.keyClick(listing.record.back, Qt.Key.Key_Escape)
    assert listing.table.isVisible()


def test_reply_first_then_the_rating_of_the_result(listing: ListPage, context: Context) -> None:
    listing.show_visit("v312")
    after = listing.record.after
    assert not after.rating.isVisible()
    after.reply.click()
    assert after._text._line.text() == "请写明怎样答复了来访人。"
    after.way.set_value("phone")
    after.text.set_text("已派人疏通")
    after.reply.click()
    after.rate.click()
    after.rating.button("unsatisfied").click()
    after.reason.setText("又堵了")
    after.rate.click()
    assert ("rate_result", "unsatisfied", "又堵了") in context.services.visits.said
    assert ("reply", "phone", "已派人疏通") in context.services.visits.said


def test_what_was_answered_is_read_with_the_record(listing: ListPage) -> None:
    listing.show_visit("v312")
    listing.record.after.text.set_text("已派人疏通")
    listing.record.after.reply.click()
    shown = [each.text() for each in listing.record._words.findChildren(QLabel)]
    assert "2026-11-23 09:00 · 已派人疏通（周某）" in shown


def test_the_record_says_what_the_form_holds() -> None:
    entry = station.Entry("v1", "LF2026-A0001", station.FULL, "finished", clock.now())
    entry.form = replace(
        station.FULL, headcount=3, companions=("赵某",), report_kind="minor", report_recipient="派出所"
    )
    entry.form = replace(entry.form, notice_told=True, contact_ok=True)
    said = After("result", None, "不满意：又堵了")
    lines = dict(lines_of(VisitSheet(station.card(entry), entry.form, "城乡建设 · 排水", (said,))))
    assert lines["人数"] == "3 人 · 同行代表 赵某"
    assert lines["类别"] == "城乡建设 · 排水"
    assert lines["强制报告"] == "侵害未成年人 · 向派出所报告"
    assert lines["告知与同意"] == "已告知 · 同意承办单位联系"
    assert lines["结果评价"] == "不满意：又堵了"
    entry.form = replace(
        entry.form, outcome="guided", level="guided", unit="", guide_to="医保中心", guide_reason="核算"
    )
    lines = dict(lines_of(VisitSheet(station.card(entry), entry.form, "", ())))
    assert lines["处理"] == "引导 · 医保中心 · 核算"


def test_a_half_written_reply_outlives_news(listing: ListPage, context: Context) -> None:
    listing.show_visit("v312")
    listing.record.after.text.set_text("写到一半")
    listing.record.after.text.setFocus()
    context.live.announce(frozenset({"visit"}))
    assert listing.record.after.text.value() == "写到一半"
    assert listing.record.after.text.hasFocus()


def test_void_needs_a_reason_and_goes_back(listing: ListPage, context: Context) -> None:
    listing.show_visit("v312")
    listing.record.cancel.click()
    assert ("void", "v312", "回访核对") in context.services.visits.said
    assert listing.table.isVisible()


def test_an_open_visit_is_gone_on_with_in_its_tab(listing: ListPage, desk: MainWindow, qtbot: QtBot) -> None:
    listing.show_visit("v313")
    assert not listing.record.after.reply.isVisible()
    listing.record.go_on.click()
    qtbot.waitUntil(lambda: [case.visit_id for case in cases(desk)] == ["v313"])
    assert cases(desk)[0].view.isVisible()


def test_papers_are_asked_for_by_name(listing: ListPage, context: Context) -> None:
    asked: list[tuple[str, str]] = []
    context.navigator.wanted.connect(lambda page, record: asked.append((page, record)))
    listing.show_visit("v312")
    listing.record.receipt.click()
    listing._export("ledger")
    listing.filters._period.set_value("month")
    listing._export("ledger_xlsx")
    for words in ("空白登记表", "核对回执", "导入旧台账"):
        next(each for each in listing.findChildren(QPushButton) if each.text() == words).click()
    assert asked == [
        ("paper", "receipt:v312"),
        ("paper", "ledger:"),
        ("paper", "ledger_xlsx:2026-11-01:2026-11-23"),
        ("paper", "blank"),
        ("check_receipt", ""),
        ("old_ledger", ""),
    ]


def test_a_person_is_shown_above_the_list(listing: ListPage, desk: MainWindow, context: Context) -> None:
    context.navigator.open("person", "p1")
    assert listing._person.isVisible()
    assert listing._person_id == "p1"
    listing._person._release.click()
    assert not listing._person.isVisible()
    assert listing._person_id == ""
    assert notices(context).problems == []


def test_ctrl_f2_goes_there_and_back(desk: MainWindow, qtbot: QtBot) -> None:
    desk.show_page("visits")
    page = visits_page(desk)
    qtbot.keyClick(page, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert page.list.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert page.reception.isVisible()


def test_while_the_list_is_in_view_no_visit_looks_chosen(listing: ListPage, desk: MainWindow) -> None:
    page = visits_page(desk)
    assert listing.isVisible()
    assert page.reception.tabs.property("resting")
    page._on_switch()
    assert page.reception.isVisible()
    assert not page.reception.tabs.property("resting")


@pytest.mark.parametrize("percent", style.PERCENTS)
def test_choices_and_buttons_stand_in_one_line(listing: ListPage, qapp: QApplication, percent: int) -> None:
    style.apply(qapp, percent)
    qapp.processEvents()
    heights = {each.height() for each in (listing.filters._rating, *listing._papers)}
    assert heights == {style.size("control")}
    middles = {
        each.mapTo(listing, each.rect().center()).y()
        for each in (listing.filters._period, *listing._papers[:2])
    }
    assert len(middles) == 1


def test_the_list_names_the_receivers_and_leaves_their_levels_to_the_record() -> None:
    (column,) = [each for each in columns() if each.title == "接待代表"]
    assert column.text(SimpleNamespace(receiver_names="王某某、李某")) == "王某某、李某"


@pytest.fixture
def own_font(qapp: QApplication) -> None:
    """Take the program's own font and size, whatever the test before has left."""
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, 100)


def test_what_a_visit_is_about_has_room_on_a_screen_of_few_pixels(
    own_font: None, desk: MainWindow, listing: ListPage, qtbot: QtBot
) -> None:
    """1366×768 at the system's 150 % are 911×512; who received and how it was rated stand in the record."""
    table = listing.table
    letter = table.fontMetrics().horizontalAdvance("国")
    for size, left_out in (((1366, 768), False), ((911, 512), True), ((1366, 768), False)):
        # Said aloud, or the layout would say it anew.
        desk.setMinimumSize(1, 1)
        desk.resize(*size)
        qtbot.waitUntil(lambda gone=left_out: table.isColumnHidden(6) is gone)
        assert table.isColumnHidden(5) is left_out
        qtbot.waitUntil(lambda: table.columnWidth(3) >= 8 * letter)
        qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
