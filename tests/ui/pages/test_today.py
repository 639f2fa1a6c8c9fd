"""今日: who is here with their six ones, who was here, what is due, and what to do when there is nothing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.rules.labels import OUTCOME, RATING
from desk.services.laid_aside import LaidAside
from desk.services.visit_values import DueItem
from desk.ui import style
from desk.ui.context import Context
from desk.ui.pages.today.open_card import next_words, who
from desk.ui.pages.today.page import TodayPage
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import pill_size
from desk.ui.parts.six_ones import SixDots
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, SlowTasks
from tests.ui.pages import reception_stage as station
from tests.ui.pages.hands import open_window


def today(desk: MainWindow) -> TodayPage:
    page = desk.page("today")
    assert isinstance(page, TodayPage)
    return page


def words(desk: MainWindow) -> list[str]:
    return [each.text() for each in today(desk).open.findChildren(QLabel) if each.isVisible()]


def test_empty_states_tell_what_to_do(desk: MainWindow, context: Context) -> None:
    page = today(desk)
    assert page.open._empty.isVisible()
    assert page.done._empty.isVisible()
    assert page.due._empty.isVisible()
    asked: list[tuple[str, str]] = []
    context.navigator.wanted.connect(lambda page, record: asked.append((page, record)))
    assert page.open._empty.button is not None
    page.open._empty.button.click()
    page.new.click()
    assert asked == [("visits", "new"), ("visits", "new")]


def test_who_is_here_stands_with_dots_and_minutes(
    desk: MainWindow, context: Context, fake_clock: FakeClock
) -> None:
    visits = context.services.visits
    first = visits.open(station.FULL).value
    fake_clock.forward(minutes=9)
    visits.open(station.GROUP)
    visits.wait(station.VisitForm(name="钱某", subject="路灯"))
    fake_clock.forward(minutes=3)
    context.live.announce(frozenset({"visit"}))
    shown = words(desk)
    assert {"陈某某", "赵某 等 3 人", "12 分钟", "3 分钟", "一份记录", "回执已给，待补记", "等候"} <= set(
        shown
    )
    assert "3 批 5 人次" in shown
    assert len(today(desk).open.findChildren(SixDots)) == 3
    asked: list[tuple[str, str]] = []
    context.navigator.wanted.connect(lambda page, record: asked.append((page, record)))
    buttons = [each for each in today(desk).open.findChildren(KeyButton) if "陈某某" in each.accessibleName()]
    buttons[0].click()
    assert asked == [("visits", first.id)]


def test_enter_opens_who_was_here(desk: MainWindow, context: Context, qtbot: QtBot) -> None:
    visits = context.services.visits
    visit = visits.open(station.FULL).value
    visits.finish(visit.id, station.FULL)
    context.live.announce(frozenset({"visit"}))
    table = today(desk).done.table
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert desk.current().title == "来访接待"


def test_what_is_due_carries_its_word_and_its_verb(desk: MainWindow, context: Context) -> None:
    context.services.today.due = (
        DueItem("红 逾期 16 天", "red", "三组水渠清淤 主办 水利站", "催办", "matter", "m1"),
        DueItem("今天", "", "回访 郑某", "回访", "visit", "v1"),
    )
    desk.show_page("today")
    due = today(desk).due
    texts = [each.text() for each in due.findChildren(QLabel) if each.isVisible()]
    assert {"红 逾期 16 天", "三组水渠清淤 主办 水利站", "最急的在前"} <= set(texts)
    opened: list[tuple[str, str]] = []
    due.opened.connect(lambda noun, record_id: opened.append((noun, record_id)))
    due.opened.disconnect(context.navigator.open)
    buttons = [each for each in due.findChildren(KeyButton) if each.isVisible()]
    assert buttons[1].accessibleName() == "回访 回访 郑某"
    buttons[1].click()
    assert opened == [("visit", "v1")]
    assert buttons[0].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_what_has_no_room_is_counted_and_one_press_away(desk: MainWindow, context: Context) -> None:
    def shown() -> list[str]:
        return [each.text() for each in today(desk).due.findChildren(QLabel) if each.isVisible()]

    due = tuple(DueItem(f"剩 {n} 天", "", f"第 {n} 件", "反馈", "visit", f"v{n}") for n in range(1, 14))
    today(desk).due.show_items(due)
    assert "第 10 件" in shown()
    assert "第 11 件" not in shown()
    more = today(desk).due.more
    assert more.text() == "显示其余 3 件"
    more.click()
    assert "第 13 件" in shown()
    assert not more.isVisible()
    assert not today(desk).due.rest.isVisible()
    today(desk).due.show_items(due, more=True)
    assert today(desk).due.rest.isVisible()
    # News from another PC leaves them in view.
    today(desk).due.show_items(due[:-1])
    assert "第 12 件" in shown()
    today(desk).due.show_items(due[:10])
    assert not more.isVisible()


def test_at_large_text_what_is_due_comes_before_what_is_done(desk: MainWindow, qtbot: QtBot) -> None:
    """A day's visits would push it out of view, and out of mind."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    page = today(desk)

    def top(card: QWidget) -> int:
        return card.mapTo(page, QPoint()).y()

    assert top(page.due) == top(page.open)
    style.apply(app, 150)
    qtbot.waitUntil(lambda: top(page.open) < top(page.due) < top(page.done))
    style.apply(app, 100)
    qtbot.waitUntil(lambda: top(page.due) == top(page.open))
    assert page.due.isVisible()


