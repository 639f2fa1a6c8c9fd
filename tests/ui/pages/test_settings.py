"""The settings: each subject shows, changes and refuses; the page knows none of them."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.rules.profile import Profile, Row
from desk.services.audit_log import AuditEntry, AuditPage
from desk.services.backup import BackupMade
from desk.services.outcome import Done
from desk.services.papers import Paper
from desk.services.pdf import recovery_sheet
from desk.services.profile import load_default
from desk.services.roles import posts_held_together
from desk.services.sync.enrolment import HubKnown
from desk.services.sync.rounds import SyncState
from desk.services.tray.values import Tray
from desk.settings import CAMERA_FOLDER, TEXT_SIZE
from desk.ui import style, turns
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.pages.settings import sections
from desk.ui.pages.settings.page import SettingsPage
from desk.ui.pages.settings.rule_names import rule_name, shown
from desk.ui.pages.settings.section import Section
from desk.ui.preview.window import PaperWindow
from desk.ui.tasks import Tasks
from tests.fakes import FakeClock, RecordingNotices
from tests.paper_samples import texts
from tests.ui import stage
from tests.ui.pages.tray_stage import FakeTray
from tests.ui.test_accessible import nameless

NOW = datetime.fromisoformat("2026-11-23T08:30:00+08:00")
ENTRIES = AuditPage((AuditEntry("1", NOW, "周某", "看完整内容", "来访 LF2026-A0001：电话", ok=False),), None)


class Asked:
    """Fake services that write down what was asked of them."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.refusal: Exception | None = None

    def verb(self, name: str, value: object = None) -> Any:
        def call(*arguments: object, **named: object) -> object:
            self.calls.append((name, *arguments, *named.values()))
            if self.refusal is not None:
                raise self.refusal
            return value

        return call


STATION = SimpleNamespace
ROWS = (
    Row("lock.idle", 10, "minute", date(2026, 1, 1), "本地设定"),
    Row("holidays.2026", (date(2026, 1, 1),), "dates", date(2025, 11, 4), "国务院办公厅通知"),
    Row("dengbao.enabled", False, "flag", date(2026, 1, 1), "本地设定"),
    Row("receipt.free", "办事不收费", "text", date(2026, 1, 1), "本地设定"),
)


def station() -> Any:
    from desk.services.station import Station

    return Station(
        name="示例镇人大代表联络站", kind="station", level="town", notice_text="告知", device_letter="A"
    )


def users() -> tuple[Any, ...]:
    row = SimpleNamespace(
        id="u1",
        name="周某",
        roles=frozenset({"head"}),
        roles_text="站长",
        disabled=False,
        has_slot=True,
        invited=False,
    )
    return (
        row,
        SimpleNamespace(**(vars(row) | {"id": "u2", "name": "吴某", "disabled": True})),
        SimpleNamespace(**(vars(row) | {"id": "u3", "name": "张某", "invited": True})),
        SimpleNamespace(**(vars(row) | {"id": "u4", "name": "李某", "has_slot": False})),
    )


