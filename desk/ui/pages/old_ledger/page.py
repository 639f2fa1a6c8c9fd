"""旧台账: takes over what was still open in the ledger kept before, and takes an import back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.services.old_ledger import columns as meanings
from desk.services.old_ledger.plan_values import NEW, SKIP
from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.pages.old_ledger.import_entry import ImportEntry
from desk.ui.pages.old_ledger.import_rows import FILTERS, Line, lines_of, table_columns
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled, stack
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.sheet_import import Errand, SheetImport
from desk.ui.turns import dress

if TYPE_CHECKING:
    from desk.services.old_ledger.imports import LedgerBatch
    from desk.services.old_ledger.plan_values import LedgerDone

_PATTERN = "旧台账 (*.xlsx *.xls *.et *.csv *.txt);;所有文件 (*)"
_SHOWN = 8  # earlier imports


class OldLedgerPage(Page):
    """What it is for and what was imported; the import takes its place until it is done."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.choose = KeyButton(_("选择台账文件"), "Ctrl O", "main")
        self.choose.clicked.connect(self.choose_file)
        self.back = KeyButton(_("返回"), "Esc")
        self.back.clicked.connect(context.navigator.back)
        self._batches = QVBoxLayout()
        self._lines: list[QWidget] = []
        self._none = label(_("这台电脑还没有导入过旧台账。"), "soft")
        self._importing: SheetImport | None = None
        self._stack = QStackedWidget()
        self._start = self._start_view()
        self._stack.addWidget(self._start)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.addWidget(self._stack)
        self.setFocusProxy(self.choose)
        QShortcut(QKeySequence("Ctrl+O"), self._start, self.choose.click)
        QShortcut(QKeySequence("Esc"), self._start, self.back.click)

    @property
    def importing(self) -> SheetImport:
        """The import, built when it is first wanted."""
        if self._importing is None:
            context = self.context
            self._importing = SheetImport(_errand(context), ImportEntry(), context.tasks, context.notices)
            self._importing.left.connect(self._show_start)
            self._stack.addWidget(self._importing)
        return self._importing

    @property
    def title(self) -> str:
        """旧台账."""
        return _("旧台账")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "把用接待台以前的登记簿、民情台账里还没有办结的事项导入进来，接着办。\n"
            "先核对读到的内容：有疑点的格子标成黄色并写明原因，哪一栏认错了可以改。\n"
            "写明已办结的不导入；同一份台账再次导入不会重复；导入错了可以撤销。"
        )

    def load(self) -> None:
        """Ask for earlier imports."""
        service = self.context.services.old_ledger
        self.context.tasks.run(service.batches, done=self._show, owner=self)
        if self._stack.currentWidget() is self._start:
            self.choose.setFocus()

    def choose_file(self) -> None:
        """Let the person pick a file and begin its import."""
        self.context.notices.choose_file(_("选择旧台账"), _(_PATTERN), self.open_ledger)

    def open_ledger(self, path: Path) -> None:
        """Begin the import of a file."""
        self.context.tasks.by_turns(self._open(path), owner=self)

    def _open(self, path: Path) -> Iterator[None]:
        view = self.importing
        yield
        yield from dress(view)
        self._stack.setCurrentWidget(view)
        view.start(path)

    def _start_view(self) -> QWidget:
        words = label(
            _(
                "把用接待台以前的登记簿、民情台账里还没有办结的事项导入进来，接着办。\n\n"
                "· 一行一件事，要有“日期”和“事由”或“反映问题”；表格不用整理。\n"
                "· 每件事按补录登记：接待日期照台账，登记时间是现在，给本机编号，不打印回执。\n"
                "· 写了承办单位的记作拟办件，没写的记作待研判；写明已办结的不导入。\n"
                "· 像检举控告、家庭暴力、涉法涉诉的，请用“补录”单独登记。"
            ),
            wrap=True,
        )
        what = Card(_("还没有办结的事，别丢在纸上"))
        what.add(words)
        what.add(row(self.choose, None))
        before = Card(_("导入过的台账"))
        before.add(self._none)
        before.add(self._batches)
        view = QWidget()
        box = column(row(label(_("旧台账"), "title"), None, self.back, gap=10), gap=WIDE)
        box.addWidget(scrolled(stack(what, before)), 1)
        view.setLayout(box)
        return view

    def _show(self, batches: Sequence["LedgerBatch"]) -> None:
        for line in self._lines:
            self._batches.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(batch) for batch in batches[:_SHOWN]]
        for line in self._lines:
            self._batches.addWidget(line)
        self._none.setVisible(not batches)

    def _line(self, batch: "LedgerBatch") -> QWidget:
        at = f"{batch.at:%Y-%m-%d %H:%M}" if batch.at else ""
        words = _("{file} · 导入 {new} 件").format(file=batch.file_name, new=batch.new)
        line = QWidget()
        box = row(label(at, "label"), label(words), None, gap=12)
        if batch.undone:
            box.addWidget(label(_("已撤销"), "label"))
        else:
            undo = QPushButton(_("撤销导入"))
            undo.setProperty("kind", "row")
            undo.setAccessibleName(_("撤销 {file} 的导入").format(file=batch.file_name))
            undo.clicked.connect(lambda: self._ask_undo(batch))
            box.addWidget(undo)
        line.setLayout(box)
        return line

    def _show_start(self) -> None:
        self._stack.setCurrentWidget(self._start)
        self.choose.setFocus()
        self.load()

    def _ask_undo(self, batch: "LedgerBatch") -> None:
        question = _("撤销从“{file}”的导入？{new} 件事项会作废，它们的编号不再使用。").format(
            file=batch.file_name, new=batch.new
        )
        self.context.notices.ask(question, _("撤销导入"), _("不撤销"), lambda: self._undo(batch.id))

    def _undo(self, batch_id: str) -> None:
        service = self.context.services.old_ledger
        self.context.tasks.run(lambda: service.undo(batch_id), done=self._on_undone, owner=self, lane="write")

    def _on_undone(self, _done: object) -> None:
        self.context.notices.info(_("已撤销这次导入。"))
        self.load()


def _errand(context: Context) -> Errand:
    services = context.services
    return Errand(
        heading=_("导入旧台账"),
        reading=_("正在读取旧台账…"),
        table_name=_("读到的事项"),
        meanings=meanings.MEANING,
        keys=frozenset({meanings.SUBJECT, meanings.STATEMENT}),
        filters=FILTERS,
        columns=table_columns(),
        understand=lambda path, mapping, sheet: services.old_ledger.understand(path, mapping, sheet=sheet),
        plan=services.old_ledger.plan,
        apply=services.old_ledger.apply,
        lines=lines_of,
        summary=_summary,
        told=_told,
    )


def _summary(lines: Sequence[Line]) -> tuple[str, bool]:
    if not lines:
        return _("没有读到事项"), False
    counts = {action: sum(line.action == action for line in lines) for action in (NEW, SKIP)}
    return _("导入 {new} 件，跳过 {skip} 件").format(**counts), bool(counts[NEW])


def _told(done: "LedgerDone") -> str:
    words = _("已导入 {new} 件，编号 {first} 至 {last}，跳过 {skipped} 行。可以撤销。")
    return words.format(new=done.new, first=done.first_number, last=done.last_number, skipped=done.skipped)