def test_who_has_no_line_is_counted(desk: MainWindow, context: Context) -> None:
    for n in range(9):
        context.services.visits.open(station.VisitForm(name=f"王{n}某", subject="路灯"))
    context.live.announce(frozenset({"visit"}))
    assert "还有 1 批，按 Shift F2 轮换着看" in words(desk)


def test_the_rail_hears_how_much_waits(desk: MainWindow, context: Context) -> None:
    context.services.visits.open(station.FULL)
    desk.show_page("today")
    assert (context.live.waiting("visits"), context.live.waiting("mediation")) == (1, 3)


def test_names_and_next_steps() -> None:
    assert who("赵某", 1) == "赵某"
    assert who("赵某", 3) == "赵某 等 3 人"
    visits = station.FakeVisits()
    visit = visits.open(station.FULL).value
    assert next_words(visit) == "一份记录"
    done = visits.finish(visit.id, station.FULL).value
    assert next_words(done) == ""


def test_words_of_an_ended_record_are_shown_copied_and_let_go_of_one_after_the_other(
    desk: MainWindow, context: Context
) -> None:
    """Nothing typed is lost in silence (product.md)."""
    first = (("代表意见", "再去看一次\n周五"), ("诉求", "修灯"))
    page, drafts = today(desk), context.services.drafts
    assert page.left.isHidden()
    assert drafts.tidied == drafts.asked
    drafts.aside = {
        "d1": LaidAside("d1", "来访 LF2026-A0001（已结束）", first, first),
        "d2": LaidAside("d2", "来访 LF2026-A0002（已结束）", *[(("答复内容", "还要补一句"),)] * 2),
    }
    page.load()
    assert page.left.isVisible()
    assert page.left.words.toPlainText() == "代表意见：再去看一次\n周五\n诉求：修灯"
    page.left.copy.click()
    assert QApplication.clipboard().text() == page.left.words.toPlainText()
    page.left.drop.click()
    assert page.left.words.toPlainText() == "答复内容：还要补一句"
    page.left.drop.click()
    assert page.left.isHidden()
    assert drafts.aside == {}


