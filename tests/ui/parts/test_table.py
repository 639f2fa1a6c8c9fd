"""The table part: asks for one page at a time, keeps its place, and stays quick with 200,000 rows."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.errors import StoreProblem
from desk.ui import style
from desk.ui.parts.table import Column, PagedTable
from tests.fakes import FakeTasks, RecordingNotices


@dataclass(frozen=True)
class Row:
    id: str
    name: str


@dataclass(frozen=True)
class Some:
    rows: tuple[Row, ...]
    next_key: str | None


class TestTable:
    def columns(self) -> list[Column]:
        return [
            Column("姓名", lambda each: each.name, strong=True),
            Column("状态", lambda _each: "满意", width=8, tone=lambda _each: "green"),
            Column("六个一", lambda _each: "", width=8, dots=lambda _each: ["done", "now"]),
        ]

    def test_it_asks_for_the_next_page_only_when_needed(self, qtbot: QtBot) -> None:
        asked: list[str | None] = []

        def fetch(after: str | None) -> Some:
            asked.append(after)
            first = int(after or 0)
            rows = tuple(Row(str(n), f"来访人{n}") for n in range(first, first + 50))
            return Some(rows, str(first + 50) if first < 100 else None)

        table = PagedTable("来访", self.columns(), tasks=FakeTasks())
        qtbot.addWidget(table)
        table.resize(600, 300)
        table.show()
        table.show_pages(fetch)
        assert asked == [None]
        assert table.rows.rowCount() == 50
        table.scrollToBottom()
        qtbot.waitUntil(lambda: asked == [None, "50"])
        table.scrollToBottom()
        qtbot.waitUntil(lambda: table.rows.rowCount() == 150)
        assert not table.rows.canFetchMore(table.rootIndex())

    def test_the_frame_of_the_focus_has_room_and_moves_nothing(
        self, qtbot: QtBot, qapp: QApplication
    ) -> None:
        style.apply(qapp, 100)
        window, table, other = QWidget(), PagedTable("来访", self.columns()), QPushButton("别处")
        box = QVBoxLayout(window)
        box.addWidget(table)
        box.addWidget(other)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        other.setFocus()
        before = table.viewport().geometry()
        table.setFocus()
        qtbot.waitUntil(table.hasFocus)
        qapp.processEvents()
        assert table.viewport().geometry() == before
        assert before.left() >= 1
        assert before.right() < table.width() - 1
        assert table.horizontalHeader().geometry().top() >= 1

    def test_a_short_list_stays_as_high_as_its_rows_at_another_text_size(
        self, qtbot: QtBot, qapp: QApplication
    ) -> None:
        style.apply(qapp, 100)
        table = PagedTable("来访", self.columns())
        qtbot.addWidget(table)
        table.show()
        table.show_rows([Row("1", "王某某"), Row("2", "李某")])
        table.fit_height()
        before = table.height()
        style.apply(qapp, 150)
        qtbot.waitUntil(lambda: table.height() > before)
        style.apply(qapp, 100)
        qtbot.waitUntil(lambda: table.height() == before)

    def test_asked_again_it_keeps_the_place_of_who_reads(self, qtbot: QtBot) -> None:
        newest = 0

        def fetch(after: str | None) -> Some:
            first = int(after or newest)
            rows = tuple(Row(str(n), f"来访人{n}") for n in range(first, first + 50))
            return Some(rows, str(first + 50) if first < 400 else None)

        table = PagedTable("来访", self.columns(), tasks=FakeTasks())
        qtbot.addWidget(table)
        table.resize(600, 300)
        table.show()
        table.show_pages(fetch)
        for rows in (100, 150):
            table.scrollToBottom()
            qtbot.waitUntil(lambda wanted=rows: table.rows.rowCount() >= wanted)
        table.selectRow(80)
        table.scrollTo(table.rows.index(80, 0))
        top = table.rows.key(table.rowAt(0))
        newest = -3
        table.show_pages(fetch, stay=True)
        assert table.rows.rowCount() >= 150
        assert table.rows.key(0) == "-3"
        assert table.key() == "80"
        assert table.rows.key(table.rowAt(0)) == top
        table.show_pages(fetch)
        assert table.rows.rowCount() == 50

    def test_two_hundred_thousand_rows_are_fetched_as_somebody_pages_down(self, qtbot: QtBot) -> None:
        asked: list[int] = []

        def fetch(after: str | None) -> Some:
            first = int(after or 0)
            asked.append(first)
            rows = tuple(Row(str(n), f"来访人{n}") for n in range(first, min(first + 50, 200_000)))
            return Some(rows, str(first + 50) if first + 50 < 200_000 else None)

        table = PagedTable("来访", self.columns(), tasks=FakeTasks())
        qtbot.addWidget(table)
        table.resize(900, 600)
        table.show()
        table.show_pages(fetch)
        table.selectRow(0)
        for _page_down in range(100):
            qtbot.keyClick(table, Qt.Key.Key_PageDown)
        shown = table.currentIndex().row()
        assert shown > 1000
        assert len(asked) <= shown // 50 + 2
        assert asked == sorted(set(asked))

    def test_a_failed_page_may_be_asked_again(self, qtbot: QtBot) -> None:
        notices = RecordingNotices()
        fine = [True]

        def fetch(after: str | None) -> Some:
            if after and fine[0]:
                raise StoreProblem("读取失败")
            return Some((Row("1", "王某某"),), "2" if after is None else None)

        table = PagedTable("来访", self.columns(), tasks=FakeTasks(notices))
        qtbot.addWidget(table)
        table.show_pages(fetch)
        table.rows.fetchMore(table.rootIndex())
        assert notices.said[-1] == ("fail", "读取失败")
        fine[0] = False
        table.rows.fetchMore(table.rootIndex())
        assert table.rows.rowCount() == 2

    def test_enter_opens_and_the_choice_survives_a_reload(self, qtbot: QtBot) -> None:
        table = PagedTable("来访", self.columns())
        qtbot.addWidget(table)
        table.show_rows([Row("a", "甲"), Row("b", "乙")])
        assert table.key() == ""
        table.choose("b")
        with qtbot.waitSignal(table.opened) as told:
            qtbot.keyClick(table, Qt.Key.Key_Return)
        assert told.args == ["b"]
        table.show_rows([Row("c", "丙"), Row("b", "乙")])
        assert table.key() == "b"
        table.fit_height()
        table.grab()

    def test_what_may_be_missed_is_left_out_where_the_rest_has_too_little_room(self, qtbot: QtBot) -> None:
        letter_columns = [
            Column("编号", lambda each: each.id, width=6),
            Column("事由", lambda each: each.name, least=10),
            Column("登记", lambda _each: "11-23", width=6, spare=True),
        ]
        table = PagedTable("来访", letter_columns)
        qtbot.addWidget(table)
        table.show()
        needed = 22 * table.fontMetrics().horizontalAdvance("国") + 3 * 18
        table.resize(needed, 200)
        assert [table.isColumnHidden(at) for at in range(3)] == [False, False, False]
        table.resize(needed - 1, 200)
        assert [table.isColumnHidden(at) for at in range(3)] == [False, False, True]
        table.resize(needed, 200)
        assert not table.isColumnHidden(2)
        assert table.columnWidth(2) == 6 * table.fontMetrics().horizontalAdvance("国") + 18

    def test_a_column_that_is_hidden_anyhow_takes_no_room_from_the_others(self, qtbot: QtBot) -> None:
        columns = [
            Column("事由", lambda each: each.name, least=10),
            Column("代表", lambda _each: "王某某", width=6, spare=True),
            Column("站点", lambda _each: "示例站", width=6),
        ]
        table = PagedTable("来访", columns)
        qtbot.addWidget(table)
        table.show()
        table.setColumnHidden(2, True)
        table.resize(16 * table.fontMetrics().horizontalAdvance("国") + 2 * 18, 200)
        assert [table.isColumnHidden(at) for at in range(3)] == [False, False, True]
        table.setColumnHidden(2, False)
        table.fold()
        assert [table.isColumnHidden(at) for at in range(3)] == [False, True, False]

    def test_painting_asks_qt_for_no_cell(
        self, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each question would give Python's lock away, beside whatever else runs."""
        table = PagedTable("来访", self.columns())
        qtbot.addWidget(table)
        table.resize(600, 300)
        table.show()
        table.show_rows([Row(str(n), f"来访人{n}") for n in range(200)])
        table.selectRow(2)
        qapp.processEvents()
        asked: list[object] = []
        monkeypatch.setattr(
            type(table.rows), "data", lambda _self, index, role=0: asked.append((index, role))
        )
        shown = table.viewport().grab().toImage()
        assert not asked
        table.scrollToBottom()
        assert table.viewport().grab().toImage() != shown
        assert not asked

    def test_the_chosen_row_is_tinted_and_only_it(self, qtbot: QtBot, qapp: QApplication) -> None:
        style.apply(qapp, 100)
        table = PagedTable("来访", self.columns())
        qtbot.addWidget(table)
        table.resize(600, 300)
        table.show()
        table.show_rows([Row(str(n), f"来访人{n}") for n in range(4)])
        table.selectRow(1)
        qapp.processEvents()
        shown, x = table.viewport().grab().toImage(), 2
        grounds = [shown.pixelColor(x, table.rowViewportPosition(row) + 3) for row in range(4)]
        assert grounds[1] == style.colour("accent_soft")
        assert grounds[0] == grounds[2] == grounds[3] == style.colour("surface")
