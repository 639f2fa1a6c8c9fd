"""A case is built slice by slice: keys get through in between, and no word half typed is lost."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from desk.ui.window import MainWindow
from tests.fakes import FakeTasks
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import page_of, shown_case, tab
from tests.ui.pages.test_mediation_case import paint

room = stage.room


class SlicedTasks(FakeTasks):
    """Does the steps of the Qt thread when the test lets it, one at a time."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.is_held = False
        self.jobs: deque[tuple[Iterator[object], Callable[[], None]]] = deque()

    def by_turns(
        self, steps: Iterator[object], *, done: Callable[[], None] = lambda: None, owner: QObject
    ) -> None:
        """Keep them, or do them at once."""
        if self.is_held:
            self.jobs.append((steps, done))
        else:
            super().by_turns(steps, done=done, owner=owner)

    def step(self) -> bool:
        """Do one step of the first job; False if nothing is left."""
        if not self.jobs:
            return False
        steps, done = self.jobs[0]
        if next(steps, self) is self:
            self.jobs.popleft()
            done()
        return True


@pytest.fixture
def left(room: stage.CaseStage, qtbot: QtBot) -> tuple[str, str]:
    """Leave a case with words half typed in two tabs; return its id and where the cursor was."""
    case_id = room.mediating()
    desk = stage.open_window(stage.context_of(room), qtbot)
    case = stage.opened(desk, case_id)
    paint(tab(case, "accept"), remark="补一份收条")
    agreement = tab(case, "agreement")
    agreement.fields.fields["issues"].widget.setFocus()
    paint(agreement, issues="天花板和衣柜的赔偿数额。")
    case.leave()
    desk.close()
    return case_id, "issues"


