"""代表值班: the list of deputies with who is on duty, or the import of a roster in its place."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.pages.deputies.import_view import ImportView
from desk.ui.pages.deputies.people import People
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.key_hint import KeyButton
from desk.ui.turns import dress

if TYPE_CHECKING:
    from desk.services.deputies import DeputyRow
    from desk.services.duty import OnDuty
    from desk.services.roster.imports import Batch

IMPORT = "import"
"""Shown instead of a record id: choose a roster file at once."""

_PATTERN = "代表花名册 (*.xlsx *.xls *.et *.csv *.txt);;所有文件 (*)"


class DeputiesPage(Page):
    """Deputies and duty; the import page takes its place until it is done."""

    told_by_day = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._batch: Batch | None = None
        self._wanted = ""
        self._importing: ImportView | None = None

    def rest(self) -> Iterator[None]:
        """Build the list and its cards, one by one."""
        yield
        self._counts = label("", "label")
        self.undo = QPushButton(_("撤销上次导入"))
        self.undo.clicked.connect(self._ask_undo)
        self.undo.hide()
        self.import_button = QPushButton(_("导入花名册"))
        self.import_button.setProperty("kind", "main")
        self.import_button.clicked.connect(self.choose_roster)
        self.add_button = KeyButton(_("新增代表"), "Ctrl N")
        self.people = People(self.context)
        yield from self.people.build()
        self.add_button.clicked.connect(self.people.write_new)
        self.people.import_wanted.connect(self.choose_roster)
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.addWidget(self._stack)
        view = self._people_view()
        self._stack.addWidget(view)
        yield
        QShortcut(QKeySequence("Ctrl+N"), view, self.add_button.click)
        QShortcut(QKeySequence("Ctrl+E"), view, self.people.correct)
        self.context.live.changed.connect(self._on_changed, Qt.ConnectionType.UniqueConnection)

    @property
    def importing(self) -> ImportView:
        """The import, built when it is first wanted."""
        if self._importing is None:
            self._importing = ImportView(self.context)
            self._importing.left.connect(self._show_people)
            self._stack.addWidget(self._importing)
        return self._importing

    @property
    def title(self) -> str:
        """代表值班."""
        return _("代表值班")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "左边是本站的代表，选中一位，右边可以请其上岗、显示电话。\n"
            "“导入花名册”可读 xlsx、xls、csv 表格：先核对读到的内容，"
            "有疑点的格子标成黄色并写明原因，确认后一次导入。\n"
            "名册里没有的代表按 Ctrl N 新增，选中的按 Ctrl E 修改；调离的代表不再上岗、上墙，记录都保留。\n"
            "导入错了可以“撤销上次导入”。同一份花名册再次导入只更新，不会重复。"
        )

    def load(self) -> None:
        """Ask for deputies, duty and imports."""
        services, run = self.context.services, self.context.tasks.run
        run(services.deputies.list, done=self._show, owner=self)
        run(services.duty.current, done=self._show_duty, owner=self)
        run(services.roster.batches, done=self._show_batches, owner=self)

    def show_record(self, record_id: str) -> None:
        """Show one deputy, or begin an import for the word "import"."""
        if record_id == IMPORT:
            self.choose_roster()
            return
        self._show_people()
        self._wanted = record_id
        self.people.choose(record_id)

    def choose_roster(self) -> None:
        """Let the person pick a file and begin its import."""
        self.context.notices.choose_file(_("选择代表花名册"), _(_PATTERN), self.open_roster)

    def open_roster(self, path: Path) -> None:
        """Begin the import of a file."""
        self.context.tasks.by_turns(self._open(path), owner=self)

    def _open(self, path: Path) -> Iterator[None]:
        view = self.importing
        yield
        yield from dress(view)
        self._stack.setCurrentWidget(view)
        view.start(path)

    def _people_view(self) -> QWidget:
        view = QWidget()
        heading = label(_("代表值班"), "title")
        head = row(heading, self._counts, None, self.undo, self.add_button, self.import_button, gap=10)
        box = column(head, gap=WIDE)
        box.addWidget(self.people, 1)
        view.setLayout(box)
        return view

    def _show(self, deputies: Sequence["DeputyRow"]) -> None:
        active = sum(deputy.state == "active" for deputy in deputies)
        words = _("在任 {active} 位").format(active=active)
        if len(deputies) > active:
            words += _(" · 已离任 {gone} 位").format(gone=len(deputies) - active)
        self._counts.setText(words if deputies else "")
        self.people.show_deputies(deputies)
        if self._wanted:
            self.people.choose(self._wanted)
            self._wanted = ""

    def _show_duty(self, on_duty: Sequence["OnDuty"]) -> None:
        self.people.show_duty(on_duty)

    def _show_batches(self, batches: Sequence["Batch"]) -> None:
        self._batch = batches[0] if batches and not batches[0].undone else None
        self.undo.setVisible(self._batch is not None)

    def _show_people(self) -> None:
        self._stack.setCurrentIndex(0)
        self.load()

    def _ask_undo(self) -> None:
        batch = self._batch
        if batch is None:
            return
        question = _("撤销从“{file}”的导入？新增的 {new} 位代表会撤下，更新的 {changed} 位恢复原样。").format(
            file=batch.file_name, new=batch.new, changed=batch.changed
        )
        self.context.notices.ask(question, _("撤销导入"), _("不撤销"), lambda: self._undo(batch.id))

    def _undo(self, batch_id: str) -> None:
        services = self.context.services
        self.context.tasks.run(
            lambda: services.roster.undo(batch_id), done=self._on_undone, owner=self, lane="write"
        )

    def _on_undone(self, _done: object) -> None:
        self.context.notices.info(_("已撤销上次导入。"))
        self.load()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & {"deputy", "mandate", "duty"}:
            self.load()
