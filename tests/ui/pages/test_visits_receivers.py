"""接待代表 in the form: who is on duty may be ticked, and whoever comes is brought on duty from there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.duty import Duties
from desk.services.outcome import Done
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.page import BACKFILL
from desk.ui.window import MainWindow
from tests import factories
from tests.fakes import FakeClock, RecordingNotices
from tests.ui.pages.hands import cases, fill, new, open_window
from tests.ui.pages.test_visits_real import context_of
from tests.unit.services.visit_stage import Stage, build

# The offscreen platform says so of every menu that opens: it has no other windows and no other keyboard.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    """Two deputies on duty, 孙某某 in office and not on duty, 吴某某 departed."""
    made = build(store)
    with store.write_confirmed() as rows:
        rows.add(factories.deputy(record_id="d3", name="孙某某", phone=""))
        rows.add(factories.deputy(record_id="d4", name="吴某某", phone="", state="departed"))
        rows.add(factories.mandate(deputy_id="d3", level=5))
    return made


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage), qtbot)
    yield made
    made.close()


def ticks(case: Case) -> dict[str, bool]:
    """Open the list, read its ticks, close it."""
    menu = opened(case)
    shown = {action.text(): action.isChecked() for action in menu.actions() if action.isCheckable()}
    menu.close()
    return shown


def opened(case: Case) -> QMenu:
    field = case.view.who.received_by
    field.open_list()
    return field._menu


def others(menu: QMenu) -> list[QAction]:
    (below,) = (action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(below, QMenu)
    return below.actions()


def test_only_who_is_on_duty_may_be_ticked(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    assert ticks(case) == {"李某某（市、县）": True, "赵某某": True}
    menu = opened(case)
    assert [action.text() for action in others(menu)] == ["孙某某（镇）"]
    menu.close()


def test_one_key_brings_a_deputy_on_duty_and_ticks(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, name="郑某某", subject="路灯不亮")
    menu = opened(case)
    qtbot.keyClick(menu, Qt.Key.Key_S)
    below = case.view.who.received_by._others
    assert below.isVisible()
    qtbot.keyClick(below, Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier)
    qtbot.keyClick(below, Qt.Key.Key_Return)
    assert "d3" in case.view.values().receiver_ids
    assert "孙某某（镇）" in ticks(case)
    case.view.head.open.click()
    assert case.verbs.visit is not None
    assert "孙某某（镇）" in stage.visits.get(case.verbs.visit.id).receivers_text


def test_a_letter_goes_to_the_next_name(desk: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    with stage.store.write_confirmed() as rows:
        for name in ("陈某某", "蔡某某", "何某某"):
            rows.add(factories.deputy(name=name, phone=""))
    case = new(desk, qtbot)
    menu = opened(case)
    qtbot.keyClick(menu, Qt.Key.Key_S)
    below = case.view.who.received_by._others
    seen = []
    for key in (Qt.Key.Key_C, Qt.Key.Key_C, Qt.Key.Key_C, Qt.Key.Key_H):
        qtbot.keyClick(below, key)
        active = below.activeAction()
        assert active is not None
        seen.append(active.text())
    first, second = seen[:2]
    assert {first, second} == {"陈某某", "蔡某某"}
    assert seen == [first, second, first, "何某某"]
    menu.close()


def test_who_went_off_duty_stays_ticked_until_taken_away(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = new(desk, qtbot)
    fill(case, name="郑某某", subject="路灯不亮")
    case.view.head.open.click()
    duty = desk._context.services.duty
    for each in duty.current():
        desk._context.live.announce(duty.end(each.duty_id).changed)
    assert ticks(case) == {"李某某（市、县）": True, "赵某某": True}
    menu = opened(case)
    assert [action.text() for action in others(menu)] == ["李某某（市、县）", "孙某某（镇）", "赵某某"]
    menu.actions()[0].toggle()
    menu.close()
    assert "李某某（市、县）" not in ticks(case)


def test_nobody_on_duty_is_said(desk: MainWindow, qtbot: QtBot) -> None:
    duty = desk._context.services.duty
    for each in duty.current():
        duty.end(each.duty_id)
    case = new(desk, qtbot)
    menu = opened(case)
    first = menu.actions()[0]
    assert (first.text(), first.isEnabled()) == ("还没有代表上岗", False)
    assert menu.activeAction() is menu.actions()[-1]
    menu.close()


def test_a_visit_of_another_day_names_whom_it_was(desk: MainWindow, qtbot: QtBot) -> None:
    desk.show_page("visits", BACKFILL)
    qtbot.waitUntil(lambda: bool(cases(desk)))
    (case,) = cases(desk)
    assert set(ticks(case)) == {"李某某（市、县）", "赵某某", "孙某某（镇）"}
    assert all(action.menu() is None for action in opened(case).actions())
    case.view.who.received_by._menu.close()


def test_who_may_not_vouch_is_told_the_way(stage: Stage, qtbot: QtBot) -> None:
    context = context_of(stage.as_user("u7", "李某某", "deputy"))
    desk = open_window(context, qtbot)
    case = new(desk, qtbot)
    menu = opened(case)
    others(menu)[0].trigger()
    menu.close()
    notices = context.notices
    assert isinstance(notices, RecordingNotices)
    assert notices.said[-1] == ("fail", "您的角色不能替代表办理上岗")
    assert "d3" not in case.view.values().receiver_ids
    desk.close()


def test_the_service_stays_the_judge(stage: Stage) -> None:
    """A tick is a convenience; who was not on duty is refused below as well."""
    duty = Duties(stage.store, stage.session, None)  # type: ignore[arg-type]  # no PIN is asked for
    assert isinstance(duty.start("d3", vouched=True), Done)
    assert stage.visits.open(stage.form(receiver_ids=("d3",))).value.receivers_text == "孙某某（镇）"
