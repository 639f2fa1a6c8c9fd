"""One paper before it goes out: the sheets as they will be, choices on the right, print or save above."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from desk.errors import Problem
from desk.services.outcome import Done
from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.pages.paper.blank_side import BlankSide
from desk.ui.pages.paper.consultation_side import ConsultationSide
from desk.ui.pages.paper.ledger_side import XLSX, LedgerSide
from desk.ui.pages.paper.plain_side import PLAIN, PlainSide
from desk.ui.pages.paper.receipt_side import ReceiptSide
from desk.ui.pages.paper.side import Side
from desk.ui.parts.boxes import WIDE, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import Columns, scrolled
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview.pane import PreviewPane
from desk.ui.preview.press import SYSTEM, Press
from desk.ui.preview.printers import Printers
from desk.ui.preview.sheets import sheets_of

if TYPE_CHECKING:
    from desk.services.papers import Paper

_MOST_COPIES = 99


class PaperPage(Page):
    """What navigator.show("paper", …) shows: `receipt:<visit id>`, `ledger[:<from>:<to>]`,
    `ledger_xlsx:<from>:<to>`, `blank[:<count>]`, `consultation:<id>`, `board`, `operation_card`.
    """

    told_by_day = True

    def __init__(self, context: Context, parent: QWidget | None = None, source: Printers = SYSTEM) -> None:
        super().__init__(context, parent)
        self._paper: Paper | None = None
        self._sides: dict[str, Side] = {
            "receipt": ReceiptSide(context),
            "ledger": LedgerSide(context),
            "blank": BlankSide(context),
            "consultation": ConsultationSide(context),
            "plain": PlainSide(context),
        }
        self._side = self._sides["plain"]
        self._heading, self._about = label(_("打印"), "title"), label("", "label")
        self.back = KeyButton(_("返回"), "Esc")
        self.save_button = KeyButton(_("存为 PDF"), "Ctrl S")
        self.print_button = KeyButton(_("打印"), "Ctrl P", "main")
        self.preview = PreviewPane(context.tasks)
        self.copies = QSpinBox()
        self.copies.setRange(1, _MOST_COPIES)
        self.copies.setSuffix(_(" 份"))
        self.copies.setAccessibleName(_("份数"))
        self._lay_out()
        self.press = Press(context, BusyVeil(self), source)
        self._connect()
        self._show_none("")
        self.setFocusProxy(self.preview.view)

    @property
    def title(self) -> str:
        """打印."""
        return _("打印")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "左边就是打印出来的样子。翻页用 PageUp / PageDown，加号看实际大小，减号看整页。\n"
            "Ctrl P 打印，Ctrl S 存为 PDF，Esc 返回。\n"
            "回执可选 A5 纸或卷纸，本机会记住。再打印一次，纸上会写明补打第几次；"
            "打坏的纸请收回，在打印记录里作废。\n没有打印机时先存为 PDF。"
        )

    def show_record(self, record_id: str) -> None:
        """Show a paper; see the class for the words."""
        kind, _colon, words = record_id.partition(":")
        if kind == "ledger_xlsx":
            kind, words = "ledger", XLSX + words
        if kind in PLAIN:
            kind, words = "plain", kind
        self._side = self._sides[kind]
        for side in self._sides.values():
            side.setVisible(side is self._side)
        self.copies.setValue(1)
        self._heading.setText(_(_HEADINGS.get(kind, "打印")))
        self._show_none("")
        self._side.begin(words)
        self._make()
        self.preview.view.setFocus()
        if kind == "blank":
            self._sides["blank"].setFocus()

    def load(self) -> None:
        """Say anew what is told by the day. The paper stays as it was asked for."""
        self._side.begin_day()

    def _lay_out(self) -> None:
        head = row(self._heading, self._about, None, self.back, self.save_button, self.print_button, gap=10)
        options = Card()
        for side in self._sides.values():
            options.add(side)
            side.setVisible(side is self._side)
        options.add(FormRow(_("份数"), self.copies))
        options.body.addStretch(1)
        columns = Columns(self.preview, scrolled(options), stretch=(7, 2), fold_below=640)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.setSpacing(WIDE)
        box.addLayout(head)
        box.addWidget(columns, 1)

    def _connect(self) -> None:
        for side in self._sides.values():
            side.wanted.connect(self._make)
        self.back.clicked.connect(self.context.navigator.back)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.press.ended.connect(self._on_out)
        for keys, button in (("Ctrl+P", self.print_button), ("Ctrl+S", self.save_button)):
            QShortcut(QKeySequence(keys), self, button.click)
        QShortcut(
            QKeySequence("Esc"), self, self.back.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def _make(self) -> None:
        maker = self._side.maker()
        if maker is None:
            self._show_none(self._side.waiting_text())
            return
        # On the write lane: it may issue a receipt or spend numbers, after what is being saved now.
        self.context.tasks.run(maker, done=self._on_made, failed=self._on_failed, owner=self, lane="write")

    def _on_made(self, made: "Paper | Done[Paper]") -> None:
        paper = made.value if isinstance(made, Done) else made
        again = self._paper is not None and self._paper.record_id == paper.record_id
        self._paper = paper
        self._heading.setText(paper.title)
        self._about.setText(_about(paper))
        for button in (self.save_button, self.print_button):
            button.setEnabled(True)
        self.preview.show_sheets(sheets_of(paper), keep_place=again)
        self._side.show_paper(paper)

    def _on_failed(self, problem: Problem) -> None:
        self._show_none("\n".join(words for words in (problem.sentence, problem.way_out) if words))

    def _show_none(self, sentence: str) -> None:
        self._paper = None
        self._about.setText("")
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)
        self.preview.say(sentence)

    def _on_print(self) -> None:
        if self._paper is not None:
            self.press.print(self._paper, self.copies.value())

    def _on_save(self) -> None:
        if self._paper is not None:
            self.press.save(self._paper)

    def _on_out(self) -> None:
        """Draw a receipt again: the next one says that it is a reprint. Other papers stay as they are."""
        if self._side is self._sides["receipt"]:
            self._make()


_HEADINGS = {
    "receipt": "接待回执",
    "ledger": "接待选民登记簿",
    "blank": "空白登记表",
    "consultation": "法律咨询登记表",
}


def _about(paper: "Paper") -> str:
    parts = [
        paper.number,
        _("{pages} 页").format(pages=len(paper.images) or paper.pages),
        _("补打第 {n} 次").format(n=paper.reprint) if paper.reprint else "",
        paper.note,
    ]
    return " · ".join(part for part in parts if part)
