"""有冲突 wherever a record appears, and the way to the tray."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from desk.services.tray.values import Marks
from desk.ui import style
from desk.ui.conflict_marks import SECTION, ConflictChip, ConflictWatch, flag_rows
from desk.ui.context import Context
from desk.ui.parts.table import Column, PagedTable
from tests.ui import stage


class Tray:
    def __init__(self) -> None:
        self.now = Marks()

    def marks(self) -> Marks:
        return self.now


@pytest.fixture
def context() -> Context:
    services: Any = SimpleNamespace(tray=Tray())
    return replace(stage.context(), services=services)


def test_the_marks_follow_every_change_and_the_badge_counts(context: Context) -> None:
    parent = QObject()
    watch = ConflictWatch(context, parent)
    badges: list[tuple[str, int]] = []
    context.live.badged.connect(lambda page, count: badges.append((page, count)))
    watch.look()
    tray: Any = context.services.tray
    tray.now = Marks(3, frozenset({("visit", "v1")}))
    context.live.announce(frozenset({"matter"}))
    assert context.live.in_question("visit", "v1")
    assert badges == [("settings", 0), ("settings", 3)]
    assert context.live.waiting("settings") == 3


def test_a_chip_is_there_only_while_its_record_is_in_question_and_leads_to_the_tray(
    context: Context, qtbot: QtBot
) -> None:
    chip = ConflictChip(context)
    qtbot.addWidget(chip)
    chip.follow("visit", "v1")
    assert chip.isHidden()
    context.live.mark(frozenset({("visit", "v1")}))
    assert not chip.isHidden()
    wanted: list[tuple[str, str]] = []
    context.navigator.wanted.connect(lambda page, record: wanted.append((page, record)))
    chip.click()
    assert wanted == [("settings", SECTION)]
    chip.follow("visit", "v2")
    assert chip.isHidden()
    assert chip.accessibleName().startswith("有冲突")


def test_a_row_says_so_at_the_end_of_its_cell_and_to_screen_readers(context: Context, qtbot: QtBot) -> None:
    table = PagedTable("来访列表", [Column("事由", lambda each: each.subject)])
    qtbot.addWidget(table)
    flag_rows(context.live, table, 0, "visit")
    table.show_rows([SimpleNamespace(id="v1", subject="路灯"), SimpleNamespace(id="v2", subject="树")])
    table.resize(400, 200)
    table.show()
    plain = table.grab().toImage()
    context.live.mark(frozenset({("visit", "v1")}))
    read = [table.rows.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in (0, 1)]
    assert read == ["路灯 有冲突", "树"]
    assert table.grab().toImage() != plain
    # The thin line below runs on under the word.
    cell = table.visualRect(table.rows.index(0, 0))
    pixel = table.viewport().grab().toImage().pixelColor(cell.right() - 20, cell.bottom())
    assert pixel == style.colour("line")
