"""A county's own fields on a consultation: the one sheet keeps the words of each record apart."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.rules.profile import Profile, Row, overlay
from desk.services.consultation.forms import OpponentForm
from desk.services.drafts import Draft, Drafts
from desk.services.profiles import Profiles
from tests.fakes import SlowTasks
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, asked, open_page
from tests.unit.services.consultation.advice_stage import AdviceStage

stage = table.stage
PLACE = ("f40", "grid")
ROWS = (Row("form.f40.grid", ("所在网格",), "list", date(2026, 1, 1), "本地设定"),)


@pytest.fixture
def desk(stage: AdviceStage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    plain = Profiles.current
    monkeypatch.setattr(Profiles, "current", lambda self: overlay(plain(self), Profile("县", "1", ROWS)))
    return open_page(stage, qtbot, tasks=SlowTasks)


def tasks(desk: Desk) -> SlowTasks:
    found = desk.page.context.tasks
    assert isinstance(found, SlowTasks)
    return found


def two(desk: Desk) -> tuple[str, str]:
    """Register two; the second is in view."""
    other = desk.stage.desk.consultations.register(
        desk.stage.form(name="钱某某", opponents=(OpponentForm("某某物业"),))
    ).value
    asked(desk)
    desk.sheet.verbs.register()
    return other.id, desk.sheet.consultation_id


def standing(desk: Desk, consultation_id: str) -> str:
    (found,) = desk.page.context.services.local_values.of("consultation", consultation_id)
    return found.value


def elsewhere(desk: Desk, consultation_id: str, words: str) -> None:
    desk.page.context.services.local_values.save("consultation", consultation_id, {PLACE: words})


def drafts(desk: Desk) -> tuple[Draft, ...]:
    return Drafts(desk.stage.store, desk.stage.session).load_all("consultation")


def test_the_half_words_of_one_are_not_written_into_the_one_left(desk: Desk, qtbot: QtBot) -> None:
    other, mine = two(desk)
    local = desk.sheet.view.local
    desk.page.show_record(other)
    desk.page.show_record(mine)
    drafted = Draft("d1", "consultation", other, (("local", '{"f40.grid": ["3", ""]}'),), "", None)
    desk.sheet.start(
        desk.stage.desk.consultations.form(other), desk.stage.desk.consultations.get(other), draft=drafted
    )
    assert local.field(*PLACE).value() == "3"
    local.save()
    assert [standing(desk, each) for each in (mine, other)] == ["", "3"]


@pytest.mark.parametrize("told", [False, True], ids=["told when it was left", "told before"])
def test_words_that_clash_are_still_in_the_draft_of_the_one_left(
    desk: Desk, qtbot: QtBot, *, told: bool
) -> None:
    other, mine = two(desk)
    local = desk.sheet.view.local
    qtbot.keyClicks(local.field(*PLACE), "3")
    elsewhere(desk, mine, "5")
    if told:
        local.save()
        desk.sheet.verbs.save()
        assert "5" in local.field(*PLACE).accessibleDescription()
    tasks(desk).hold("write")
    desk.page.show_record(other)
    tasks(desk).let_go()
    assert (desk.sheet.consultation_id, local.field(*PLACE).value()) == (other, "")
    assert [each.record_id for each in drafts(desk)] == [mine]
    desk.page.show_record(mine)
    assert local.field(*PLACE).value() == "3"
    local.field(*PLACE).editingFinished.emit()
    assert "刚才在别处改成了“5”" in local.field(*PLACE).accessibleDescription()
    qtbot.keyClick(local.field(*PLACE), Qt.Key.Key_Return)
    assert standing(desk, mine) == "3"
    desk.sheet.leave()
    assert drafts(desk) == ()


def test_what_was_saved_needs_no_draft(desk: Desk, qtbot: QtBot) -> None:
    other, mine = two(desk)
    qtbot.keyClicks(desk.sheet.view.local.field(*PLACE), "3")
    tasks(desk).hold("write")
    desk.page.show_record(other)
    tasks(desk).let_go()
    assert standing(desk, mine) == "3"
    assert drafts(desk) == ()
