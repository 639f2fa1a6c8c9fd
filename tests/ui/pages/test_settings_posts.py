"""The three administrators' posts as they are given in the settings (SEC-11)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from tests.fakes import FakeClock, SlowTasks
from tests.ui.pages.test_settings import Shown


@pytest.fixture
def shown_page(qtbot: QtBot, fake_clock: FakeClock, tmp_path: Path) -> Shown:
    return Shown(qtbot, tmp_path)


def test_sec_11_posts_are_given_and_two_in_one_hand_only_by_a_choice(shown_page: Shown) -> None:
    section = shown_page.section("用户")
    section._table.choose("u3")
    section._roles["secadmin"].setChecked(True)
    shown_page.press(section, "改角色")
    assert shown_page.asked.calls[-1] == ("roles", "u3", ["secadmin"], "")
    section._roles["audadmin"].setChecked(True)
    shown_page.notices.yes = False
    shown_page.press(section, "改角色")
    shown_page.notices.yes = True
    shown_page.press(section, "改角色")
    question = "安全管理员、审计管理员互相监督，应由不同的人担任。确实要一个人兼任吗？会记入操作记录。"
    assert shown_page.notices.said[-1] == ("ask", question)
    assert shown_page.asked.calls[-1] == ("roles", "u3", ["secadmin", "audadmin"], "确认由一人兼任")
    assert [call[0] for call in shown_page.asked.calls].count("roles") == 2
    section._name.setText("赵某")
    shown_page.press(section, "发一次性登录码")
    assert shown_page.asked.calls[-1] == ("invite", "赵某", ["secadmin", "audadmin"], "确认由一人兼任")


def test_sec_11_nobody_is_asked_for_what_the_rule_forbids(shown_page: Shown) -> None:
    section = shown_page.section("用户")

    def forbidden(_chosen: list[str]) -> frozenset[str]:
        raise InputProblem("系统、安全、审计管理员应由不同的人担任", field="posts_reason")

    users: Any = section.context.services.users
    allowed, users.shared_posts = users.shared_posts, forbidden
    section._table.choose("u3")
    for code in ("secadmin", "audadmin"):
        section._roles[code].setChecked(True)
    section._name.setText("赵某")
    for button in ("改角色", "发一次性登录码"):
        shown_page.notices.said.clear()
        shown_page.press(section, button)
        assert shown_page.notices.said == [("fail", "系统、安全、审计管理员应由不同的人担任")]
    assert not [call for call in shown_page.asked.calls if call[0] in {"roles", "invite"}]
    section._roles["audadmin"].setChecked(False)
    users.shared_posts = allowed
    shown_page.press(section, "改角色")
    assert shown_page.asked.calls[-1] == ("roles", "u3", ["secadmin"], "")


def test_a_verb_pressed_while_another_is_looked_into_takes_nobodys_place(shown_page: Shown) -> None:
    section = shown_page.section("用户")
    tasks = SlowTasks(shown_page.notices, section.context.live)
    section.context = replace(section.context, tasks=tasks)
    section._table.choose("u3")
    section._roles["secadmin"].setChecked(True)
    section._name.setText("赵某")
    tasks.hold("read")
    for button in ("改角色", "改角色", "发一次性登录码"):
        shown_page.press(section, button)
    tasks.let_go()
    # The same verb for the same person, pressed twice, is done once.
    calls = [call for call in shown_page.asked.calls if call[0] in {"roles", "invite"}]
    assert calls == [("roles", "u3", ["secadmin"], ""), ("invite", "赵某", ["secadmin"], "")]


def test_sec_05_the_audit_is_read_and_handed_out(shown_page: Shown, tmp_path: Path) -> None:
    section = shown_page.section("操作记录")
    cells = [section.table.rows.index(0, at).data() for at in range(5)]
    assert cells == ["2026-11-23 08:30", "周某", "看完整内容", "来访 LF2026-A0001：电话", "没有成功"]
    shown_page.notices.path = tmp_path / "操作记录.xlsx"
    shown_page.press(section, "存为表格…")
    assert shown_page.notices.path.read_bytes() == b"PK"
