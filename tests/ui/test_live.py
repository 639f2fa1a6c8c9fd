"""Live says what changed, and nothing when nothing did."""

from pytestqt.qtbot import QtBot

from desk.ui.live import Live
from tests.fakes import MORNING


def test_it_speaks_only_when_something_changed(qtbot: QtBot) -> None:
    live = Live()
    with qtbot.assertNotEmitted(live.changed):
        live.announce(frozenset())
    with qtbot.waitSignals([live.changed, live.badged, live.draft_saved]):
        live.announce(frozenset({"visit"}))
        live.badge("visits", 2)
        live.announce_draft(MORNING)


def test_a_new_day_is_told_to_everybody(qtbot: QtBot) -> None:
    live = Live()
    with qtbot.waitSignal(live.day_began) as told:
        live.begin_day(MORNING.date())
    assert told.args == [MORNING.date()]