@pytest.fixture
def desk(left: tuple[str, str], room: stage.CaseStage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = stage.open_window(stage.context_of(room, tasks=SlicedTasks), qtbot)
    yield made
    made.close()


def tasks(desk: MainWindow) -> SlicedTasks:
    found = desk._context.tasks
    assert isinstance(found, SlicedTasks)
    return found


def begun(desk: MainWindow) -> Any:
    """Open the page and the tab of the draft as far as the case is in view; its words are still to come."""
    desk.show_page("mediation")
    ((key, _words),) = page_of(desk).cases.tabs()
    tasks(desk).is_held = True
    page_of(desk)._show(key)
    while not any(tab.case is not None for tab in page_of(desk).cases._open.values()):
        assert tasks(desk).step()
    return shown_case(desk)


def test_the_words_come_back_when_their_tabs_are_there(
    desk: MainWindow, left: tuple[str, str], room: stage.CaseStage
) -> None:
    case_id, cursor = left
    case = begun(desk)
    steps = 0
    while case.card is None:
        assert case.view.parts == {}, "nothing of it is seen or saved before"
        assert tasks(desk).step()
        steps += 1
    assert steps > 10
    assert case.dirty
    assert case.view.current() == "agreement"
    assert case.view.part("agreement").focused() == cursor
    assert case.view.part("accept").now().remark == "补一份收条"
    while tasks(desk).step():
        pass
    case.writes.save_all()
    assert room.services.cases.form(case_id).remark == "补一份收条"
    assert room.services.cases.get(case_id).agreement.issues == "天花板和衣柜的赔偿数额。"


@pytest.mark.parametrize("after", [0, 3, 9])
def test_what_is_pressed_before_they_are_back_loses_no_word(
    desk: MainWindow, left: tuple[str, str], room: stage.CaseStage, qtbot: QtBot, after: int
) -> None:
    """Saved, finished, printed, another tab clicked, left, read once more: the draft is as it was."""
    case = begun(desk)
    for _n in range(after):
        assert tasks(desk).step()
    before = room.services.cases.get(left[0])
    for key in (Qt.Key.Key_S, Qt.Key.Key_Return):
        qtbot.keyClick(case.view, key, Qt.KeyboardModifier.ControlModifier)
    case.view.show_tab("people")
    page_of(desk).cases.leave()
    case.reader.refresh()
    assert room.services.cases.get(left[0]) == before
    while tasks(desk).step():
        pass
    assert case.view.part("agreement").now().issues == "天花板和衣柜的赔偿数额。"
    assert case.view.part("accept").now().remark == "补一份收条"
    (draft,) = desk._context.services.drafts.load_all("mediation")
    assert draft.record_id == left[0]


def test_a_case_without_a_draft_builds_nothing_ahead(desk: MainWindow, room: stage.CaseStage) -> None:
    case = stage.opened(desk, room.registered(title="田埂纠纷"))
    assert case.view._ahead == {}
    assert list(case.view.parts) == ["accept"]


def fields_of(part: Any) -> list[list[str]]:
    """Return the names of the fields of each form in a tab."""
    forms = part.forms or (part.fields,)
    return [list(each.fields) for each in forms]


@pytest.mark.parametrize(
    ("key", "after"),
    [("accept", 2), ("inquiries", 2), ("sittings", 3), ("agreement", 2), ("after", 2), ("dossier", 3)],
)
def test_a_tab_asked_for_while_it_is_half_built_is_whole(
    room: stage.CaseStage, qtbot: QtBot, key: str, after: int
) -> None:
    """Whoever goes by keys does not wait until the last of its fields is there."""
    case_id = room.mediating()
    whole = stage.open_window(stage.context_of(room), qtbot)
    names = fields_of(tab(stage.opened(whole, case_id), key))
    whole.close()
    desk = stage.open_window(stage.context_of(room, tasks=SlicedTasks), qtbot)
    desk.show_page("mediation")
    tasks(desk).is_held = True
    page_of(desk).cases.open(case_id)
    while not any(each.case is not None for each in page_of(desk).cases._open.values()):
        assert tasks(desk).step()
    case = shown_case(desk)
    tasks(desk).jobs.clear()
    case.view.show_tab(key)
    case.view._tasks.by_turns(case.view._make(key), owner=case.view)
    for _n in range(after):
        assert tasks(desk).step()
    assert key not in case.view.parts
    part: Any = case.view.part(key)
    assert fields_of(part) == names
    is_record = key in ("inquiries", "sittings")
    if is_record:
        part.begin("")
        assert part.form_card.isVisible()
        paint(part, place="示例镇调解室")
    while tasks(desk).step():
        pass
    assert case.view.part(key) is part
    place = case.view._areas[key].layout()
    assert place is not None
    assert [place.itemAt(n).widget() for n in range(place.count()) if place.itemAt(n).widget() is part]
    if is_record:
        assert part.now().place == "示例镇调解室"
        assert part.dirty
    part.dirty = False
    desk.close()


def small_begun(room: stage.CaseStage, qtbot: QtBot) -> MainWindow:
    """Ask for the one page of a small case; nothing of it is built yet."""
    desk = stage.open_window(stage.context_of(room, tasks=SlicedTasks), qtbot)
    desk.show_page("mediation")
    tasks(desk).is_held = True
    page_of(desk).cases.open("")
    return desk


def test_the_one_page_comes_into_view_when_it_is_whole(room: stage.CaseStage, qtbot: QtBot) -> None:
    desk = small_begun(room, qtbot)
    page = page_of(desk)
    steps = 0
    while page.stack.currentWidget() is page.list:
        assert tasks(desk).step()
        steps += 1
    assert steps > 10
    small = stage.shown_small(desk)
    assert small.view.focused() == "party.0"
    paint(small.view, summary="卫某家的篱笆占了过道。")
    small.view.agreed.click()
    qtbot.keyClick(small.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    while tasks(desk).step():
        pass
    assert small.view.value().case.summary == "卫某家的篱笆占了过道。"
    (draft,) = desk._context.services.drafts.load_all("mediation")
    assert "篱笆" in str(draft.fields)
    desk.close()


def test_who_goes_back_to_the_list_while_it_is_built_stays_there(room: stage.CaseStage, qtbot: QtBot) -> None:
    desk = small_begun(room, qtbot)
    page = page_of(desk)
    for _n in range(5):
        assert tasks(desk).step()
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    while tasks(desk).step():
        pass
    assert page.stack.currentWidget() is page.list
    assert [words for _key, words in page.cases.tabs()] == ["新纠纷"]
    desk.close()
