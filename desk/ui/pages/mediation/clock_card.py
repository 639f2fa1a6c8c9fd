"""The clocks of a case: what is left, making the term longer, stopping and starting it (MED-24, DL-07)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.services.mediation.values import CaseCard, Clock, ExtensionView
from desk.text import _
from desk.ui.pages.mediation.fields import Ticks
from desk.ui.pages.mediation.party_choices import party_choices
from desk.ui.parts.boxes import column, label, row, swap, tell
from desk.ui.parts.card import Card
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill

_TONES = {"red": "red", "yellow": "amber", "white": "plain"}


class ClockCard(Card):
    """One line a clock, and the verbs that change the mediation's own term.

    Signals:
        asked: a verb of a service and the sentence said when it is done.
    """

    asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("期限"), parent=parent)
        self._case_id = ""
        self._parties: dict[str, str] = {}
        self._lines = QWidget()
        self._shown: object = None
        self._who = Ticks(_("同意延期的当事人"), [])
        self.reason = LineField(_("延期或中止的原因"), limit=200, hint=_("原因"))
        self.day = DayField(_("从哪天中止，或到哪天恢复"))
        self.extend = KeyButton(_("延长期限"), kind="row")
        self.pause = KeyButton(_("中止计时"), kind="row")
        self.resume = KeyButton(_("恢复计时"), kind="row")
        self._problem = label("", "problem", wrap=True)
        self.add(self._lines)
        self._change = QWidget()
        self._consent = row(label(_("同意延期：")), gap=8)
        self._consent.addWidget(self._who, 1)
        line = row(gap=8)
        line.addWidget(self.reason, 3)
        line.addWidget(self.day, 1)
        for button in (self.extend, self.pause, self.resume):
            line.addWidget(button)
        self._change.setLayout(column(self._consent, line, self._problem, gap=6))
        self._problem.hide()
        self.add(self._change)
        self.extend.clicked.connect(self._on_extend)
        self.pause.clicked.connect(self._on_pause)
        self.resume.clicked.connect(self._on_resume)

    def show_card(self, card: CaseCard) -> None:
        """Show what runs."""
        self._case_id = card.id
        running = next((each for each in card.clocks if each.key == "mediation"), None)
        shown = (card.clocks, card.extensions)
        if shown != self._shown:
            self._shown = shown
            self._lines = swap(self.body, self._lines, _lines(card))
        self._change.setVisible(running is not None)
        self.setVisible(bool(card.clocks or card.extensions))
        self.extend.setVisible(not any(each.kind == "extension" for each in card.extensions))
        paused = running is not None and running.paused
        self.pause.setVisible(not paused)
        self.resume.setVisible(paused)
        self._offer(card)

    def mark(self, sentence: str) -> None:
        """Say what is missing."""
        tell(self._problem, sentence)

    def _offer(self, card: CaseCard) -> None:
        """Offer the parties; who is ticked stays while they are the same."""
        parties = {each.code: each.label for each in party_choices(card.parties)}
        if parties == self._parties:
            return
        self._parties = parties
        who = Ticks(_("同意延期的当事人"), list(parties.items()))
        self._who = swap(self._consent, self._who, who)

    def _on_extend(self) -> None:
        case_id, who, why = self._case_id, self._who.value(), self.reason.value()
        names = _("、").join(box.text() for box in self._who.boxes.values() if box.isChecked())
        self.asked.emit(
            lambda services: services.mediation.steps.extend(case_id, names, who, why), _("期限已延长。")
        )

    def _on_pause(self) -> None:
        case_id, why, on = self._case_id, self.reason.value(), self.day.day()
        if self._is_wrong_day():
            return
        self.asked.emit(lambda services: services.mediation.steps.pause(case_id, why, on), _("已中止计时。"))

    def _on_resume(self) -> None:
        case_id, on = self._case_id, self.day.day()
        if self._is_wrong_day():
            return
        self.asked.emit(lambda services: services.mediation.steps.resume(case_id, on), _("已恢复计时。"))

    def _is_wrong_day(self) -> bool:
        """Say that the day cannot be read, if so: it would be taken for today."""
        problem = day_problem(self.day.text())
        self.mark(problem)
        if problem:
            self.day.setFocus()
        return bool(problem)


def _lines(card: CaseCard) -> QWidget:
    fresh = QWidget()
    box = column(gap=5)
    for clock in card.clocks:
        box.addLayout(_line(clock))
    for each in card.extensions:
        box.addWidget(label(_words(each), "label", wrap=True))
    fresh.setLayout(box)
    return fresh


def _line(clock: Clock) -> QHBoxLayout:
    tone = _TONES.get(clock.colour)
    left = Pill(clock.left_text, tone) if tone else label(clock.left_text)
    line = row(label(clock.label, "strong"), left, gap=10)
    line.addWidget(label(clock.until_text, "label", wrap=True), 1)
    return line


def _words(each: ExtensionView) -> str:
    if each.kind == "pause":
        first = f"{each.from_on:%m-%d}" if each.from_on is not None else ""
        last = f"{each.until_on:%m-%d}" if each.until_on is not None else _("现在")
        return _("中止 {first} 至 {last}：{why}").format(first=first, last=last, why=each.reason)
    return _("延长 {n} 天，{who}申请或同意。{why}").format(n=each.days, who=each.asked_by, why=each.reason)
