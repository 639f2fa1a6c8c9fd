"""How 矛盾调解 stands at large text: the next step in view, nothing cut, every tab from its top."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from desk.ui import style
from desk.ui.navigator import LIST, NEW
from desk.ui.pages.mediation.term_line import TermLine
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import opened, tab

room = stage.room
SIZE = (1366, 768)


@pytest.fixture(params=[100, 125, 150])
def percent(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def desk(room: stage.CaseStage, qtbot: QtBot, percent: int) -> Iterator[MainWindow]:
    """The window as large as the screen, at a text size."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, percent)
    made = stage.open_window(stage.context_of(room), qtbot)
    made.resize(*SIZE)
    yield made
    made.close()


def whole(widget: QWidget, window: QWidget) -> bool:
    """Tell whether a widget stands in the window, as wide as it asks to be, in nobody's shade."""
    corner = widget.mapTo(window, widget.rect().bottomRight())
    seen = widget.visibleRegion().boundingRect() == widget.rect()
    return (
        seen and corner.x() < SIZE[0] and corner.y() < SIZE[1] and widget.width() >= widget.sizeHint().width()
    )


def test_the_next_steps_are_in_view_at_every_size(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, percent: int
) -> None:
    case = opened(desk, room.agreed())
    now = case.view.now
    qtbot.waitUntil(lambda: now.isVisible() is (percent > 100))
    qtbot.waitUntil(lambda: whole(case.view.head.main, desk))
    if percent == 100:
        qtbot.waitUntil(lambda: whole(case.view.steps, desk))
        return
    qtbot.waitUntil(lambda: all(whole(each, desk) for each in (now.clock, now.papers, now.steps)))
    assert (now.clock.text(), now.papers.text()) == ("第 1 条 剩 7 天", "缺 4 种文书")
    assert "卷宗封面" in now.papers.toolTip()
    offered = {each.text(): each for each in now.menu.actions()}
    assert set(offered) == {each.text() for each in case.view.steps.buttons.values()}
    now.papers.click()
    assert case.view.current() == "dossier"
    offered["再次调解"].trigger()
    assert case.card is not None
    assert case.card.state == "mediating"


def test_what_a_step_lacks_stands_in_the_menu(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.registered(dispute_type=""))
    # An action without a tool tip of its own gives its words.
    tips = {each.text(): each.toolTip() for each in case.view.now.menu.actions()}
    buttons = case.view.steps.buttons.values()
    assert tips == {button.text(): button.toolTip() or button.text() for button in buttons}
    assert any(tip != words for words, tip in tips.items())


def test_another_tab_begins_at_its_top(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.agreed())
    tab(case, "dossier")
    bar = case.view._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    tab(case, "after")
    assert bar.value() == 0
    card = tab(case, "after").performance
    assert card.visibleRegion().boundingRect().top() == 0


