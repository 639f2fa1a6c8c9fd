"""正在接待: who is here now, how far each is in the six ones, and the way back to the form."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk.services.visit_values import Counts, Visit
from desk.text import _
from desk.ui.conflict_marks import ConflictChip
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.card import Card
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.six_ones import SixDots

_SHOWN = 8
_COLUMNS = (20, 36, 0, 24, 10, 0)


def who(name: str, headcount: int) -> str:
    """Return a name, with the number of people when there are several."""
    return name if headcount < 2 else _("{who} 等 {n} 人").format(who=name, n=headcount)


def next_words(visit: Visit) -> str:
    """Return what is to be done next: the step at hand, 等候, or 回执已给，待补记."""
    if visit.state == "waiting":
        return _("等候")
    for light in visit.lights:
        if light.state == "now":
            # The step's name, unless its hint tells more than that it is being worked on.
            return light.hint if visit.receipt_printed and light.hint else light.label
    return ""


class OpenCard(Card):
    """The open visits as lines.

    Signals:
        opened: the id of the visit to go on with.
        wanted: a new visit is wanted.
    """

    opened = Signal(str)
    wanted = Signal()

    def __init__(self, chip: Callable[[], ConflictChip], parent: QWidget | None = None) -> None:
        """Args: `chip` makes the one that a line shows while its visit is in question."""
        super().__init__(_("正在接待"), parent=parent)
        self._chip = chip
        self._lines = QWidget()
        self._empty = EmptyState(
            _("现在没有人在接待"), _("来了人按 F2：姓名和一句事由，回车就有号。"), _("新来访"), "F2"
        )
        if self._empty.button is not None:
            self._empty.button.clicked.connect(self.wanted)
        self.add(self._lines)
        self.add(self._empty)

    def show_visits(self, visits: Sequence[Visit], counts: Counts) -> None:
        """Show who is here now."""
        words = _("{batches} 批 {people} 人次").format(batches=counts.batches, people=counts.people)
        self.set_aside(words if visits else "")
        self._empty.setVisible(not visits)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        for at, share in enumerate(_COLUMNS):
            grid.setColumnStretch(at, share)
        for line, visit in enumerate(visits[:_SHOWN]):
            self._add_line(grid, line * 2, visit)
        if len(visits) > _SHOWN:
            words = _("还有 {n} 批，按 Shift F2 轮换着看").format(n=len(visits) - _SHOWN)
            grid.addWidget(label(words, "label", wrap=True), _SHOWN * 2, 0, 1, len(_COLUMNS))
        self.body.replaceWidget(self._lines, fresh)
        fresh.setVisible(bool(visits))
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh

    def _add_line(self, grid: QGridLayout, at: int, visit: Visit) -> None:
        name = who(visit.name, visit.headcount)
        button = KeyButton(_("开始接待") if visit.state == "waiting" else _("继续"), kind="row")
        button.setAccessibleName(_("继续接待 {who}").format(who=name))
        button.clicked.connect(lambda: self.opened.emit(visit.id))
        chip = self._chip()
        chip.follow("visit", visit.id)
        subject = QWidget()
        subject.setLayout(row(label(visit.subject, "soft", wrap=True), chip, gap=6))
        texts = (
            label(name, "strong"),
            subject,
            SixDots(visit.lights),
            label(next_words(visit), "label", wrap=True),
            label(_("{n} 分钟").format(n=visit.minutes), "label"),
            button,
        )
        for column, widget in enumerate(texts):
            grid.addWidget(widget, at, column)
        grid.addWidget(rule(), at + 1, 0, 1, len(texts))
