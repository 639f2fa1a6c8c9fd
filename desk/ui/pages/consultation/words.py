"""The lower part of form F-40: what is asked, the answer that opens after the check, its sources, the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.consultation.forms import CitationForm
from desk.services.consultation.values import ConsultationFrame
from desk.text import _
from desk.ui.parts.bound import Binder, Bound
from desk.ui.parts.boxes import label, row, swap, tell
from desk.ui.parts.chips import Chips
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.key_hint import KeyButton


class WordsPart(QWidget):
    """咨询事项, 解答意见 and 法律依据 in the order of the paper."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        question = FormRow(_("咨询事项"), LongField(_("咨询事项"), lines=2), needed=True)
        self._answer = LongField(_("解答意见"), lines=3)
        self._row = FormRow(_("解答意见"), self._answer, needed=True)
        self.basis = BasisPart()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(7)
        box.addWidget(binder.words("question", question), 2)
        box.addWidget(binder.words("answer", self._row), 3)
        box.addWidget(self.basis)
        binder.other(
            "citations", Bound(self.basis.add, self.basis.value, self.basis.set_value, self.basis.say)
        )
        self.basis.edited.connect(lambda: binder.edited.emit("citations"))
        self.open_answer(on=False, hit=False)

    def open_answer(self, *, on: bool, hit: bool) -> None:
        """Let the answer be written, or say when it may (FL-11)."""
        self._answer.setReadOnly(not on)
        self._answer.setPlaceholderText(
            "" if on else _("换解答人后可填写") if hit else _("利益冲突检查后可填写")
        )


class BasisPart(QWidget):
    """法律依据: the articles cited, each with a way to take it away.

    Signals:
        edited: the list changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add = KeyButton(_("＋ 条文"), "Alt L")
        self._words: dict[CitationForm, str] = {}
        self._cited: tuple[CitationForm, ...] = ()
        self._lines = QWidget()
        self._hint = label(_("从本站条文库选取，或录入名称与条号"), "label", wrap=True)
        self._problem = label("", "problem", wrap=True)
        line = row(self.add, gap=12)
        line.addWidget(self._hint, 1)
        # The button keeps its width when the hint is gone.
        line.addStretch(0)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addWidget(label(_("法律依据"), "label"))
        self._box.addWidget(self._lines)
        self._box.addLayout(line)
        self._box.addWidget(self._problem)
        self._problem.hide()
        self._lines.hide()

    def show_words(self, words: Mapping[CitationForm, str]) -> None:
        """Say how citations read."""
        self._words |= words
        self._paint()

    def value(self) -> tuple[CitationForm, ...]:
        """Return what is cited."""
        return self._cited

    def set_value(self, cited: Sequence[CitationForm]) -> None:
        """Show what is cited without saying so."""
        self._cited = tuple(cited)
        self._paint()

    def cite(self, cited: CitationForm) -> None:
        """Add one article, once."""
        if cited not in self._cited:
            self._cited = (*self._cited, cited)
            self._paint()
            self.edited.emit()

    def say(self, sentence: str) -> None:
        """Say what is wrong below the list."""
        tell(self._problem, sentence)

    def _paint(self) -> None:
        fresh = QWidget()
        lines = QVBoxLayout(fresh)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        for cited in self._cited:
            words = self._words.get(cited, cited.title or _("条文"))
            drop = small_button(_("去掉"), _("去掉 {words}").format(words=words))
            drop.clicked.connect(lambda _on=False, each=cited: self._drop(each))
            line = row(gap=8)
            line.addWidget(label(words, wrap=True), 1)
            line.addWidget(drop)
            lines.addLayout(line)
        self._lines = swap(self._box, self._lines, fresh)
        fresh.setVisible(bool(self._cited))
        self._hint.setVisible(not self._cited)

    def _drop(self, cited: CitationForm) -> None:
        self._cited = tuple(each for each in self._cited if each is not cited)
        self._paint()
        self.edited.emit()
        self.add.setFocus()


class EndPart(QWidget):
    """处理: what was done; `where` says where somebody was sent, with a note beside it."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._binder = binder
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._holder = QWidget()
        self._line = row(label(_("处理") + " *", "label"), gap=10)
        self._line.addWidget(self._holder, 1)
        self._problem = label("", "problem", wrap=True)
        self._box.addLayout(self._line)
        self._box.addWidget(self._problem)
        self._problem.hide()
        to = binder.line("referred_to", FormRow(_("去哪里"), LineField(_("去哪里"), limit=120)))
        note = binder.line("disposition_note", FormRow(_("说明"), LineField(_("处理说明"), limit=200)))
        self.where = QWidget()
        self.where.setLayout(row(to, note, gap=10))
        self.chips: Chips | None = None

    def set_frame(self, frame: ConsultationFrame) -> None:
        """Offer what may be done; once, since the codes are the program's own."""
        if self.chips is not None:
            return
        choices = [(each.code, each.label) for each in frame.choices["disposition"]]
        self.chips = Chips(_("处理"), choices)
        self._line.replaceWidget(self._holder, self.chips)
        self._holder.deleteLater()
        self._binder.chips("disposition", self.chips, [choices[0][0]], self._say)
        self._binder.other("disposition", replace(self._binder.fields["disposition"], paint=self._paint))

    def limit(self, allowed: Sequence[str]) -> None:
        """Let only what the topics and ways taken allow be chosen (MED-20, 21)."""
        if self.chips is None:
            return
        self.chips.button("mediation").setEnabled("mediation" in allowed)

    def _paint(self, code: str) -> None:
        if self.chips is not None:
            self.chips.set_value(code)

    def _say(self, sentence: str) -> None:
        tell(self._problem, sentence)