def test_namesakes_can_be_read_in_the_terms(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    first, second = room.parties()
    case = opened(desk, room.mediating(parties=(first, replace(second, name=first.name))))
    (line,) = tab(case, "agreement").terms.lines
    assert isinstance(line, TermLine)
    line._ower.set_value(room.party_ids(case.case_id)[1])
    assert line._ower.currentText() == "被申请人钱某"
    qtbot.waitUntil(lambda: line._ower.width() > 100)
    words = line._ower.fontMetrics().horizontalAdvance("被申请人钱某")
    # Frame and padding to the left, the arrow to the right.
    assert words + 36 <= line._ower.width()


def test_a_long_title_is_read_from_its_beginning(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    title = "示例街道东风社区第三居民小组雨污分流改造施工致多户外墙开裂渗水赔偿与修复责任分担争议"
    case = opened(desk, room.registered(title=title))
    field = tab(case, "accept").fields.fields["title"].widget
    assert field.text() == title
    assert field.cursorPosition() == 0
    qtbot.waitUntil(lambda: whole(case.view.head.main, desk))


def test_searches_and_subsidies_are_not_far_below_the_figures(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    room.agreed()
    desk.show_page("mediation", "figures")
    figures = stage.page_of(desk).figures
    assert figures.lines.rows.rowCount() > 40
    assert figures.lines.height() < 13 * (style.size("control") + 1)


def test_a_form_that_is_unfolded_comes_into_view(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.agreed())
    after = tab(case, "after")
    after.confirmation.open.click()
    assert not after.confirmation.apply.visibleRegion().isEmpty()
    after.follow_up.begin()
    assert not after.follow_up.save.visibleRegion().isEmpty()
    desk.show_page("mediation", "figures")
    sweeps = stage.page_of(desk).figures.sweeps
    sweeps.new.click()
    assert not sweeps.save.visibleRegion().isEmpty()


def test_the_year_of_the_subsidies_is_whole(desk: MainWindow, room: stage.CaseStage) -> None:
    desk.show_page("mediation", "figures")
    year = stage.page_of(desk).figures.year
    frame_and_arrow = 36
    assert (
        year.fontMetrics().horizontalAdvance(year.currentText()) <= year.sizeHint().width() - frame_and_arrow
    )


def test_why_the_one_page_is_not_enough_is_read_without_scrolling(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    desk.show_page("mediation", NEW)
    page = stage.shown_small(desk)
    for _step in page.view.filling(room.small()):
        pass
    tick = page.view.fields.fields["written_asked"].widget
    qtbot.waitUntil(lambda: tick.width() > 0 and page.view._area.widget().height() > 0)
    page.view.fields.fields["written_asked"].paint(True)
    page.settle()
    qtbot.waitUntil(
        lambda: page.view._ask.visibleRegion().boundingRect().height() == page.view._ask.rect().height()
    )
    page.leave()


def test_a_short_tab_is_no_longer_for_a_long_one_seen_before(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, percent: int
) -> None:
    """The steps and the time line, folded below the tab, are not a screen of nothing further down."""
    case = opened(desk, room.agreed())
    inside = case.view._area.widget()
    tab(case, "accept")
    qtbot.waitUntil(lambda: inside.height() > 900)
    tall = inside.height()
    part = tab(case, "inquiries")
    qtbot.waitUntil(lambda: inside.height() < tall - 300)
    short = inside.height()
    if percent > 100:
        qtbot.waitUntil(lambda: part.height() <= part.sizeHint().height())
    tab(case, "accept")
    qtbot.waitUntil(lambda: inside.height() > short + 300)


def test_the_sentence_of_a_narrow_field_far_down_is_read_whole(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """It takes several lines there, below the field the cursor goes to."""
    desk.show_page("mediation", NEW)
    view = stage.shown_small(desk).view
    for _step in view.filling(room.small()):
        pass
    said = "请登记调解员。请写明协议内容，至少一条。"
    view.mark([("mediators", said)])
    row = view.fields.row("mediator_id")
    qtbot.waitUntil(row.field.hasFocus)
    assert row._line.text() == said
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect() == row.rect())


def test_number_and_committee_take_two_lines_at_most(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case = opened(desk, room.agreed())
    head, number = case.view.head, case.view.head._number
    head.say_dirty(dirty=True)
    qtbot.waitUntil(lambda: whole(head.main, desk))
    qtbot.waitUntil(lambda: number.width() > 100)
    assert number.heightForWidth(number.width()) <= 2 * number.fontMetrics().lineSpacing() + 4
    assert number.height() >= number.heightForWidth(number.width())


def test_the_mark_of_the_step_in_view_stands_on_the_line(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    view = opened(desk, room.agreed()).view
    line = next(each for each in view.findChildren(QFrame) if each.property("role") == "rule")
    qtbot.waitUntil(lambda: view.bar.height() > 0 and line.width() > 0)
    top = line.mapTo(view, line.rect().topLeft()).y()
    assert 0 <= top - view.bar.mapTo(view, view.bar.tabRect(0).bottomLeft()).y() <= 2


def test_the_buttons_of_the_list_are_of_one_height(desk: MainWindow, room: stage.CaseStage) -> None:
    room.agreed()
    desk.show_page("mediation", LIST)
    shown = stage.page_of(desk).list
    heights = {each.height() for each in (shown.blanks, shown.new)}
    assert heights == {style.size("control")}
