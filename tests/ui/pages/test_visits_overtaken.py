"""A visit that is changed elsewhere while it is open here: shown anew, kept, or asked about."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.pages.visits.case import Case
from desk.ui.parts.fields import LongField
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages.hands import cases, fill, full, new, open_window
from tests.ui.pages.test_visits_real import context_of, finish, said
from tests.unit.services.visit_stage import Stage, build


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage), qtbot)
    yield made
    made.close()


def begun(desk: MainWindow, qtbot: QtBot) -> Case:
    """Receive somebody; nothing is half typed."""
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="小区积水", phone="13900000172")
    case.verbs.open()
    case.verbs.save()
    assert not case.keeper.dirty
    return case


def elsewhere(desk: MainWindow, stage: Stage, visit_id: str, **changes: Any) -> None:
    """Let the other desk change the visit, and a round bring it here."""
    base = stage.visits.form(visit_id)
    stage.visits.save(visit_id, replace(base, **changes), base)
    desk._context.live.announce(frozenset({"visit", "matter"}))


def read(case: Case, name: str) -> Any:
    return case.view.binder.fields[name].read()


def test_a_clean_visit_shows_what_was_changed_elsewhere(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = begun(desk, qtbot)
    elsewhere(desk, stage, case.visit_id, statement="另一台电脑补记。", address="示例路 9 号")
    assert (read(case, "statement"), read(case, "address")) == ("另一台电脑补记。", "示例路 9 号")
    assert not case.keeper.dirty
    assert case.view.overtaken.words() == ""


def test_what_is_typed_stays_and_both_are_saved_together(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = begun(desk, qtbot)
    fill(case, statement="这边补记。", companions=("李某某",))
    elsewhere(desk, stage, case.visit_id, address="示例路 9 号", companions=("赵某某",), phone="13900000188")
    assert read(case, "statement") == "这边补记。"
    assert "刚才在别处改过" in case.view.overtaken.words()
    case.verbs.save()
    form = stage.visits.form(case.visit_id)
    assert (form.statement, form.address) == ("这边补记。", "示例路 9 号")
    assert sorted(form.companions) == ["李某某", "赵某某"]
    assert stage.visits.reveal(case.visit_id, "phone", "核对") == "13900000188"


def test_after_a_save_the_other_desks_words_are_shown_and_kept(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = begun(desk, qtbot)
    fill(case, address="示例路 10 号")
    elsewhere(desk, stage, case.visit_id, statement="另一台电脑补记。")
    case.verbs.save()
    assert read(case, "statement") == "另一台电脑补记。"
    assert read(case, "phone") == "13900000172"  # what was typed here stays as it was typed
    assert not case.keeper.dirty
    fill(case, statement="另一台电脑补记。这边也记。")
    case.verbs.save()
    assert stage.visits.form(case.visit_id).statement == "另一台电脑补记。这边也记。"


def test_who_writes_there_stays_where_they_are(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = begun(desk, qtbot)
    fill(case, statement="积水很深，路过的人都绕着走。")
    case.verbs.save()
    case.view.go_to("statement")
    field = case.view.binder.fields["statement"].widget
    assert isinstance(field, LongField)
    cursor = field.textCursor()
    cursor.setPosition(4)
    field.setTextCursor(cursor)
    elsewhere(desk, stage, case.visit_id, statement="积水很深，路过的人都绕行。")
    assert field.value() == "积水很深，路过的人都绕行。"
    assert field.textCursor().position() == 4


def test_what_is_being_composed_is_not_painted_over(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = begun(desk, qtbot)
    field = case.view.binder.fields["statement"].widget
    QApplication.sendEvent(field, QInputMethodEvent("ji", []))
    elsewhere(desk, stage, case.visit_id, statement="另一台电脑补记。")
    assert field.value() == ""
    event = QInputMethodEvent()
    event.setCommitString("积水")
    QApplication.sendEvent(field, event)
    assert field.value() == "积水"
    case.verbs.save()
    assert ("statement",) in case.view.overtaken.choices
    assert stage.visits.form(case.visit_id).statement == "另一台电脑补记。"


@pytest.mark.parametrize("is_dirty", [False, True])
def test_receiving_shows_or_keeps_apart_what_was_changed_elsewhere(
    desk: MainWindow, stage: Stage, qtbot: QtBot, is_dirty: bool
) -> None:
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="小区积水")
    case.verbs.open(wait=True)
    case.verbs.save()
    if is_dirty:
        fill(case, statement="这边补记。")
    base = stage.visits.form(case.visit_id)
    stage.visits.save(case.visit_id, replace(base, statement="另一台电脑补记。"), base)
    case.verbs.receive()
    assert read(case, "statement") == ("这边补记。" if is_dirty else "另一台电脑补记。")
    assert case.keeper.dirty == is_dirty
    case.verbs.save()
    assert (("statement",) in case.view.overtaken.choices) == is_dirty
    assert stage.visits.form(case.visit_id).statement == "另一台电脑补记。"


@pytest.mark.parametrize("yields", [False, True])
def test_what_both_changed_is_asked_about_at_the_end_too(
    desk: MainWindow, stage: Stage, qtbot: QtBot, yields: bool
) -> None:
    case = begun(desk, qtbot)
    on_duty = (stage.deputy_id,)
    fill(case, **full(), receiver_ids=on_duty)
    fill(case, statement="雨后积水半米。")
    elsewhere(desk, stage, case.visit_id, statement="井盖丢了。")
    case.verbs.finish()
    told = " ".join(each.text() for each in case.view.overtaken.findChildren(QLabel))
    assert "反映问题：您填的是“雨后积水半米。”，现在是“井盖丢了。”" in told
    assert said(desk) == []
    assert stage.visits.get(case.visit_id).state == "received"
    case.view.overtaken.choices[("statement",)][1 if yields else 0].click()
    visit_id = case.visit_id
    finish(case, qtbot)
    assert stage.visits.get(visit_id).state == "finished"
    assert stage.visits.form(visit_id).statement == ("井盖丢了。" if yields else "雨后积水半米。")


def test_a_draft_older_than_the_record_is_laid_over_it(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = begun(desk, qtbot)
    visit_id = case.visit_id
    fill(case, statement="这边补记。")
    case.keeper.save()
    base = stage.visits.form(visit_id)
    stage.visits.save(visit_id, replace(base, address="示例路 9 号"), base)
    again = open_window(context_of(stage), qtbot)
    again.show_page("visits", visit_id)
    qtbot.waitUntil(lambda: bool(cases(again)) and bool(cases(again)[-1].visit_id))
    back = cases(again)[-1]
    assert (read(back, "statement"), read(back, "address")) == ("这边补记。", "示例路 9 号")
    assert "刚才在别处改过" in back.view.overtaken.words()
    # The form has no field for it: nobody typed it away.
    began = back.verbs.began
    assert began.typed(back.view.values()).received_at == began.base.received_at
    back.verbs.save()
    form = stage.visits.form(visit_id)
    assert (form.statement, form.address) == ("这边补记。", "示例路 9 号")
    again.close()