@pytest.mark.parametrize("percent", style.PERCENTS)
def test_what_is_left_stands_in_whole_lines(
    context: Context, qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(qapp, percent)
    desk = open_window(context, qtbot)
    desk.resize(1366, 768)
    left, long = today(desk).left, "雨后积水，" * 17

    def lines(*said: str) -> float:
        """Return how many lines there is room for."""
        words = tuple(("诉求", each) for each in said)
        context.services.drafts.aside = {"d1": LaidAside("d1", "来访", words, words)}
        today(desk).load()
        qapp.processEvents()
        document = left.words.document()
        room = left.words.viewport().height() - 2 * document.documentMargin()
        return room / document.firstBlock().layout().lineAt(0).height()

    try:
        for said, shown in ((("修灯",), 1), (("修灯",) * 3, 3), (("修灯",) * 9, 6), ((long,), 2)):
            assert shown <= lines(*said) < shown + 0.2
            assert (left.words.verticalScrollBar().maximum() > 0) is (len(said) > shown)
    finally:
        desk.close()


@pytest.mark.parametrize("percent", style.PERCENTS)
def test_the_reason_has_room_and_no_choice_is_cut(
    context: Context, qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    # Before the window: one never dressed would keep the letters of the test before.
    style.apply(qapp, percent)
    desk = open_window(context, qtbot)
    desk.resize(1366, 768)
    visits = context.services.visits
    visits.finish(visits.open(station.FULL).value.id, station.FULL)
    today(desk).load()
    qapp.processEvents()
    table = today(desk).done.table
    metrics, around = table.fontMetrics(), 16
    time, _who, reason, outcome, rating, _station = (table.columnWidth(at) for at in range(6))
    assert time - around >= metrics.horizontalAdvance("09:40")
    assert reason - around >= metrics.horizontalAdvance("国") * 8
    pills = max(pill_size(table.font(), words).width() for words in OUTCOME.values())
    assert outcome - around // 2 >= pills
    assert rating - around >= max(metrics.horizontalAdvance(words) for words in RATING.values())
    desk.close()


def test_what_is_left_is_veiled_and_starred_on_the_page_that_is_open_all_day(
    desk: MainWindow, context: Context, qapp: QApplication
) -> None:
    """SEC-05; whoever sits opposite reads no word of a case, a consultation or a safe visit."""
    page, drafts = today(desk), context.services.drafts
    clear, starred = (("电话", "13800006621"),), (("电话", "138****6621"),)
    mine = LaidAside("d1", "咨询 ZX2026-A0001（已结束）", clear, starred, veiled=True)
    drafts.aside = {"d1": mine, "d2": LaidAside("d2", "来访", clear, starred, may_go=False)}
    page.load()
    left = page.left
    assert [each.isVisible() for each in (left.look, left.words, left.copy, left.drop)] == [
        True,
        *[False] * 3,
    ]
    assert left.words.toPlainText() == ""
    qapp.processEvents()
    assert left.height() <= left.sizeHint().height(), "it takes no room from what is below"
    left.look.click()
    assert [each.isVisible() for each in (left.look, left.words, left.copy, left.drop)] == [
        False,
        *[True] * 3,
    ]
    assert left.words.toPlainText() == "电话：138****6621"
    left.copy.click()
    assert QApplication.clipboard().text() == "电话：13800006621"
    # Whoever comes back to the page asks anew.
    desk.show_page("visits")
    desk.show_page("today")
    assert left.words.toPlainText() == ""
    assert left.look.isVisible()
    qapp.processEvents()
    assert left.height() <= left.sizeHint().height()
    left.look.click()
    left.drop.click()
    assert left.words.toPlainText() == "电话：138****6621"
    assert not left.drop.isVisible()
    assert not left.look.isVisible()


def test_of_two_questions_what_is_left_the_newer_is_answered(fake_clock: FakeClock, qtbot: QtBot) -> None:
    """An answer from before 不用留了 would show the words again."""
    context = station.context(tasks=SlowTasks)
    desk = open_window(context, qtbot)
    tasks, drafts = context.tasks, context.services.drafts
    assert isinstance(tasks, SlowTasks)
    tasks.hold("read")
    today(desk).left.load()
    drafts.asked = 0
    today(desk).left.load()
    tasks.let_go()
    assert drafts.asked == 1
    desk.close()
