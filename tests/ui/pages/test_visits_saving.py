"""Saving a visit: a refusal is said once, at its field; what is typed meanwhile is not lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.window import MainWindow
from tests.fakes import FakeClock, RecordingNotices
from tests.ui.pages.hands import cases, field, fill, new, open_window
from tests.ui.pages.test_visits_real import context_of, said
from tests.unit.services.visit_stage import Stage, build


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    return build(store)


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(context_of(stage), qtbot)
    yield made
    made.close()


def test_what_a_service_refuses_stands_at_its_field_and_nowhere_else(desk: MainWindow, qtbot: QtBot) -> None:
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="小区积水")
    case.verbs.open()
    fill(case, headcount=12345)
    case.verbs.save()
    assert field(case, "headcount").accessibleDescription()
    assert said(desk) == []
    case.view.hide()
    case.verbs.save()
    assert len(said(desk)) == 1


def test_what_is_typed_while_a_save_is_under_way_stays(
    desk: MainWindow, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = new(desk, qtbot)
    fill(case, name="陈某某", subject="小区积水")
    case.verbs.open()
    fill(case, statement="先说这一句")
    real = stage.visits.save

    def slow(*args: Any) -> Any:
        done = real(*args)
        fill(case, statement="先说这一句，又说一句")
        return done

    with monkeypatch.context() as patched:
        patched.setattr(stage.visits, "save", slow)
        case.verbs.save()
    assert case.keeper.dirty
    assert "又说一句" in str(desk._context.services.drafts.load_all()[0].fields)
    case.verbs.save()
    assert not case.keeper.dirty
    visit = case.verbs.visit
    assert visit is not None
    assert stage.visits.form(visit.id).statement == "先说这一句，又说一句"


def test_lz11_who_marks_a_visit_they_may_not_read_then_is_told_it_is_saved(
    stage: Stage, qtbot: QtBot
) -> None:
    """Neither registrar nor receiver: the words are in the record, and no draft keeps them here."""
    visit_id = stage.visits.open(stage.form()).value.id
    desk = open_window(context_of(stage.as_user("another", "吴某某", "clerk")), qtbot)
    desk.show_page("visits", visit_id)
    qtbot.waitUntil(lambda: [case.visit_id for case in cases(desk)] == [visit_id])
    (case,) = cases(desk)
    fill(case, safety="domestic_violence", statement="家里的事。")
    case.keeper.save()
    case.verbs.save()
    assert stage.visits.form(visit_id).statement == "家里的事。"
    assert said(desk) == []
    assert cases(desk) == []
    assert desk._context.services.drafts.load_all() == ()
    notices = desk._context.notices
    assert isinstance(notices, RecordingNotices)
    assert any("已存入" in text for _kind, text in notices.said)
    desk.close()
