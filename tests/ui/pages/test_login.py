"""Signing on: the list, initials, the wait after failures (SEC-02), the recovery code, the one-time code."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.errors import AccessProblem, StoreProblem
from desk.services.login_values import LoginState, SlotUser
from desk.ui.pages.login.page import LoginPage
from tests.fakes import FakeTasks

USERS = (
    SlotUser("u1", "周某", "工作人员"),
    SlotUser("u2", "吴某", "站长"),
    SlotUser("u3", "张某", "律师"),
    SlotUser("u4", "李某某", "工作人员"),
)

INITIALS = {"李某某": ("lmm",), "张某": ("zm",)}


@dataclass
class FakeLogin:
    """Lets in with 开站密码; the third wrong one asks for a wait."""

    tried: list[tuple[str, ...]] = field(default_factory=list)

    def sign_on(self, user_id: str, password: str) -> str:
        self.tried.append((user_id, password))
        if password == "数据坏了":
            raise StoreProblem("数据文件已损坏", way_out="请从备份恢复", field="damaged")
        if password != "开站密码":
            problem = AccessProblem("密码不对", way_out="忘记密码请站长重设")
            problem.wait_s = 65 if len(self.tried) > 2 else 0
            raise problem
        return f"opened by {user_id}"

    def recover(self, code: str, user_id: str, password: str) -> str:
        self.tried.append((code, user_id, password))
        return "recovered"

    def redeem(self, name: str, code: str, password: str) -> str:
        self.tried.append((name, code, password))
        return "redeemed"


@pytest.fixture
def page(qtbot: QtBot) -> LoginPage:
    login = FakeLogin()
    made = LoginPage(lambda: login, FakeTasks(), lambda name: INITIALS.get(name, ()))
    qtbot.addWidget(made)
    made.show_state(LoginState("sign_on", USERS, "示例镇人大代表联络站", "没有可用的钥匙串"))
    made.show()
    return made


def test_the_first_is_chosen_and_the_password_opens(page: LoginPage, qtbot: QtBot) -> None:
    sign_on = page.sign_on
    assert [each.text() for each in sign_on._group.buttons()] == ["周某", "吴某", "张某"]
    assert sign_on._group.buttons()[1].accessibleName() == "吴某 站长"
    sign_on._password.setText("开站密码")
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(sign_on._password, Qt.Key.Key_Return)
    assert told.args == ["opened by u1"]
    page.grab()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lmm", ["李某某"]), ("李", ["李某某"]), ("zm", ["张某"]), ("", ["周某", "吴某", "张某"])],
)
def test_others_are_found_by_initials(page: LoginPage, typed: str, found: list[str]) -> None:
    page.sign_on._other.setText(typed)
    page.sign_on._on_other(typed)
    shown = [each.text() for each in page.sign_on._group.buttons()]
    assert shown == found


def test_what_is_missing_is_said(page: LoginPage) -> None:
    page.sign_on.enter.click()
    assert page.sign_on.line.text() == "请输入密码"
    page.sign_on._fill(())
    page.sign_on.enter.click()
    assert page.sign_on.line.text() == "请先选姓名"


def test_after_too_many_failures_the_wait_counts_down(page: LoginPage) -> None:
    sign_on = page.sign_on
    for _attempt in range(3):
        sign_on._password.setText("错")
        sign_on.enter.click()
    assert sign_on._password.text() == ""
    assert "密码不对" in sign_on.line.text()
    assert not sign_on.enter.isEnabled()
    sign_on.hold.tick()
    assert sign_on.line.text() == "请等 1 分 04 秒再试"
    sign_on._password.setText("开站密码")
    sign_on._on_enter()
    assert len(page.sign_on._login().tried) == 3
    for _second in range(64):
        sign_on.hold.tick()
    assert sign_on.enter.isEnabled()
    assert sign_on.line.text() == "可以再试了"


def test_the_recovery_code_sets_a_new_password(page: LoginPage, qtbot: QtBot) -> None:
    page.sign_on.recovery_wanted.emit()
    recover = page.way()
    assert recover.isVisible()
    recover.enter.click()
    assert recover.line.text() == "请输入恢复码"
    recover._code.setText("ＡＢＣＤ-EFGH")
    recover._user.set_value("u2")
    recover._first.setText("新的密码八个字")
    recover.enter.click()
    assert recover.line.text() == "两次输入的密码不一样"
    recover._again.setText("新的密码八个字")
    with qtbot.waitSignal(page.opened):
        recover.enter.click()
    assert recover._login().tried == [("ABCD-EFGH", "u2", "新的密码八个字")]


def test_somebody_invited_signs_on_the_first_time(page: LoginPage, qtbot: QtBot) -> None:
    page.sign_on.code_wanted.emit()
    invited = page.way()
    invited.enter.click()
    assert invited.line.text() == "请填写姓名和一次性登录码"
    invited._name.setText("赵某")
    invited._code.setText("ABCD-EFGH")
    invited._first.setText("a")
    invited.enter.click()
    assert invited.line.text() == "两次输入的密码不一样"
    invited._again.setText("a")
    with qtbot.waitSignal(page.opened):
        invited.enter.click()


def test_going_back_forgets_what_was_typed(page: LoginPage) -> None:
    page.sign_on._password.setText("开站密码")
    page.sign_on.code_wanted.emit()
    page.way().back.emit()
    assert page.sign_on.isVisible()
    assert page.sign_on._password.text() == ""


def test_a_store_that_does_not_open_is_told_on(page: LoginPage, qtbot: QtBot) -> None:
    page.sign_on._password.setText("数据坏了")
    with qtbot.waitSignal(page.broken):
        page.sign_on.enter.click()
    assert "数据文件已损坏" in page.sign_on.line.text()
    page.sign_on._password.setText("错的密码")
    with qtbot.assertNotEmitted(page.broken):
        page.sign_on.enter.click()
