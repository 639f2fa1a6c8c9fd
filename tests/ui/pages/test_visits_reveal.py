"""A number in clear is that of whoever stands in the form, and never of whoever stood there before."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.people import People
from desk.ui.pages.visits.case import Case
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, SlowTasks
from tests.ui.pages.hands import commit, field, fill, new, open_window
from tests.ui.pages.test_visits_real import context_of
from tests.unit.services.visit_stage import Stage, build

OURS, STARRED = "13800006621", "138****6621"
OTHERS = "13912345678"


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage, SlowTasks), qtbot)
    yield made
    made.close()


def corrected(desk: MainWindow, stage: Stage, qtbot: QtBot) -> Case:
    """Receive somebody, then correct the name to that of a known person whose number stands starred now."""
    stage.finished(name="陈某某")
    case = new(desk, qtbot)
    fill(case, name="钱某某", subject="路灯", phone=OTHERS)
    case.verbs.open()
    case.verbs.save()
    commit(field(case, "name"), "")
    fill(case, name="陈某某")
    case._lookups._on_chosen(People(stage.store, stage.session).match("陈某某")[0])
    assert case.view.values().phone == STARRED
    return case


def tasks(desk: MainWindow) -> SlowTasks:
    made = desk._context.tasks
    assert isinstance(made, SlowTasks)
    return made


def shown(case: Case) -> str:
    return case.view.who._phone.line.text()


def test_nothing_is_looked_at_where_the_save_before_it_is_refused(
    desk: MainWindow, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = corrected(desk, stage, qtbot)
    looked: list[object] = []
    monkeypatch.setattr(stage.visits, "reveal", lambda *given: looked.append(given))
    fill(case, subject="")
    case.view.who._phone.button.click()
    assert case.keeper.dirty
    assert looked == []
    assert shown(case) == STARRED


def test_a_number_asked_for_while_something_is_written_is_the_new_persons(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = corrected(desk, stage, qtbot)
    tasks(desk).hold("write")
    case.verbs.tick("comfort")
    case.view.who._phone.button.click()
    tasks(desk).let_go()
    assert shown(case) == OURS
    assert stage.visits.form(case.visit_id).name == "陈某某"
    assert stage.visits.reveal(case.visit_id, "phone", "核对") == OURS


def test_an_answer_that_comes_when_anothers_stars_stand_there_is_not_shown(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = corrected(desk, stage, qtbot)
    case.verbs.revealed.emit("phone", OTHERS)
    assert shown(case) == STARRED
    case.verbs.save()
    assert stage.visits.reveal(case.visit_id, "phone", "核对") == OURS


def test_a_number_in_clear_is_never_in_a_draft_and_never_sent(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = corrected(desk, stage, qtbot)
    case.view.who._phone.button.click()
    assert shown(case) == OURS
    assert not case.keeper.dirty
    fill(case, statement="路灯不亮。")
    case.keeper.save()
    (draft,) = desk._context.services.drafts.load_all()
    assert OURS not in str(draft.fields)
    assert shown(case) == OURS
    assert case.verbs.began.typed(case.view.values()).phone == STARRED
    case.verbs.save()
    assert stage.visits.reveal(case.visit_id, "phone", "核对") == OURS


def test_an_answer_that_comes_under_the_lock_is_not_shown(
    desk: MainWindow, stage: Stage, qtbot: QtBot
) -> None:
    case = corrected(desk, stage, qtbot)
    case.verbs.save()
    tasks(desk).hold("write")
    case.view.who._phone.button.click()
    desk.covers.lock()
    tasks(desk).let_go()
    desk.covers.uncover()
    assert shown(case) == STARRED
    assert case.view.who._phone.button.isVisible()
