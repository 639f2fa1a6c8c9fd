"""设置 › 县级平台: enrolling this PC, a round now, and what the county refused."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.errors import HubProblem, InputProblem
from desk.services.outcome import Done
from desk.services.sync.enrolment import HubKnown
from desk.services.sync.report import RoundReport
from desk.services.sync.rounds import Refused, RoundDone, SyncState
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
        self.sent: list[str] = []
        self.rounds = 0

    def state(self) -> SyncState:
        return self.now

    def refused(self, limit: int) -> tuple[Refused, ...]:
        return self.held

    def run(self) -> Done[RoundDone]:
        self.rounds += 1
        return Done(RoundDone(RoundReport(sent={"applied": 3}, pulled=4), self.now, 60))

    def send_again(self, op_id: str) -> Done[SyncState]:
        self.sent.append(op_id)
        self.held = ()
        return Done(self.now)


class Enrolment:
    """The other service as the section sees it."""

    def __init__(self) -> None:
        self.known = HubKnown("", "", "", "d1")
        self.asked: list[tuple[str, str, str]] = []
        self.renewed = 0

    def state(self) -> HubKnown:
        return self.known

    def enrol(self, where: str, code: str, pin: str) -> Done[HubKnown]:
        if "clear" in where:
            raise InputProblem("要以 https:// 开头", field="address")
        if "used" in code:
            raise HubProblem("已经用过了", field="code_used")
        if "joins" in code:
            raise HubProblem("那个站已有电脑在用", field="joinable")
        self.asked.append((where, code, pin))
        role = "county" if "COUNTY" in code else "station"
        self.known = HubKnown("https://hub.example", "示例县", "示例站", "d1", role)
        return Done(self.known, frozenset({"setting"}))

    def leave(self) -> Done[HubKnown]:
        self.known = HubKnown("", "", "", "d1")
        return Done(self.known, frozenset({"setting"}))

    def renew_key(self) -> Done[None]:
        self.renewed += 1
        if self.renewed > 1:
            raise HubProblem("连不上县级平台", field="no_line")
        return Done(None, frozenset({"setting"}))


@pytest.fixture
def enrolment() -> Enrolment:
    return Enrolment()


@pytest.fixture
def shown(qtbot: QtBot, enrolment: Enrolment) -> tuple[HubSection, Sync]:
    sync = Sync()
    context = replace(
        stage.context(RecordingNotices()), services=SimpleNamespace(sync=sync, enrolment=enrolment)
    )
    section = HubSection(context)
    qtbot.addWidget(section)
    section.show()
    section.load()
    return section, sync


def press(section: HubSection, text: str) -> None:
    (button,) = (each for each in section.findChildren(QPushButton) if each.text() == text)
    button.click()


def test_it_shows_how_it_stands_and_what_the_county_calls_this_pc(shown: Any) -> None:
    section, _sync = shown
    assert section._state.text() == "3 条待同步"
    assert "d1" in section._ids.text()
    assert section._known.isHidden()
    assert section._leave.isHidden()
    assert "县里已原样保管" in section._refused.text()
    assert not nameless(section)


def test_what_is_typed_enrols_and_the_code_leaves_the_screen(shown: Any, enrolment: Enrolment) -> None:
    section, sync = shown
    section._address.setText("https://hub.example")
    section._code.setText("7K2M")
    section._pin.setText("AAAA")
    press(section, "登记本机")
    assert enrolment.asked == [("https://hub.example", "7K2M", "AAAA")]
    assert (section._code.text(), section._pin.text()) == ("", "")
    assert section._known.text() == "本机已登记：示例县 · 示例站"
    assert section._enrol.text() == "重新登记"
    assert sync.rounds == 1


def test_a_code_of_the_county_says_what_the_pc_is_now(shown: Any) -> None:
    section, sync = shown
    section._address.setText("https://hub.example")
    section._code.setText("COUNTY")
    press(section, "登记本机")
    assert section._known.text() == "本机已登记为县里的电脑：示例县 · 示例站"
    notices = section.context.notices
    assert isinstance(notices, RecordingNotices)
    assert any("再登录一次" in text for _kind, text in notices.said)
    assert sync.rounds == 1


def test_a_scanner_ends_with_enter_and_meets_no_input_method(shown: Any, enrolment: Enrolment) -> None:
    section, _sync = shown
    assert not section._code.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClicks(section._code, "JDT1 https://hub.example 7K2M")
    QTest.keyClick(section._code, Qt.Key.Key_Return)
    assert enrolment.asked == [("", "JDT1 https://hub.example 7K2M", "")]
    assert section._address.text() == "https://hub.example"


def test_a_refusal_is_said_at_its_field(shown: Any, enrolment: Enrolment) -> None:
    section, _sync = shown
    section._address.setText("http://clear.example")
    press(section, "登记本机")
    assert "https://" in section.rows["address"]._line.text()
    section._address.setText("")
    section._code.setText("used")
    press(section, "登记本机")
    assert "用过" in section.rows["code"]._line.text()
    assert enrolment.asked == []


def test_leaving_is_asked_about_and_said(shown: Any, enrolment: Enrolment) -> None:
    section, _sync = shown
    section._code.setText("7K2M")
    press(section, "登记本机")
    press(section, "断开县级平台")
    assert enrolment.known.address == ""
    assert section._known.isHidden()


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


@pytest.mark.parametrize("yes", [True, False])
def test_a_desk_that_was_only_set_up_may_join_with_what_was_typed(shown: Any, yes: bool) -> None:
    section, _sync = shown
    notices = section.context.notices
    notices.yes = yes
    wanted: list[dict[str, str]] = []
    section.context.navigator.join_wanted.connect(wanted.append)
    section._address.setText("https://hub.example")
    section._code.setText("joins")
    press(section, "登记本机")
    assert "要并入那个站吗" in notices.said[-1][1]
    typed = {"code": "joins", "address": "https://hub.example", "pin": ""}
    assert wanted == ([typed] if yes else [])
    assert section._code.text() == "joins"


def test_a_new_key_is_asked_about_first_and_told(shown: Any, enrolment: Enrolment) -> None:
    section, _sync = shown
    assert section._renew.isHidden()
    enrolment.known = HubKnown("https://hub.example", "示例县", "示例站", "d1", "station")
    section.load()
    notices = section.context.notices
    assert isinstance(notices, RecordingNotices)
    press(section, "更换本机密钥")
    assert enrolment.renewed == 1
    assert notices.said[-1] == ("info", "密钥已更换")
    press(section, "更换本机密钥")
    assert [each.sentence for each in notices.problems] == ["连不上县级平台"]