def context(asked: Asked, notices: RecordingNotices) -> Context:
    made = stage.context(notices)
    offer = SimpleNamespace(
        name="示例县",
        version="2027.1",
        fingerprint="AB12",
        needs="fingerprint",
        changes=(SimpleNamespace(key="lock.idle", valid_from=date(2027, 1, 1)),),
    )
    services = SimpleNamespace(
        **vars(made.services)
        | {
            "committees": SimpleNamespace(list=lambda: ()),
            "tray": FakeTray(Tray()),
            "station": SimpleNamespace(
                get=lambda _station_id="": station(),
                others=lambda: (),
                update=asked.verb("update", Done(replace(station(), phone="0571-1"))),
            ),
            "users": SimpleNamespace(
                list=users,
                shared_posts=posts_held_together,
                keyring_note=lambda: "本机没有可用的系统密钥环",
                invite=asked.verb("invite", Done(SimpleNamespace(code="ABCD-EFGH"))),
                invite_again=asked.verb("again", Done(SimpleNamespace(code="WXYZ-2345"))),
                set_pin=asked.verb("pin", Done(None)),
                set_roles=asked.verb("roles", Done(None)),
                disable=asked.verb("disable", Done(None)),
                change_password=asked.verb("password", Done(None)),
                new_recovery_code=asked.verb("renew", Done("NEWCODE")),
                recovery_kept=asked.verb("kept", Done(None)),
            ),
            "settings": SimpleNamespace(get=lambda _setting: "/backup", set=asked.verb("set", Done(""))),
            "profiles": SimpleNamespace(
                current=lambda: Profile("出厂默认", "2026.1", ROWS),
                change=asked.verb("change", Done(None)),
                offer=asked.verb("offer", offer),
                accept=asked.verb("accept", Done(None)),
            ),
            "verify": SimpleNamespace(
                run=lambda: SimpleNamespace(ok=True, lines=("加密：正常", "记录链：正常"))
            ),
            "backup": SimpleNamespace(
                last=lambda: datetime.fromisoformat("2026-11-22T08:30:00+08:00"),
                run=lambda: BackupMade(Path("desk.db"), NOW, 5 << 20),
            ),
            "papers": SimpleNamespace(recovery_sheet=_sheet),
            "audit_log": SimpleNamespace(page=lambda _after: ENTRIES, workbook=lambda: b"PK"),
            "sync": SimpleNamespace(state=SyncState, refused=lambda _limit: ()),
            "enrolment": SimpleNamespace(state=lambda: HubKnown("", "", "", "d1")),
        }
    )
    return replace(made, services=services)


def _sheet(code: str) -> Paper:
    drawn = recovery_sheet.draw(recovery_sheet.RecoverySheet("示例镇人大代表联络站", "A", code, "钱某某", ""))
    return Paper("recovery_sheet", "恢复单", drawn, 1)


def test_rows_laid_out_before_they_are_dressed_do_not_lie_over_each_other(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    style.apply(qapp, 100)
    shelf = QStackedWidget()
    qtbot.addWidget(shelf)
    shelf.addWidget(QWidget())
    shelf.show()
    page = SettingsPage(context(Asked(), RecordingNotices(path=tmp_path)), sections.ALL)
    shelf.addWidget(page)
    menu = page._list
    menu.doItemsLayout()
    list(turns.dress(page))
    shelf.setCurrentWidget(page)
    menu.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)
    page.load()
    places = [menu.visualItemRect(menu.item(at)) for at in range(menu.count())]
    assert not any(upper.intersects(lower) for upper, lower in pairwise(places))
    assert menu.item(0).isSelected()


