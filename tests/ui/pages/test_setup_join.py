"""加入已有的站: two forms after each other, words that stay, refusals at their field, a way back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.errors import AccessProblem, HubProblem, Problem
from desk.ui.pages.setup.join import JoinPage
from tests.fakes import FakeTasks, RecordingNotices


@dataclass
class FakeJoining:
    """Lets in, or refuses as told."""

    refusals: list[Problem] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    is_enrolled: bool = False
    left: list[str] = field(default_factory=list)

    def enrol(self, *words: object) -> SimpleNamespace:
        self._ask(*words)
        self.is_enrolled = True
        return SimpleNamespace(county="示例县", station="示例镇站")

    def enter(self, *words: object) -> str:
        self._ask(*words)
        return "opened"

    def give_up(self) -> None:
        self.left.append("given up")

    def discard(self) -> None:
        self.left.append("discarded")

    def _ask(self, *words: object) -> None:
        *typed, progress = words
        self.asked.append(tuple(str(each) for each in typed))
        assert callable(progress)
        progress("正在登记")
        if self.refusals:
            raise self.refusals.pop(0)


@dataclass
class Way:
    page: JoinPage
    joining: FakeJoining
    notices: RecordingNotices

    def type(self, **words: str) -> None:
        for name, text in words.items():
            self.page.fields[name].setText(text)

    def enrol(self) -> None:
        self.type(code="7K2M", address="hub.example")
        self.page.enrol.click()


@pytest.fixture
def way(qtbot: QtBot) -> Way:
    joining, notices = FakeJoining(), RecordingNotices()
    login = SimpleNamespace(joining=lambda *, replaces: joining)
    page = JoinPage(lambda: login, FakeTasks(notices), notices)  # type: ignore[arg-type,return-value]
    qtbot.addWidget(page)
    page.show()
    return Way(page, joining, notices)


def said(way: Way, name: str) -> str:
    return way.page.fields[name].accessibleDescription()


def test_the_two_forms_let_somebody_in(way: Way, qtbot: QtBot) -> None:
    assert way.page.fields["code"].hasFocus() or way.page.focusWidget() is way.page.fields["code"]
    way.type(code="JDT1 https://hub.example 7K2M-AAAA")
    qtbot.keyClick(way.page, Qt.Key.Key_Return)
    assert way.joining.asked == [("", "JDT1 https://hub.example 7K2M-AAAA", "")]
    assert "示例县 · 示例镇站" in way.page._joined.text()
    assert way.page.county.isHidden()
    way.type(name="钱某某", one_time="AAAA-BBBB", password="一个好密码2027", again="一个好密码2027")
    with qtbot.waitSignal(way.page.opened) as told:
        way.page.enter.click()
    assert told.args == ["opened"]
    assert way.joining.asked[-1] == ("钱某某", "AAAA-BBBB", "一个好密码2027")
    assert not way.page.veil.isVisible()


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        (HubProblem("这个登记码已经用过了", field="code_used"), "code"),
        (HubProblem("没有这个登记码", field="bad_code"), "code"),
        (HubProblem("还没有电脑登记过", field="no_first_pc"), "code"),
        (HubProblem("证书与核对码不符", field="pin"), "pin"),
        (Problem("请写地址", field="address"), "address"),
    ],
)
def test_a_refusal_stands_at_its_field_and_the_words_stay(way: Way, problem: Problem, name: str) -> None:
    way.joining.refusals = [problem]
    way.enrol()
    assert said(way, name) == problem.sentence
    assert way.page.fields["code"].text() == "7K2M"
    assert way.page.person.isHidden()
    way.page.enrol.click()
    assert said(way, name) == ""
    assert not way.page.person.isHidden()


@pytest.mark.parametrize("word", ["no_line", "certificate", "clock", "halted"])
def test_what_no_field_mends_is_said_below_with_its_way_out(way: Way, word: str) -> None:
    way.joining.refusals = [HubProblem("连不上县级平台", way_out="请检查网线。", field=word)]
    way.enrol()
    assert way.page.line.text() == "连不上县级平台\n请检查网线。"


def test_somebody_who_is_not_let_in_is_told_where(way: Way) -> None:
    way.enrol()
    way.page.enter.click()
    assert said(way, "name") == "请填写姓名"
    way.type(name="钱某某", one_time="AAAA", password="一二三四五六七八", again="一二三四五六七")
    way.page.enter.click()
    assert said(way, "again") == "两次输入的密码不一样"
    assert len(way.joining.asked) == 1
    way.joining.refusals = [AccessProblem("登录码不对", field="one_time")]
    way.type(again="一二三四五六七八")
    way.page.enter.click()
    assert said(way, "one_time") == "登录码不对"
    assert way.page.fields["password"].text() == "一二三四五六七八"


def test_calling_it_off_ends_what_is_under_way_and_says_how_to_go_on(way: Way) -> None:
    way.enrol()
    way.page.veil.cover("正在取回…", can_cancel=True)
    way.page.veil.cancelled.emit()
    assert way.joining.left == ["given up"]
    way.joining.refusals = [HubProblem("同步已停下", field="given_up")]
    way.type(name="钱某某", one_time="A", password="b", again="b")
    way.page.enter.click()
    assert "再点一次就接着来" in way.page.line.text()


def test_going_back_asks_once_the_code_is_used(way: Way, qtbot: QtBot) -> None:
    with qtbot.waitSignal(way.page.back):
        way.page._back.click()
    assert way.joining.left == []
    way.enrol()
    way.notices.yes = False
    with qtbot.assertNotEmitted(way.page.back):
        way.page._back.click()
    way.notices.yes = True
    with qtbot.waitSignal(way.page.back):
        way.page._back.click()
    assert way.joining.left == ["discarded"]


def test_what_was_typed_elsewhere_is_taken_over(way: Way) -> None:
    typed = {"code": "7K2M", "address": "hub.example", "pin": "AAAA"}
    way.page.fill(typed)
    seen: Callable[[str], str] = way.page._typed
    assert {name: seen(name) for name in typed} == typed
