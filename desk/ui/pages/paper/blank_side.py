"""Blank F-50 forms with reserved numbers: how many, and which numbers they got."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSpinBox, QWidget

from desk.services.pads import MOST
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.paper.side import Make, Side
from desk.ui.parts.boxes import label
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.services.pads import PadNumber
    from desk.services.papers import Paper

_USUAL = 10


class BlankSide(Side):
    """Numbers are spent only when the button is pressed, never by looking."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.setValue(_USUAL)
        self.count.setSuffix(_(" 张"))
        self.count.setAccessibleName(_("空白表张数"))
        self.reserve = KeyButton(_("预留编号并生成"), kind="main")
        self.reserve.clicked.connect(self._on_reserve)
        self.reserved = label("", wrap=True)
        self._open = label("", "small", wrap=True)
        self._hint = label(
            _(
                "停电或外出走访时用。编号只在本机预留，用掉就不再给别的来访；填好的表拿回来，在来访接待里“补录”。"
            ),
            *("small",),
            wrap=True,
        )
        for widget in (
            *(FormRow(_("印几张"), self.count), self.reserve),
            *(self.reserved, self._open, self._hint),
        ):
            self.box.addWidget(widget)
        self._wanted = 0

    def begin(self, words: str) -> None:
        """Propose this many; "" keeps what stands there. Nothing is reserved yet."""
        self._wanted = 0
        self.reserved.setText("")
        if words.isdecimal():
            self.count.setValue(int(words))
        pads = self.context.services.pads
        self.context.tasks.run(pads.open, done=self._show_open, owner=self)
        self.count.setFocus()

    def maker(self) -> Make | None:
        """Return what reserves and draws, once and only after the button was pressed."""
        count, self._wanted = self._wanted, 0
        papers = self.context.services.papers
        return (lambda: papers.blank_forms(count)) if count else None

    def waiting_text(self) -> str:
        """What to do first."""
        return _("选好张数，按“预留编号并生成”，这里就显示要打印的空白登记表。")

    def show_paper(self, paper: "Paper") -> None:
        """Say which numbers were reserved."""
        self.reserved.setText(_("已预留编号：{number}").format(number=paper.number))
        self.context.tasks.run(self.context.services.pads.open, done=self._show_open, owner=self)

    def _show_open(self, pads: "Sequence[PadNumber]") -> None:
        words = _("已预留、还没补录的表：{count} 张（{first} 起）")
        self._open.setText(words.format(count=len(pads), first=pads[0].number) if pads else "")

    def _on_reserve(self) -> None:
        self._wanted = self.count.value()
        self.wanted.emit()
