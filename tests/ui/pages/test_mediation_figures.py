"""统计与排查: figures, searches and the yearly list, and how they go out."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from desk.ui.preview.window import PaperWindow
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, RecordingNotices
from tests.ui.pages import mediation_stage as stage

room, desk = stage.room, stage.desk


def test_sums_sweeps_and_subsidies(desk: MainWindow, room: stage.CaseStage) -> None:
    room.agreed()
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    assert figures.lines.rows.rowCount() > 10
    words = [figures.lines.rows.data(figures.lines.rows.index(0, at)) for at in range(3)]
    assert words[0] == "合计"
    assert figures._total.text() == "这一年还没有归档的案卷"
    sweeps = figures.sweeps
    sweeps.new.click()
    sweeps.fields.fields["found"].paint(2)
    sweeps.fields.fields["prevented"].paint(3)
    sweeps.save.click()
    assert sweeps.fields.row("found").field.property("wrong")
    sweeps.fields.fields["found"].paint(4)
    sweeps.save.click()
    (row,) = room.services.sweeps.list(2026)
    assert (row.found, row.prevented) == (4, 3)
    assert sweeps._form.isHidden()


def test_the_searches_of_last_year_are_within_reach(
    desk: MainWindow, room: stage.CaseStage, tmp_path: Path
) -> None:
    desk.show_page("mediation", "figures")
    sweeps = stage.page_of(desk).figures.sweeps
    sweeps.new.click()
    sweeps.fields.fields["swept_on"].paint(date(2025, 12, 30))
    sweeps.save.click()
    (row,) = room.services.sweeps.list(2025)
    assert sweeps.year.value() == "2025"
    assert list(sweeps._known) == [row.id]
    notices = desk._context.notices
    assert isinstance(notices, RecordingNotices)
    notices.path = tmp_path / "登记簿.xlsx"
    sweeps.out.xlsx.click()
    assert notices.proposed.endswith("矛盾纠纷排查登记簿 2025.xlsx")
    sweeps.year.set_value("2026")
    sweeps.year.activated.emit(0)
    assert sweeps._known == {}
    sweeps.year.set_value("2025")
    sweeps.year.activated.emit(1)
    assert list(sweeps._known) == [row.id]


def test_figures_go_out_as_a_table_and_on_paper(
    desk: MainWindow, room: stage.CaseStage, tmp_path: Path, qtbot: QtBot
) -> None:
    room.agreed()
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    notices = desk._context.notices
    assert isinstance(notices, RecordingNotices)
    notices.path = tmp_path / "统计表.xlsx"
    figures._figures_out.xlsx.click()
    assert notices.proposed == "人民调解案件统计表 2026-01-01至2026-11-23.xlsx"
    assert notices.said[-1] == ("info", "已保存：统计表.xlsx")
    assert openpyxl.load_workbook(notices.path).worksheets[0]["A1"].value == "人民调解案件统计表"
    figures.committee.set_value(room.committee_id)
    figures._figures_out.xlsx.click()
    assert notices.proposed.endswith("人民调解案件统计表 2026-01-01至2026-11-23.xlsx")
    figures.sweeps.out.xlsx.click()
    # The folder of the file before is proposed again.
    assert notices.proposed == str(tmp_path / "矛盾纠纷排查登记簿 2026.xlsx")
    for buttons in (figures._figures_out, figures._paid_out, figures.sweeps.out):
        buttons.paper.click()
        shown = desk.findChildren(PaperWindow)[-1]
        assert shown.isVisible()
        shown.reject()


def test_what_cannot_be_counted_is_told_and_the_veil_is_lifted(desk: MainWindow) -> None:
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    figures.first.set_day(date(2026, 12, 1))
    figures._figures_out.paper.click()
    assert "结束日期早于开始日期，请核对。" in stage.said(desk)
    assert not figures.maker._veil.isVisible()


def test_the_clerk_sees_figures_and_no_list_of_dossiers(room: stage.CaseStage, qtbot: QtBot) -> None:
    """Figures name nobody; who is paid for which dossier is for those who read cases."""
    window = stage.open_window(stage.context_of(room.as_user("clerk")), qtbot)
    page = stage.page_of(window)
    page._show("figures")
    assert page.figures.lines.rows.rowCount() > 10
    assert not page.figures._paid_card.isVisible()
    page.figures._figures_out.paper.click()
    shown = window.findChildren(PaperWindow)[-1]
    shown.reject()
    assert window._context.notices.problems == []
    window.close()


def test_a_deputy_sees_figures_and_takes_none_out(room: stage.CaseStage, qtbot: QtBot) -> None:
    """SEC-04: to export is a right of its own."""
    window = stage.open_window(stage.context_of(room.as_user("deputy")), qtbot)
    page = stage.page_of(window)
    page._show("figures")
    assert page.figures.lines.rows.rowCount() > 10
    assert page.figures._figures_out.isHidden()
    assert page.figures.sweeps.out.isHidden()
    window.close()


def test_blank_forms_are_one_click_from_the_list(desk: MainWindow, qtbot: QtBot) -> None:
    blanks = stage.page_of(desk).list.blanks
    blanks.fill()
    actions = [action.text() for action in blanks.menu_of_forms.actions() if action.text()]
    assert actions[0].startswith("常用一套（F-01、F-02、F-03")
    assert "F-07 人民调解协议书" in actions
    next(
        action
        for action in blanks.menu_of_forms.actions()
        if "F-07" in action.text() and "协议书" in action.text()
    ).trigger()
    shown = desk.findChildren(PaperWindow)[-1]
    assert shown.windowTitle() == "空白人民调解协议书"
    shown.reject()


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("month", date(2026, 11, 1), date(2026, 11, 23)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("quarter", date(2026, 10, 1), date(2026, 11, 23)),
        ("last_quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("year", date(2026, 1, 1), date(2026, 11, 23)),
        ("last", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_periods_reports_are_asked_for(desk: MainWindow, code: str, first: date, last: date) -> None:
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    figures.quick.set_value(code)
    figures.quick.activated.emit(0)
    assert (figures.first.day(), figures.last.day()) == (first, last)


def test_over_midnight_the_sums_are_of_the_new_day(
    desk: MainWindow, room: stage.CaseStage, fake_clock: FakeClock
) -> None:
    """A period by its name goes along, one written by hand stays; the new year is offered."""
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    fake_clock.set("2026-12-31T23:59:00+08:00")
    desk.idle.look()
    assert (figures.first.day(), figures.last.day()) == (date(2026, 1, 1), date(2026, 12, 31))
    fake_clock.set("2027-01-01T00:00:03+08:00")
    desk.idle.look()
    assert (figures.first.day(), figures.last.day()) == (date(2027, 1, 1), date(2027, 1, 1))
    assert (figures.sweeps.year.itemData(0), figures.sweeps.year.value()) == ("2027", "2026")
    # As it comes back into view: at midnight another page was there.
    fake_clock.forward(days=1)
    stage.page_of(desk).load()
    assert (figures.first.day(), figures.last.day()) == (date(2027, 1, 1), date(2027, 1, 2))
    figures.first.set_day(date(2026, 6, 1))
    fake_clock.forward(days=1)
    desk.idle.look()
    assert (figures.first.day(), figures.last.day()) == (date(2026, 6, 1), date(2027, 1, 2))