class Shown:
    """The settings page on fake services."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.asked = Asked()
        self.notices = RecordingNotices(path=folder)
        self.page = SettingsPage(context(self.asked, self.notices), sections.ALL)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 680)
        self.page.show()
        self.page.load()

    def section(self, title: str) -> Any:
        self.page.show_record(title)
        return next(each for each in self.page._built.values() if each.title == title)

    def press(self, section: Section, words: str) -> None:
        next(each for each in section.findChildren(QPushButton) if each.text() == words).click()


@pytest.fixture
def shown_page(qtbot: QtBot, fake_clock: FakeClock, tmp_path: Path) -> Shown:
    return Shown(qtbot, tmp_path)


def test_every_subject_has_a_title_and_loads(shown_page: Shown) -> None:
    for kind in sections.ALL:
        assert shown_page.section(kind.title).isVisible()
    shown_page.page.load()
    assert nameless(shown_page.page) == []
    assert shown_page.page.title == "设置"
    assert shown_page.page.help_text


def test_the_station_is_changed(shown_page: Shown) -> None:
    section = shown_page.section("站点")
    section._lines["phone"].setText("0571-1")
    shown_page.press(section, "保存")
    (verb, changed, which, base) = shown_page.asked.calls[-1]
    assert (verb, changed.phone, changed.device_letter, which) == ("update", "0571-1", "A", "")
    assert base == station()
    assert section.began.base.phone == "0571-1"
    assert section._pick.isHidden()
    shown_page.asked.refusal = InputProblem("请填写站点名称。", field="name")
    shown_page.press(section, "保存")
    assert section.rows["name"]._line.text() == "请填写站点名称。"
    shown_page.asked.refusal = InputProblem("没有权限")
    shown_page.press(section, "保存")
    assert shown_page.notices.problems


def test_what_is_half_typed_is_there_when_one_comes_back(shown_page: Shown) -> None:
    section = shown_page.section("站点")
    section._lines["phone"].setText("0571-1")
    shown_page.section("文字大小")
    assert shown_page.section("站点")._lines["phone"].text() == "0571-1"
    shown_page.press(section, "保存")
    shown_page.section("文字大小")
    assert not section.is_half_typed()


def test_users_are_invited_changed_and_disabled(shown_page: Shown) -> None:
    section = shown_page.section("用户")
    assert section._table.rows.rowCount() == 4
    section.grab()
    section._name.setText("赵某")
    section._roles["clerk"].setChecked(True)
    shown_page.press(section, "发一次性登录码")
    assert shown_page.asked.calls[-1] == ("invite", "赵某", ["clerk"], "")
    assert "ABCD-EFGH" in section._code.text()
    shown_page.press(section, "停用")
    section._table.choose("u1")
    section._pin.setText("２４６８１０")
    shown_page.press(section, "设 PIN")
    assert shown_page.asked.calls[-1] == ("pin", "u1", "246810")
    shown_page.press(section, "重发登录码")
    shown_page.press(section, "停用")
    assert shown_page.asked.calls[-1] == ("disable", "u1")


def test_sec_04_somebody_gets_other_roles(shown_page: Shown) -> None:
    section = shown_page.section("用户")
    shown_page.press(section, "改角色")
    section._table.choose("u3")
    shown_page.press(section, "改角色")
    assert shown_page.notices.problems[-1].sentence == "请先勾选角色"
    section._roles["mediator"].setChecked(True)
    section._roles["clerk"].setChecked(True)
    shown_page.press(section, "改角色")
    assert shown_page.notices.said[-1] == ("ask", "把“张某”的角色改为 工作人员、调解员 吗？下次登录起生效。")
    assert shown_page.asked.calls[-1] == ("roles", "u3", ["clerk", "mediator"], "")


def test_the_password_is_changed_twice_alike(shown_page: Shown) -> None:
    section = shown_page.section("密码与恢复单")
    section._old.setText("旧")
    section._new.setText("新")
    shown_page.press(section, "改密码")
    assert section._again_row._line.text() == "两次输入的新密码不一样"
    section._again.setText("新")
    shown_page.press(section, "改密码")
    assert shown_page.asked.calls[-1] == ("password", "旧", "新")
    section._old.setText("新")
    shown_page.press(section, "换新恢复码…")
    sheet = section.findChild(PaperWindow)
    assert "NEWCODE" in texts(sheet._paper.pdf)[0]
    sheet.reject()
    shown_page.press(section, "恢复单已锁存")
    assert shown_page.asked.calls[-1] == ("kept",)


def test_this_pc_is_verified(shown_page: Shown) -> None:
    section = shown_page.section("本机")
    assert section._letter.text() == "本机字母：A"
    shown_page.press(section, "核验数据")
    assert section._report.text() == "加密：正常\n记录链：正常"
    assert not section._veil.isVisible()


def test_the_text_size_is_seen_at_once_and_kept(shown_page: Shown, qapp: QApplication) -> None:
    section = shown_page.section("文字大小")
    section._chips.button("125").click()
    assert style.current().percent == 125
    assert shown_page.asked.calls[-1] == ("set", TEXT_SIZE, "125")


def test_rules_show_their_source_and_can_become_local(shown_page: Shown) -> None:
    section = shown_page.section("本地规则")
    table = section._table
    assert [table.rows.index(0, at).data() for at in range(4)] == [
        "无人操作自动锁定",
        "10 分钟",
        "2026-01-01",
        "本地设定",
    ]
    table.choose("lock.idle")
    section._value.setText("五")
    shown_page.press(section, "改为本地设定")
    assert section._row._line.text() == "这里要填数字"
    section._value.setText("5")
    shown_page.press(section, "改为本地设定")
    assert shown_page.asked.calls[-1] == ("change", "lock.idle", 5)
    table.choose("dengbao.enabled")
    section._value.setText("开")
    shown_page.press(section, "改为本地设定")
    assert section._row._line.text() == "这里要填“是”或“否”"
    section._value.setText("是")
    shown_page.press(section, "改为本地设定")
    assert shown_page.asked.calls[-1] == ("change", "dengbao.enabled", True)
    table.choose("holidays.2026")
    assert section._value.isReadOnly()


def test_a_file_of_the_county_is_looked_at_before_it_is_taken(shown_page: Shown, tmp_path: Path) -> None:
    section = shown_page.section("本地规则")
    shown_page.notices.path = tmp_path / "县规则.toml"
    shown_page.notices.path.write_bytes(b"x")
    shown_page.press(section, "导入县里的规则文件…")
    question = shown_page.notices.said[-2][1]
    assert "示例县 2027.1，共改动 1 条" in question
    assert "AB12" in question
    assert shown_page.asked.calls[-1] == ("accept", b"x", "AB12", False)


def test_a_backup_is_made_and_the_folder_kept(shown_page: Shown, tmp_path: Path) -> None:
    section = shown_page.section("备份")
    assert section._last.text() == "上次备份：昨天 08:30"
    assert section._folder.text() == "/backup"
    shown_page.press(section, "立即备份")
    assert shown_page.notices.said[-1] == ("info", "已备份到 desk.db（5 MB），并已打开核对")
    shown_page.press(section, "选文件夹…")
    assert shown_page.asked.calls[-1][2] == str(tmp_path)


def test_the_camera_s_folder_is_chosen_and_given_up(shown_page: Shown, tmp_path: Path) -> None:
    section = shown_page.section("本机")
    assert section._camera.text() == "/backup"
    shown_page.press(section, "选文件夹…")
    assert shown_page.asked.calls[-1] == ("set", CAMERA_FOLDER, str(tmp_path))
    shown_page.press(section, "不用了")
    assert shown_page.asked.calls[-1] == ("set", CAMERA_FOLDER, "")


def test_every_shipped_rule_has_a_name() -> None:
    assert [row.key for row in load_default().all_rows if rule_name(row.key) == row.key] == []


def test_rules_read_like_a_clerk_speaks() -> None:
    assert rule_name("holidays.2026") == "放假日（2026 年）"
    assert rule_name("new.rule") == "new.rule"
    assert shown(3, "workday") == "3 个工作日"
    assert shown(True, "flag") == "是"
    assert shown(("甲", "乙"), "list") == "甲、乙"
    assert shown("一\n二", "text") == "一 二"


def test_a_subject_is_built_in_turns_and_only_the_one_that_is_wanted(
    qtbot: QtBot, fake_clock: FakeClock, tmp_path: Path
) -> None:
    """The old one stays in view until then; who asks for another meanwhile does not wait for both."""
    on_fakes, live = context(Asked(), RecordingNotices(path=tmp_path)), Live()
    tasks = Tasks(RecordingNotices(), live)
    page = SettingsPage(replace(on_fakes, tasks=tasks, live=live), sections.ALL)
    qtbot.addWidget(page)
    page.show()
    page.load()
    page.show_record(sections.ALL[1].title)
    assert page._built == {}
    qtbot.waitUntil(lambda: bool(page._built))
    assert list(page._built) == [1]
    second = page._built[1]
    qtbot.waitUntil(second.isVisible)
    page.show_record(sections.ALL[0].title)
    assert second.isVisible()
    qtbot.waitUntil(lambda: 0 in page._built and page._built[0].isVisible())
    assert not second.isVisible()
    tasks.close()
