"""Choices for a receipt: which paper it goes on, remembered on this PC."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk.settings import RECEIPT_PAPER
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.paper.side import Make, Side
from desk.ui.parts.boxes import label
from desk.ui.parts.chips import Chips
from desk.ui.preview.job_list import JobList

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.papers import Paper


class ReceiptSide(Side):
    """A5 for a page printer, 80 or 58 mm for a thermal one; and what has become of this receipt so far."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._visit_id = ""
        choices = [("A5", _("A5 纸")), ("80", _("80 毫米卷纸")), ("58", _("58 毫米卷纸"))]
        self.paper = Chips(_("回执纸张"), choices)
        self.paper.chosen.connect(self._on_chosen)
        self.hint = label("", "small", wrap=True)
        self.jobs = JobList(context)
        self.box.addWidget(label(_("纸张"), "label"))
        self.box.addWidget(self.paper)
        self.box.addWidget(self.hint)
        self.box.addWidget(self.jobs)

    def begin(self, words: str) -> None:
        """Begin with the receipt of this visit."""
        self._visit_id = words

    def maker(self) -> Make:
        """Return what issues the receipt, if it is not yet, and draws it."""
        services, visit_id, chosen = self.context.services, self._visit_id, self.paper.value()

        def make() -> "Done[Paper]":
            return services.papers.receipt(visit_id, chosen or services.settings.get(RECEIPT_PAPER))

        return make

    def show_paper(self, paper: "Paper") -> None:
        """Mark the paper it was made for, and ask for its lines in the ledger."""
        self.paper.set_value({384: "58", 576: "80"}.get(_dots(paper), "A5"))
        self.hint.setText(
            _("两条：一条给来访人，一条是存根，请来访人在存根上签名。")
            if paper.images
            else _("两页：一页给来访人，一页是存根，请来访人在存根上签名。")
        )
        self.jobs.show_record(paper.record_id)

    def _on_chosen(self, code: str) -> None:
        settings = self.context.services.settings
        self.context.tasks.run(lambda: settings.set(RECEIPT_PAPER, code), owner=self, lane="write")
        self.wanted.emit()


def _dots(paper: "Paper") -> int:
    """Return how many dots wide a strip is: a PNG says so in its bytes 16 to 20."""
    return int.from_bytes(paper.images[0][16:20], "big") if paper.images else 0
