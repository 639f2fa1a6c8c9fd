"""A small stage for tests of the frame: services that answer at once, pages with one field, an open gate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from desk.errors import AccessProblem
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.page import Page, PageSpec
from desk.ui.window import MainWindow
from tests.fakes import FakeTasks, RecordingNotices


@dataclass(frozen=True)
class Hit:
    noun: str
    record_id: str
    title: str
    subtitle: str = ""
    marked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Group:
    label: str
    hits: tuple[Hit, ...]


GROUPS = (
    Group("来访人", (Hit("person", "p1", "陈某某", "138****6621 · 仁和社区", ((0, 1),)),)),
    Group(
        "来访",
        (
            Hit("visit", "v1", "陈某某 小区积水", "LF2026-A0312 · 今天", ((0, 1),)),
            Hit("visit", "v2", "陈某 路灯"),
        ),
    ),
)


@dataclass
class FakeSearch:
    """Remembers what was asked and opened."""

    asked: list[str] = field(default_factory=list)
    opened_records: list[tuple[str, str]] = field(default_factory=list)

    def find(self, text: str) -> tuple[Group, ...]:
        self.asked.append(text)
        return GROUPS if "陈" in text else ()

    def recent(self) -> tuple[Hit, ...]:
        return (Hit("visit", "v9", "赵某", "宅基地边界"),)

    def opened(self, noun: str, record_id: str) -> None:
        self.opened_records.append((noun, record_id))


@dataclass
class FakeGate:
    """Opens for PIN 246810 and password 开站密码; refuses with a wait otherwise."""

    user_name: str = "周某"
    by_pin: bool = True
    locked: bool = False

    def lock(self) -> None:
        self.locked = True

    def pin_is_enough(self) -> bool:
        return self.by_pin

    def unlock_with_pin(self, pin: str) -> None:
        self._check(pin, "246810")

    def unlock_with_password(self, password: str) -> None:
        self._check(password, "开站密码")

    def _check(self, typed: str, right: str) -> None:
        if typed != right:
            raise AccessProblem("PIN 不对", way_out="还可以试 4 次")
        self.locked = False


class FieldPage(Page):
    """A page with one field, which writes down what the window asks of it."""

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context)
        self._name = name
        self.loads = 0
        self.records: list[str] = []
        self.field = QPlainTextEdit(self)
        QVBoxLayout(self).addWidget(self.field)

    @property
    def title(self) -> str:
        return self._name

    @property
    def help_text(self) -> str:
        return "在这里登记来访。"

    def load(self) -> None:
        self.loads += 1

    def show_record(self, record_id: str) -> None:
        self.records.append(record_id)


def services() -> Any:
    """Return services with what the frame asks for."""
    duty = [SimpleNamespace(name="王某某"), SimpleNamespace(name="李某")]
    return SimpleNamespace(
        station=SimpleNamespace(get=lambda: SimpleNamespace(name="示例镇人大代表联络站")),
        duty=SimpleNamespace(current=lambda: tuple(duty), people=duty),
        backup=SimpleNamespace(last=lambda: datetime.fromisoformat("2026-11-23T08:30:00+08:00")),
        search=FakeSearch(),
        papers=SimpleNamespace(operation_card=lambda: SimpleNamespace(pdf=b"%PDF-1.4")),
    )


def context(notices: RecordingNotices | None = None) -> Context:
    """Return a context whose tasks run at once."""
    live = Live()
    heard = notices or RecordingNotices()
    return Context(services(), FakeTasks(heard, live), heard, Navigator(), live)


def page_specs() -> list[PageSpec]:
    """Return the pages of this issue, each with one field."""
    rows = (
        ("today", "今日", "Ctrl+1", False),
        ("visits", "来访接待", "F2", False),
        ("deputies", "代表值班", "F7", False),
        ("boards", "公示牌", "F8", False),
        ("settings", "设置", "", True),
    )
    return [
        PageSpec(key, title, keys, key, lambda each, name=title: FieldPage(each, name), foot)
        for key, title, keys, foot in rows
    ]


def shown(context: Context, pages: Sequence[PageSpec], qtbot: QtBot) -> MainWindow:
    """Show the window with these pages, and wait until it has the keys."""
    made = MainWindow(context, pages, gate=FakeGate())
    qtbot.addWidget(made)
    made.start()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
