"""Answers that come late: each goes to its own visit, the one in view keeps its place, and no key is lost."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.models.store import Store
from desk.services.outcome import Done
from desk.services.visit_values import Visit
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.record_view import RecordView
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, SlowTasks
from tests.ui.pages.hands import cases, field, fill, full, new, open_window, visits_page
from tests.ui.pages.test_visits_real import context_of, said
from tests.unit.services.visit_stage import Stage, build

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage, SlowTasks), qtbot)
    yield made
    for case in cases(made):
        case.rating.stop()
        case.leave(to_record=False)
    made.close()


def tasks(desk: MainWindow) -> SlowTasks:
    found = desk._context.tasks
    assert isinstance(found, SlowTasks)
    return found


def numbered(desk: MainWindow, qtbot: QtBot, name: str = "陈某某") -> Case:
    """Give a visit its number in a tab of its own."""
    case = new(desk, qtbot)
    fill(case, name=name, subject="小区积水")
    case.verbs.open()
    return case


def reading(desk: MainWindow, stage: Stage, visit_id: str) -> RecordView:
    """Show a finished visit in the list."""
    desk.show_page("visits", visit_id)
    return visits_page(desk).list.record


def finished(stage: Stage, name: str) -> Visit:
    """Finish a visit."""
    return stage.visits.get(stage.finished(name=name))


def test_a_number_that_comes_late_takes_the_cursor_from_nobody(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    """What is typed in the next tab meanwhile belongs to it; the cursor is in place when one comes back."""
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="小区积水")
    case.view.go_to("subject")
    tasks(desk).hold("write")
    case.verbs.open()
    other = new(desk, qtbot)
    other.view.go_to("name")
    tasks(desk).let_go()
    assert case.visit_id
    assert other.visit_id == ""
    assert field(other, "name").hasFocus()
    qtbot.keyClicks(field(other, "name"), "x")
    assert stage.visits.form(case.visit_id).statement == ""
    visits_page(desk).reception.open_visit(case.visit_id)
    assert field(case, "statement").hasFocus()


def test_what_is_refused_late_takes_the_cursor_from_nobody(desk: MainWindow, qtbot: QtBot) -> None:
    case = numbered(desk, qtbot)
    fill(case, headcount=12345)
    tasks(desk).hold("write")
    case.verbs.save()
    other = new(desk, qtbot)
    tasks(desk).let_go()
    assert len(said(desk)) == 1, "it is out of view, so a message says it"
    assert field(other, "name").hasFocus()
    assert field(other, "headcount").accessibleDescription() == ""


def test_a_tab_that_closes_late_leaves_the_one_in_view(desk: MainWindow, qtbot: QtBot) -> None:
    first, second = new(desk, qtbot), numbered(desk, qtbot)
    tasks(desk).hold("write")
    second.verbs.void("走了")
    third = new(desk, qtbot)
    tasks(desk).let_go()
    assert cases(desk) == [first, third]
    assert visits_page(desk).reception.tabs.current() == third.key
    assert third.view.isVisible()


def test_a_record_made_void_late_leaves_the_one_in_view(desk: MainWindow, stage: Stage) -> None:
    one, other = finished(stage, "陈某某"), finished(stage, "钱某某")
    record = reading(desk, stage, one.id)
    tasks(desk).hold("write")
    record.cancel.click()
    reading(desk, stage, other.id)
    tasks(desk).let_go()
    assert record.isVisible()
    assert record._visit is not None
    assert record._visit.id == other.id


def test_a_record_opened_again_late_brings_nobody_away(desk: MainWindow, stage: Stage) -> None:
    one, other = finished(stage, "陈某某"), finished(stage, "钱某某")
    record = reading(desk, stage, one.id)
    tasks(desk).hold("write")
    record.correct.click()
    reading(desk, stage, other.id)
    tasks(desk).let_go()
    assert stage.visits.get(one.id).state == "received"
    assert record.isVisible()


def test_a_reply_kept_late_clears_no_words_for_another_visit(desk: MainWindow, stage: Stage) -> None:
    one, other = finished(stage, "陈某某"), finished(stage, "钱某某")
    record = reading(desk, stage, one.id)
    record.after.text.set_text("已答复陈某某")
    tasks(desk).hold("write")
    record.after.reply.click()
    reading(desk, stage, other.id)
    record.after.text.set_text("正在写给钱某某")
    tasks(desk).let_go()
    assert stage.visits.get(one.id).replied
    assert record.after.text.value() == "正在写给钱某某"


def test_a_reply_that_is_being_kept_is_kept_once_and_what_is_typed_since_stays(
    desk: MainWindow, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, kept = finished(stage, "陈某某"), list[str]()
    real = stage.visits.reply

    def reply(matter_id: str, way: str, text: str) -> Done[Visit]:
        kept.append(text)
        return real(matter_id, way, text)

    monkeypatch.setattr(stage.visits, "reply", reply)
    after = reading(desk, stage, one.id).after
    after.text.set_text("已答复")
    tasks(desk).hold("write")
    for _time in range(2):
        after.reply.click()
    after.text.set_text("已答复，又问了一句")
    after.reason.setText("等得久")
    tasks(desk).let_go()
    assert kept == ["已答复"]
    assert (after.text.value(), after.reason.value()) == ("已答复，又问了一句", "等得久")
    after.reply.click()
    assert kept == ["已答复", "已答复，又问了一句"]
    assert after.text.value() == ""


def test_a_key_pressed_while_it_writes_is_done_after_it(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    """Alt+4 and Ctrl+Enter right after Ctrl+S, in their order; pressed twice it is done once."""
    case = numbered(desk, qtbot)
    fill(case, **full())
    tasks(desk).hold("write")
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    qtbot.keyClick(case.view, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    for _time in range(2):
        qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    tasks(desk).let_go()
    assert stage.visits.get(case.visit_id).state == "finished"
    lights = {light.key: light.state for light in stage.visits.get(case.visit_id).lights}
    assert lights["comfort"] == "done"
    assert said(desk) == []
    assert case.rating.window is not None


def test_keys_pressed_while_the_number_is_given_are_done_after_it(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    """A second Enter gives no second number; Ctrl+P shows the receipt, a tick is written with the visit."""
    shown: list[tuple[str, str]] = []
    desk._context.navigator.wanted.connect(lambda page, record: shown.append((page, record)))
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="小区积水")
    tasks(desk).hold("write")
    for _time in range(2):
        case.verbs.open()
    qtbot.keyClick(case.view, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(case.view, Qt.Key.Key_P, CONTROL)
    tasks(desk).let_go()
    assert [row.number for row in stage.visits.page(limit=9).rows] == [case.verbs.visit.number]  # type: ignore[union-attr]  # it has one
    lights = {light.key: light.state for light in stage.visits.get(case.visit_id).lights}
    assert lights["smile"] == "done"
    assert ("paper", f"receipt:{case.visit_id}") in shown


def test_what_is_typed_while_it_saves_is_saved_by_the_next_save(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = numbered(desk, qtbot)
    fill(case, statement="先说这一句")
    tasks(desk).hold("write")
    case.verbs.save()
    fill(case, statement="先说这一句，又说一句")
    case.verbs.save()
    tasks(desk).let_go()
    assert stage.visits.form(case.visit_id).statement == "先说这一句，又说一句"
    assert not case.keeper.dirty


def test_while_a_reception_is_being_finished_the_form_takes_no_word(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    """A word of that moment would stand in no record: the form is covered, as while the visitor is asked."""
    case = numbered(desk, qtbot)
    fill(case, **full())
    case.view.go_to("statement")
    tasks(desk).hold("write")
    case.verbs.finish()
    assert "正在完成接待" in covered_with(case)
    assert not within(field(case, "statement"), desk.focusWidget())
    qtbot.keyClicks(desk.focusWidget(), "x")
    qtbot.mouseClick(case.view.childAt(middle(case, "statement")), Qt.MouseButton.LeftButton)
    assert not within(field(case, "statement"), desk.focusWidget())
    tasks(desk).let_go()
    assert case.view.values().statement == stage.visits.form(case.visit_id).statement == full()["statement"]
    assert case.rating.window is not None
    assert "评价" in covered_with(case)


def test_what_is_typed_before_its_turn_to_finish_is_in_the_record(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = numbered(desk, qtbot)
    fill(case, **full())
    tasks(desk).hold("write")
    case.verbs.save()
    case.verbs.finish()
    assert covered_with(case) == ""
    fill(case, statement="又说一句")
    tasks(desk).let_go()
    assert stage.visits.form(case.visit_id).statement == "又说一句"
    assert case.rating.window is not None


def test_a_refused_end_gives_the_form_back_with_the_cursor_where_it_is_wrong(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = numbered(desk, qtbot)
    fill(case, **full())
    case.view.go_to("statement")
    tasks(desk).hold("write")
    case.verbs.finish()

    def refuse(*_given: object) -> None:
        raise InputProblem("人数写得不对。", field="headcount")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stage.visits, "_desk", SimpleNamespace(changing=refuse))
        tasks(desk).let_go()
    assert covered_with(case) == ""
    assert field(case, "headcount").hasFocus()
    assert stage.visits.get(case.visit_id).state == "received"
    case.verbs.finish()
    assert stage.visits.get(case.visit_id).state == "finished"


def test_once_the_visitor_has_answered_the_form_stays_covered_to_its_end(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = numbered(desk, qtbot)
    fill(case, **full())
    case.verbs.finish()
    tasks(desk).hold("write")
    assert case.rating.window is not None
    qtbot.keyClick(case.rating.window, Qt.Key.Key_1)
    assert "评价" in covered_with(case)
    tasks(desk).let_go()
    assert cases(desk) == []
    assert stage.visits.page(limit=1).rows[0].rating_label == "满意"


def test_an_end_that_is_late_takes_the_cursor_from_nobody(desk: MainWindow, qtbot: QtBot) -> None:
    case = numbered(desk, qtbot)
    fill(case, **full())
    tasks(desk).hold("read")
    case.verbs.finish()
    other = new(desk, qtbot)
    tasks(desk).let_go()
    case.rating.stop()
    assert field(other, "name").hasFocus()


def test_lz11_a_save_that_may_put_the_visit_out_of_sight_covers_it(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = numbered(desk, qtbot)
    tasks(desk).hold("write")
    fill(case, safety="domestic_violence")
    case.verbs.save()
    assert "正在存入" in covered_with(case)
    tasks(desk).let_go()
    assert covered_with(case) == ""
    tasks(desk).hold("write")
    fill(case, statement="家里的事。")
    case.verbs.save()
    assert covered_with(case) == "", "who reads it now reads it then"
    tasks(desk).let_go()


def covered_with(case: Case) -> str:
    """Return the words of the veil over a form, "" for none."""
    veil = case.rating._veil
    return veil._text.text() if veil.isVisible() else ""


def within(around: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (widget is around or around.isAncestorOf(widget))


def middle(case: Case, name: str) -> QPoint:
    """Return the middle of a field as the form sees it."""
    widget = field(case, name)
    return widget.mapTo(case.view, widget.rect().center())
