"""没写进去的字: what was typed into a record that has ended since, to be read, copied and let go of."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from desk.services.laid_aside import LaidAside
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row, tell
from desk.ui.parts.key_hint import KeyButton

_MOST_LINES = 6
"""How many lines of text high the words are at most; more are scrolled."""
_AROUND = 21
"""Frame, padding and margin of the words, and the pixel Qt wants to spare."""


class LeftWords(QFrame):
    """One record after the other; hidden while there is none. Nothing goes unless a person says so.

    The page is in view all day: numbers are starred, and words of cases, consultations and safe visits come
    only for who asks, until the page is left.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setProperty("tone", "amber")
        self._context = context
        self._asides: tuple[LaidAside, ...] = ()
        self._looked_at: set[str] = set()
        self._head = label("", "strong", wrap=True)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(_("没有写进记录的字"))
        self.words.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.look = KeyButton(_("看内容"), kind="row")
        self.copy = KeyButton(_("复制"), kind="row")
        self.drop = KeyButton(_("不用留了"), kind="row")
        self.look.clicked.connect(self._on_look)
        self.copy.clicked.connect(self._on_copy)
        self.drop.clicked.connect(self._on_drop)
        top = row(gap=8)
        top.addWidget(self._head, 1)
        for button in (self.look, self.copy, self.drop):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 10, 8)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.words)
        self.hide()

    def load(self) -> None:
        """Ask what is left."""
        drafts = self._context.services.drafts
        self._context.tasks.run(drafts.laid_aside, done=self._show, owner=self, topic="left")
        # A look takes no hold that a save waits for.
        self._context.tasks.run(drafts.forget_what_stands, owner=self, lane="write", topic="stands")

    def hideEvent(self, event: QHideEvent) -> None:
        """Veil again what was asked for: whoever comes next asks anew."""
        super().hideEvent(event)
        self._looked_at.clear()
        self._paint()

    def _show(self, asides: Sequence[LaidAside]) -> None:
        self._asides = tuple(asides)
        # Veiled it holds one line: shown before it is painted, it would keep the room of the words.
        self._paint()
        self.setVisible(bool(asides))

    def _paint(self) -> None:
        if not self._asides:
            self.words.clear()
            return
        first, more = self._asides[0], len(self._asides) - 1
        in_view = not first.veiled or first.id in self._looked_at
        words = (
            _("{record}：下面的字写了一半，没有进记录。要用的请复制出来，或重新打开记录补上。")
            if in_view
            else _("{record}：有些字写了一半，没有进记录。旁边没有外人时再看。")
        )
        rest = _("后面还有 {n} 份。").format(n=more) if more else ""
        tell(self._head, words.format(record=first.title) + rest)
        self.look.setVisible(not in_view)
        self.words.setVisible(in_view)
        self.copy.setVisible(in_view)
        self.drop.setVisible(in_view and first.may_go)
        shown = _text(first.shown) if in_view else ""
        if shown != self.words.toPlainText():
            self.words.setPlainText(shown)
        self._fit()

    def _fit(self) -> None:
        """Make the words as high as their lines at this width, whole ones only."""
        # Counted as they are broken; those not laid out yet count as one.
        lines = min(max(round(self.words.document().size().height()), 1), _MOST_LINES)
        self.words.setFixedHeight(lines * ceil(QFontMetricsF(self.words.font()).lineSpacing()) + _AROUND)

    def _on_look(self) -> None:
        self._looked_at.add(self._asides[0].id)
        self._paint()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(_text(self._asides[0].lines))
        self._context.notices.info(_("已复制"))

    def _on_drop(self) -> None:
        first = self._asides[0]
        self._context.notices.ask(
            _("这些字以后不再显示，也找不回来。不留了吗？"),
            _("不留了"),
            _("还留着"),
            lambda: self._drop(first),
        )

    def _drop(self, shown: LaidAside) -> None:
        drafts = self._context.services.drafts
        self._context.tasks.run(
            lambda: drafts.let_go(shown.id, shown.saved_at),
            done=lambda _none: self.load(),
            owner=self,
            lane="write",
        )


def _text(lines: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{name}：{said}" for name, said in lines)
