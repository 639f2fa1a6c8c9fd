"""An answer of one case that comes when another is in view: what is in view stays there."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.ui.navigator import NEW
from desk.ui.window import MainWindow
from tests.fakes import SlowTasks
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import opened, page_of, shown_case, shown_small, tab
from tests.ui.pages.test_mediation_case import paint
from tests.unit.services.mediation.test_endings import FILED, performed, scanned

room = stage.room


@pytest.fixture
def desk(room: stage.CaseStage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = stage.open_window(stage.context_of(room, tasks=SlowTasks), qtbot)
    yield made
    made.close()


def tasks(desk: MainWindow) -> SlowTasks:
    found = desk._context.tasks
    assert isinstance(found, SlowTasks)
    return found


def test_a_case_made_void_late_closes_its_own_tab_only(desk: MainWindow, room: stage.CaseStage) -> None:
    one, other = room.registered(), room.registered(title="田埂纠纷")
    case = opened(desk, one)
    tasks(desk).hold("write")
    case.void("登记错了")
    kept = opened(desk, other)
    tasks(desk).let_go()
    assert shown_case(desk) is kept
    assert [key for key, _words in page_of(desk).cases.tabs()] == [other]


def test_a_small_case_settled_late_does_not_come_over_another(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    other = room.registered()
    desk.show_page("mediation", NEW)
    small = shown_small(desk)
    for _step in small.view.filling(room.small()):
        pass
    tasks(desk).hold("write")
    small.settle()
    kept = opened(desk, other)
    tasks(desk).let_go()
    assert shown_case(desk) is kept
    assert len(page_of(desk).cases.tabs()) == 2


def test_what_is_refused_late_takes_the_cursor_from_nobody(desk: MainWindow, room: stage.CaseStage) -> None:
    one, other = room.registered(), room.registered(title="田埂纠纷")
    case = opened(desk, one)
    people = tab(case, "people")
    people.blocks()[0].fields.fields["name"].widget.clear()
    tasks(desk).hold("write")
    case.writes.save_all()
    kept = opened(desk, other)
    remark = tab(kept, "accept").fields.fields["remark"].widget
    remark.setFocus()
    tasks(desk).let_go()
    assert remark.hasFocus()
    page_of(desk).cases.open(one)
    assert people.blocks()[0].fields.fields["name"].widget.hasFocus()


def test_while_a_small_case_becomes_a_case_no_other_one_is_in_view(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """A key or a click of that moment would go to the wrong case, and its papers be those of the other."""
    other = opened(desk, room.registered())
    desk.show_page("mediation", NEW)
    small = shown_small(desk)
    for _step in small.view.filling(room.small()):
        pass
    tasks(desk).hold("read")
    small.settle()
    assert not other.widget.isVisible()
    assert not other.widget.isAncestorOf(desk.focusWidget())
    tasks(desk).let_go()
    case = shown_case(desk)
    assert case is not other
    assert case.card is not None
    assert case.card.case_no


def test_while_a_case_is_built_the_one_before_takes_no_keys(desk: MainWindow, room: stage.CaseStage) -> None:
    one, other = room.registered(), room.registered(title="田埂纠纷")
    before = opened(desk, one)
    tasks(desk).hold("read")
    page_of(desk).cases.open(other)
    assert not before.widget.isVisible()
    assert not before.widget.isAncestorOf(desk.focusWidget())
    tasks(desk).let_go()
    assert shown_case(desk).case_id == other


def test_a_menu_of_papers_that_comes_late_opens_over_no_other_case(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    one, other = room.registered(), room.registered(title="田埂纠纷")
    kept, case = opened(desk, other), opened(desk, one)
    tasks(desk).hold("read")
    case.view.head.papers.click()
    page_of(desk).cases.open(other)
    tasks(desk).let_go()
    assert shown_case(desk) is kept
    assert not case.printer.menu.isVisible()


def test_while_the_one_page_becomes_a_case_it_takes_no_word(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """It makes way for the case: a word of that moment would stand in no record and in no draft."""
    desk.show_page("mediation", NEW)
    small = shown_small(desk)
    for _step in small.view.filling(room.small()):
        pass
    facts = small.view.fields.fields["summary"].widget
    facts.setFocus()
    before = small.view.value()
    for ask in (small.settle, small.go_the_long_way):
        tasks(desk).hold("write")
        ask()
        assert small._veil.isVisible()
        qtbot.keyClicks(desk.focusWidget(), "x")
        assert small.view.value() == before
        with pytest.MonkeyPatch.context() as patched:
            for verb in ("settle", "register"):
                patched.setattr(room.services.cases, verb, refused)
            tasks(desk).let_go()
        assert not small._veil.isVisible()
        assert within(facts, desk.focusWidget()), "refused, the cursor is where it was"
    small.settle()
    assert shown_case(desk).card is not None


def refused(*_given: object) -> None:
    raise InputProblem("现在不行。")


def within(around: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (widget is around or around.isAncestorOf(widget))


def left_over(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, name: str = "") -> str:
    """File a case while words of it are half typed at another desk of this PC; `name` is the draft's."""
    case_id = performed(room)
    other = stage.open_window(stage.context_of(room), qtbot)
    typed = opened(other, case_id)
    paint(tab(typed, "accept"), remark="收条补上")
    typed.keeper.key = typed.key = name or typed.key
    typed.keeper.save()
    typed.keeper.dirty = False
    other.close()
    scanned(room, case_id)
    room.services.endings.archive(case_id, FILED)
    desk.show_page("mediation")
    assert page_of(desk).cases.tabs() == []
    return case_id


def test_a_case_opened_again_gets_its_draft_back(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """What the bar of 今日 tells people to do: the words left over are gone on with, not written over."""
    # As a draft is named that was begun before there was a case.
    case_id = left_over(desk, room, qtbot, "d1")
    room.services.endings.reopen(case_id, "补一份收条")
    tasks(desk).hold("read")
    page_of(desk).cases.open(case_id)
    tasks(desk).let_go()
    went_on(desk, room, case_id, "d1")


def went_on(desk: MainWindow, room: stage.CaseStage, case_id: str, name: str) -> None:
    case, drafts = shown_case(desk), desk._context.services.drafts
    assert tab(case, "accept").now().remark == "收条补上"
    paint(tab(case, "accept"), title="渗水纠纷")
    case.keeper.save()
    assert [each.id for each in drafts.load_all("mediation")] == [name]
    case.writes.save_all()
    assert room.services.cases.form(case_id).remark == "收条补上"
    assert drafts.load_all("mediation") == ()


@pytest.mark.parametrize("name", ["", "d1"])
def test_a_case_opened_again_in_its_tab_gets_its_draft_back(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The tab was built while the case was filed, without the words left over."""
    case_id = left_over(desk, room, qtbot, name)
    filed = opened(desk, case_id)
    assert tab(filed, "accept").now().remark == ""
    monkeypatch.setattr(filed, "ask_text", lambda _question, then: then("补一份收条"))
    filed.steps.take("reopen")
    assert shown_case(desk) is not filed
    went_on(desk, room, case_id, name or case_id)


def test_what_is_typed_into_a_filed_case_does_not_write_over_the_words_left_over(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """Its fields take keys before 重新打开 is pressed; nothing of it is saved."""
    case_id = left_over(desk, room, qtbot)
    filed, drafts = opened(desk, case_id), desk._context.services.drafts
    paint(tab(filed, "accept"), title="渗水纠纷")
    filed.keeper.save()
    assert [each.lines for each in drafts.laid_aside()] == [(("备注", "收条补上"),), (("名称", "渗水纠纷"),)]
