"""The wizard: five pages, checks while typing, refusals at their field, the acknowledged recovery sheet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem, StoreProblem
from desk.services.login_values import FirstStart
from desk.services.papers import Paper
from desk.ui import style
from desk.ui.pages.setup.page import SetupPage
from desk.ui.pages.setup.step import Step
from tests.fakes import FakeClock, FakeTasks, RecordingNotices

CODE = "-".join(["ABCD"] * 8)


def sheet() -> Paper:
    return Paper("recovery_sheet", "恢复单", CODE.encode(), 1)


@dataclass
class FakeLogin:
    """Makes a station, or refuses as told."""

    refusal: Exception | None = None
    made: list[FirstStart] = field(default_factory=list)

    def first_start(self, setup: FirstStart, progress: Callable[[str], None]) -> str:
        progress("正在生成恢复码")
        if self.refusal is not None:
            raise self.refusal
        self.made.append(setup)
        return "opened"


@dataclass
class Wizard:
    page: SetupPage
    login: FakeLogin
    notices: RecordingNotices

    def station(self) -> None:
        self.page.station.name.setText("示例镇人大代表联络站")
        self.page.station.phone.setText("０５７１-88880000")
        self.page.next.click()

    def person(self) -> None:
        person = self.page.person
        person.name.setText("周某")
        person.password.setText("开站密码一共八字")
        person.again.setText("开站密码一共八字")
        person.pin.setText("246810")
        self.page.next.click()


def whole(page: SetupPage) -> SetupPage:
    """Build it in one go."""
    for _step in page.build():
        pass
    return page


@pytest.fixture
def wizard(qtbot: QtBot, fake_clock: FakeClock, tmp_path: Path) -> Wizard:
    login, notices = FakeLogin(), RecordingNotices(path=tmp_path)
    page = whole(SetupPage(login, FakeTasks(notices), notices))
    qtbot.addWidget(page)
    page.show()
    return Wizard(page, login, notices)


def in_view(wizard: Wizard) -> str:
    return wizard.page._steps[wizard.page._at].title


def test_five_pages_make_a_station(wizard: Wizard, qtbot: QtBot, tmp_path: Path) -> None:
    page = wizard.page
    assert len(page._steps) == 5
    wizard.station()
    wizard.person()
    assert "示例镇人大代表联络站" in page.notice.text.value()
    page.next.click()
    page.backup._on_choose()
    assert page.backup.folder.value() == str(tmp_path)
    with qtbot.waitSignal(page.opened):
        page.next.click()
    made = wizard.login.made[0]
    assert (made.station_name, made.phone, made.level) == ("示例镇人大代表联络站", "0571-88880000", "town")
    assert (made.user_name, made.pin, made.backup_folder) == ("周某", "246810", str(tmp_path))
    shown: list[tuple[bytes, QWidget]] = []
    page.show_recovery(CODE, sheet, lambda paper, over: shown.append((paper.pdf, over)))
    assert not page.next.isEnabled()
    assert not page.previous.isVisible()
    assert page.recovery.print_button.hasFocus()
    page.recovery.print_button.click()
    assert shown == [(CODE.encode(), page.window())]
    wizard.notices.path = tmp_path / "恢复单.pdf"
    page.recovery.save_button.click()
    assert (tmp_path / "恢复单.pdf").read_text() == CODE
    page.recovery._tick.setChecked(True)
    with qtbot.waitSignal(page.finished):
        page.next.click()
    page.grab()


def test_enter_goes_on(wizard: Wizard, qtbot: QtBot) -> None:
    assert wizard.page.focusWidget() is wizard.page.station.name
    wizard.page.station.name.setText("示例镇人大代表联络站")
    wizard.page.station.phone.setText("13800000000")
    qtbot.keyClick(wizard.page.station.phone, Qt.Key.Key_Return)
    assert in_view(wizard) == "谁来开站"


@pytest.mark.parametrize(
    ("phone", "good"), [("0571-88880000转801", True), ("12345678901234", True), ("没有", False)]
)
def test_an_unusual_phone_is_the_station_s_own_affair(wizard: Wizard, phone: str, good: bool) -> None:
    wizard.page.station.phone.setText(phone)
    assert wizard.page.station.rows["phone"].problem() == ("" if good else "电话里没有数字，请核对")


def test_nobody_goes_on_with_something_missing(wizard: Wizard) -> None:
    wizard.page.next.click()
    assert in_view(wizard) == "这是哪个联络站"
    assert "请填写联络站名称" in wizard.page.station.rows["station_name"]._line.text()
    wizard.station()
    wizard.page.next.click()
    assert in_view(wizard) == "谁来开站"
    wizard.page.previous.click()
    assert in_view(wizard) == "这是哪个联络站"


def test_checks_speak_while_typing(wizard: Wizard) -> None:
    person = wizard.page.person
    person.password.setText("短")
    assert "8" in person.rows["password"]._line.text()
    person.again.setText("别的")
    assert person.rows["again"]._line.text() == "两次输入的密码不一样"
    person.password.setText("开站密码一共八字")
    assert person.rows["again"]._line.text() == ""
    person.pin.setText("123456")
    assert person.rows["pin"].field.property("wrong") is True


def test_a_refusal_goes_back_to_its_field(wizard: Wizard) -> None:
    wizard.login.refusal = InputProblem("这个密码太常见", field="password")
    wizard.station()
    wizard.person()
    wizard.page.next.click()
    wizard.page.next.click()
    assert in_view(wizard) == "谁来开站"
    assert wizard.page.person.rows["password"]._line.text() == "这个密码太常见"


def test_a_failure_without_a_field_stays_in_view(wizard: Wizard) -> None:
    wizard.login.refusal = StoreProblem("磁盘已满", way_out="请清理磁盘")
    wizard.station()
    wizard.person()
    wizard.page.next.click()
    wizard.page.next.click()
    assert in_view(wizard) == "备份放在哪里"
    assert wizard.page._line.text() == "磁盘已满\n请清理磁盘"
    assert wizard.page.next.isEnabled()


def test_the_notice_may_be_changed_but_not_emptied(wizard: Wizard) -> None:
    wizard.station()
    wizard.person()
    wizard.page.notice.text.set_text("")
    wizard.page.next.click()
    assert in_view(wizard) == "告知文本"
    wizard.page.notice.text.set_text("本站自己的告知")
    wizard.page.previous.click()
    wizard.page.next.click()
    assert wizard.page.notice.text.value() == "本站自己的告知"


def test_a_folder_that_is_not_there_is_refused(wizard: Wizard) -> None:
    wizard.page.backup.folder.setText("/nowhere/at/all")
    assert not wizard.page.backup.is_good()


def test_a_backup_may_be_brought_back_instead(wizard: Wizard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wizard.page.restore_wanted):
        wizard.page.restore.click()
    wizard.station()
    assert not wizard.page.restore.isVisible()


def test_without_a_keyring_the_page_of_the_password_says_so(qtbot: QtBot, fake_clock: FakeClock) -> None:
    notices = RecordingNotices()
    page = whole(SetupPage(FakeLogin(), FakeTasks(notices), notices, "本机没有可用的系统密钥环"))
    qtbot.addWidget(page)
    assert any("密钥环" in each.text() for each in page.person.findChildren(QLabel))


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_the_way_on_is_in_view_at_any_text_size(wizard: Wizard, qapp: QApplication, percent: int) -> None:
    style.apply(qapp, percent)
    page = wizard.page
    # What a 1366×768 screen leaves under the frame of a maximised window.
    page.setFixedSize(1366, 744)
    for at in range(5):
        page._go(at)
        page.grab()
        corner = page.next.mapTo(page, page.next.rect().bottomRight())
        assert page.rect().contains(corner), page._steps[at].title


def test_nobody_goes_on_before_the_notice_is_there(wizard: Wizard) -> None:
    late: list[Callable[[], None]] = []
    run = wizard.page.notice._tasks.run

    def wait(*args: Any, **kinds: Any) -> None:
        late.append(lambda: run(*args, **kinds))

    wizard.page.notice._tasks = SimpleNamespace(run=wait)  # type: ignore[assignment]  # a store that is slow
    wizard.station()
    wizard.person()
    assert not wizard.page.next.isEnabled()
    late[0]()
    assert wizard.page.next.isEnabled()


def test_it_is_built_page_by_page(qtbot: QtBot) -> None:
    notices = RecordingNotices()
    page = SetupPage(FakeLogin(), FakeTasks(notices), notices)
    qtbot.addWidget(page)
    seen = [len(page.findChildren(Step)) for _step in page.build()]
    assert len(seen) > 8
    assert seen[-1] == 0, "nothing of it is in the window before all is there"
    assert len(page.findChildren(Step)) == 5
