"""核对回执: scan or type what stands on a receipt and hear whether it is true, with no network."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import Problem
from desk.rules.width import half_width
from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.parts.boxes import WIDE, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill

if TYPE_CHECKING:
    from desk.services.receipts import ReceiptCheck

_LONGEST = 400  # a code is some 180 signs

_VERDICTS = {"true": ("真回执", "green"), "false": ("假回执", "red"), "unknown": ("核对不了", "amber")}


class CheckReceiptPage(Page):
    """One field, one answer; the field is ready for the next scan at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.field = LineField(
            _("回执上的码或查询号"), limit=_LONGEST, hint=_("扫码，或输入 9 位查询号，如 4071 8826 3")
        )
        self.row = FormRow(_("回执上的码或查询号"), self.field)
        self.check = KeyButton(_("核对"), "Enter", "main")
        self.back = KeyButton(_("返回"), "Esc")
        self.verdict = Pill()
        self.sentence = label("", "subtitle", wrap=True)
        self.asked = label("", "label", wrap=True)
        self._answer = Card()
        self._lay_out()
        self.check.clicked.connect(self._ask)
        self.field.returnPressed.connect(self._ask)
        self.back.clicked.connect(context.navigator.back)
        self.setFocusProxy(self.field)
        QShortcut(
            QKeySequence("Esc"), self, self.back.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    @property
    def title(self) -> str:
        """核对回执."""
        return _("核对回执")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "用扫码枪扫回执上的码，或输入查询号后按 Enter。\n"
            "本县各站开出的回执，断网也能核对真假；查询号只认得本站开出的。\n"
            "扫码枪没反应时，先把输入法切到英文。"
        )

    def load(self) -> None:
        """Be ready for a scan."""
        self._answer.hide()
        self.row.set_problem("")
        self.field.clear()
        self.field.setFocus()

    def _lay_out(self) -> None:
        head = row(label(_("核对回执"), "title"), None, self.back, gap=10)
        ask = Card()
        ask.add(self.row)
        hint = label(_("不联网也能核对。扫出来的码带签名，改过一个字都会被认出来。"), "small", wrap=True)
        line = row(self.check, gap=12)
        line.addWidget(hint, 1)
        ask.add(line)
        self._answer.add(row(self.verdict, None))
        self._answer.add(self.sentence)
        self._answer.add(self.asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.setSpacing(WIDE)
        box.addLayout(head)
        box.addWidget(ask)
        box.addWidget(self._answer)
        box.addStretch(1)
        self._answer.hide()

    def _ask(self) -> None:
        # A scanner types through the input method, which may make its signs wide.
        text, receipts = half_width(self.field.value()), self.context.services.receipts
        self.row.set_problem("" if text else _("请先扫码或输入查询号"))
        if text:
            self.context.tasks.run(
                lambda: receipts.check(text), done=self._show, failed=self._on_failed, owner=self
            )

    def _show(self, found: "ReceiptCheck") -> None:
        words, tone = _VERDICTS[found.verdict.value]
        self.verdict.say(_(words), tone)
        self.sentence.setText(found.sentence)
        asked = self.field.value()
        self.asked.setText(_("核对的是：{text}").format(text=asked if len(asked) < 40 else asked[:36] + "…"))
        self._answer.show()
        self._ready()
        self._speak(f"{words}。{found.sentence}")

    def _on_failed(self, problem: Problem) -> None:
        self._answer.hide()
        sentence = f"{problem.sentence}{problem.way_out}"
        self.row.set_problem(sentence)
        self._ready()
        self._speak(sentence)

    def _ready(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _speak(self, words: str) -> None:
        """Let a screen reader say the answer, which stands outside the field in focus."""
        self.sentence.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self.sentence, QAccessible.Event.Alert))
