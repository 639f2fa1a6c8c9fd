"""The right column: 期限提示, 法律援助, 告知; and in their place, while one cites, the statutes."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk.services.consultation.advice import AidQuestion
from desk.services.consultation.values import AidView, Choice, ConsultationFrame, HintView
from desk.text import _
from desk.ui.pages.consultation.cite_card import CiteCard
from desk.ui.parts.bound import Binder
from desk.ui.parts.boxes import WIDE, label, row, swap, tell
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.flow import FlowLayout

_LOOKS = {"expired": "problem", "undated": "soft"}
_ASKED = (
    ("no_income", "没有固定生活来源"),
    ("relief", "社会救助、司法救助或者优抚对象"),
    ("urgent_measures", "急需保全或者先予执行"),
)
"""What else decides the way (FL-04, FL-07), by the names of `AidQuestion`."""
_HARDSHIP = (("unknown", "经济困难：未说明"), ("yes", "经济困难：是"), ("no", "经济困难：否"))


class SideColumn(QWidget):
    """Three cards, or the statutes while citing."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hints = HintCard()
        self.aid = AidCard(binder)
        self.notice = NoticeCard(binder)
        self.cite = CiteCard()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(WIDE - 4)
        for card in (self.cite, self.hints, self.aid, self.notice):
            box.addWidget(card)
        box.addStretch(1)
        self.cite.hide()

    def show_statutes(self, *, on: bool) -> None:
        """Show the statutes in place of the cards, or put them away."""
        self.cite.setVisible(on)
        for card in (self.hints, self.aid):
            card.setVisible(not on)
        if on:
            self.cite.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.cite.field.selectAll()


class HintCard(Card):
    """期限提示: until when, from what, by which article (FL-13)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("期限提示"), parent=parent)
        self._lines = QWidget()
        self._empty = label(_("填写类别和知道受损的日期，就算出到哪一天。"), "label", wrap=True)
        self.add(self._lines)
        self.add(self._empty)

    def show_hints(self, hints: Sequence[HintView], problem: str = "") -> None:
        """Show the hints, or the sentence that says which date cannot be."""
        fresh = QWidget()
        box = QVBoxLayout(fresh)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        for hint in hints:
            line = row(label(hint.label), gap=10)
            line.addWidget(label(hint.text, _LOOKS.get(hint.state, "strong"), wrap=True), 1)
            box.addLayout(line)
            for note in hint.notes:
                box.addWidget(label(note, "small", wrap=True))
            box.addWidget(label(hint.article, "small", wrap=True))
        self._lines = swap(self.body, self._lines, fresh)
        fresh.setVisible(bool(hints))
        self._empty.setVisible(not hints)
        self._empty.setText(problem or _("填写类别和知道受损的日期，就算出到哪一天。"))


class AidCard(Card):
    """法律援助: whether and where to apply, what to bring, by when it is decided (FL-02…08).

    Signals:
        asked: the matter or what was asked about hardship changed.
    """

    asked = Signal()

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(_("法律援助"), parent=parent)
        self._matter = Combo([("", _("按类别"))])
        self._matter.setAccessibleDescription(_("法律援助事项"))
        self.hardship = Combo([(code, _(words)) for code, words in _HARDSHIP])
        self._words = label("", "soft", wrap=True)
        self._told = QCheckBox(_("已告知可以申请"))
        self.ticks = {name: QCheckBox(_(words)) for name, words in _ASKED}
        self._asked = QWidget()
        flow = FlowLayout(self._asked, gap=10)
        for tick in self.ticks.values():
            tick.setAccessibleName(tick.text())
            tick.toggled.connect(lambda _on: self.asked.emit())
            flow.addWidget(tick)
        self.add(self._words)
        self.add(self._matter)
        self.add(self.hardship)
        self.add(self._asked)
        self.add(self._told)
        binder.combo("aid_class", self._matter, lambda _text: None, self._paint)
        binder.tick("aid_told", self._told)
        self.hardship.currentIndexChanged.connect(self.asked)

    def answers(self) -> AidQuestion:
        """Return what the visitor said besides the form; none of it is kept."""
        ticked = {name: tick.isChecked() for name, tick in self.ticks.items()}
        return AidQuestion(hardship=self.hardship.value(), **ticked)  # type: ignore[arg-type]  # its codes

    def forget(self) -> None:
        """Take back what somebody else said; nobody is told."""
        for widget in (self.hardship, *self.ticks.values()):
            widget.blockSignals(True)
        self.hardship.set_value("unknown")
        for tick in self.ticks.values():
            tick.setChecked(False)
        for widget in (self.hardship, *self.ticks.values()):
            widget.blockSignals(False)

    def set_matters(self, matters: Sequence[Choice]) -> None:
        """Offer the matters, those likely by topic first."""
        self._matter.set_choices([("", _("按类别")), *((each.code, each.label) for each in matters)])

    def show_aid(self, view: AidView) -> None:
        """Show the way, or that there is none by law."""
        self.set_aside(view.title)
        self._words.setText("\n".join(view.sentences))
        self._told.setVisible(view.may_apply)
        asks = view.may_apply or view.title not in ("", _("本类不在法定范围"))
        self.hardship.setVisible(asks)
        self._asked.setVisible(asks)
        self.ticks["no_income"].setVisible(view.asks_income)

    def _paint(self, code: str) -> None:
        if code and self._matter.findData(code) < 0:
            self._matter.addItem(code, code)
        self._matter.set_value(code)


class NoticeCard(Card):
    """告知: what an oral answer is not (FL-14), and how personal data is used (PI-03)."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(_("告知"), parent=parent)
        self._disclaimer = label("", "soft", wrap=True)
        self._notice = label("", "small", wrap=True)
        self.told = QCheckBox(_("已告知"))
        self.told.setAccessibleName(_("已告知不构成法律意见"))
        self.privacy = QCheckBox(_("已告知个人信息处理事项"))
        self._problems: dict[str, str] = {}
        self._problem = label("", "problem", wrap=True)
        ticks = QWidget()
        # Both in one line where they fit: with the words around them they stay in view.
        flow = FlowLayout(ticks, gap=12)
        for tick in (self.told, self.privacy):
            flow.addWidget(tick)
        for widget in (self._disclaimer, self._notice, ticks, self._problem):
            self.add(widget)
        self._problem.hide()
        for name, box in (("disclaimer_ack", self.told), ("notice_told", self.privacy)):
            binder.tick(name, box, partial(self._say, name))

    def set_frame(self, frame: ConsultationFrame) -> None:
        """Show the words of the profile."""
        self._disclaimer.setText(frame.disclaimer)
        self._notice.setText(frame.notice_short)

    def _say(self, name: str, sentence: str) -> None:
        self._problems[name] = sentence
        words = "".join(self._problems.values())
        tell(self._problem, words)
