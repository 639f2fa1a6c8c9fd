"""设置 › 县级平台: address and token, a round now, and what the county refused."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.services.outcome import Done
from desk.services.sync.report import RoundReport
from desk.services.sync.rounds import HubIds, Refused, RoundDone, SyncState
from desk.ui.pages.settings.hub import HubSection
from tests.fakes import RecordingNotices
from tests.ui import stage
from tests.ui.test_accessible import nameless

STATE = SyncState("waiting", None, 3, address="https://hub.example")
REFUSED = Refused("o1", "visit", "v1", "quarantined", "县里已原样保管", None)


class Sync:
    """The service as the section sees it."""

    def __init__(self) -> None:
        self.now, self.held = STATE, (REFUSED,)
        self.kept: list[tuple[str, str]] = []
        self.sent: list[str] = []
        self.rounds = 0

    def state(self) -> SyncState:
        return self.now

    def ids(self) -> HubIds:
        return HubIds("S:1", "d1")

    def refused(self, limit: int) -> tuple[Refused, ...]:
        return self.held

    def set_hub(self, where: str, token: str) -> Done[SyncState]:
        if "clear" in where:
            raise InputProblem("要以 https:// 开头", field="address")
        self.kept.append((where, token))
        return Done(replace(STATE, address=where), frozenset({"setting"}))

    def run(self) -> Done[RoundDone]:
        self.rounds += 1
        return Done(RoundDone(RoundReport(sent={"applied": 3}, pulled=4), self.now, 60))

    def send_again(self, op_id: str) -> Done[SyncState]:
        self.sent.append(op_id)
        self.held = ()
        return Done(self.now)


@pytest.fixture
def shown(qtbot: QtBot) -> tuple[HubSection, Sync]:
    sync = Sync()
    context = replace(stage.context(RecordingNotices()), services=SimpleNamespace(sync=sync))
    section = HubSection(context)
    qtbot.addWidget(section)
    section.show()
    section.load()
    return section, sync


def press(section: HubSection, text: str) -> None:
    (button,) = (each for each in section.findChildren(QPushButton) if each.text() == text)
    button.click()


def test_it_shows_how_it_stands_and_what_the_county_asks_for(shown: Any) -> None:
    section, _sync = shown
    assert section._state.text() == "3 条待同步"
    assert "S:1" in section._ids.text()
    assert "d1" in section._ids.text()
    assert section._address.text() == "https://hub.example"
    assert "县里已原样保管" in section._refused.text()
    assert not nameless(section)


def test_address_and_token_are_kept_and_the_token_leaves_the_screen(shown: Any) -> None:
    section, sync = shown
    section._address.setText("https://other.example")
    section._token.setText("geheim")
    press(section, "保存")
    assert sync.kept == [("https://other.example", "geheim")]
    assert section._token.text() == ""


def test_a_refused_address_is_said_at_its_field(shown: Any) -> None:
    section, sync = shown
    section._address.setText("http://clear.example")
    press(section, "保存")
    assert sync.kept == []
    assert "https://" in section.rows["address"]._line.text()


def test_a_round_on_demand_tells_what_it_did(shown: Any) -> None:
    section, sync = shown
    press(section, "立即同步")
    assert sync.rounds == 1
    assert section._did.text() == "送出 3 条，收到 4 条，待同步 3 条"


def test_what_was_refused_is_sent_again(shown: Any) -> None:
    section, sync = shown
    press(section, "没有接受的再送一次")
    assert sync.sent == ["o1"]
    assert sync.rounds == 1
    assert section._again.isHidden()
