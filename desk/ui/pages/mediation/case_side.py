"""The right column of a case: its time line, its papers with what is missing, and the steps it may take."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desk import clock
from desk.services.mediation.values import Clock, DossierRow, DossierView, TimelineEntry, VerbView
from desk.text import _
from desk.ui.pages.mediation.list_view import CLOCK_TONES
from desk.ui.parts.boxes import column, label, one_layout, row, swap, together
from desk.ui.parts.card import Card
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.pill import Pill

_SHOWN = 5
_ONE_LINE = 15  # letters that stand beside a label and a day
HAVE, LACK = "✓", "✗"


class TimeCard(Card):
    """时间: what happened, and what is still to come, with the clocks that run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("时间"), parent=parent)
        self._shown: object = None
        self._inside = QWidget()
        self.add(self._inside)

    def show_entries(self, entries: Sequence[TimelineEntry], clocks: Sequence[Clock]) -> None:
        """Show the entries in their order; a clock's colour stands beside its word."""
        if self._shown == (entries, clocks, clock.today()):
            return
        self._shown = (entries, clocks, clock.today())
        urgent = {each.key: each for each in clocks if each.colour}
        fresh = QFrame()
        fresh.setProperty("role", "timeline")
        box = column(gap=2)
        box.setContentsMargins(14, 0, 0, 0)
        told = [each for each in entries if not each.upcoming]
        if len(told) > _SHOWN:
            words = _("更早的 {n} 条在各页签里").format(n=len(told) - _SHOWN)
            box.addWidget(label(words, "label"))
        for entry in (*told[-_SHOWN:], *(each for each in entries if each.upcoming)):
            line = row(label(entry.label, "strong"), label(_day(entry), "label"), gap=6)
            found = urgent.get(entry.key) if entry.upcoming else None
            if found is not None:
                line.addWidget(Pill(found.left_text, CLOCK_TONES[found.colour]))
            short = found is None and len(entry.text) <= _ONE_LINE
            if short:
                line.addWidget(label(entry.text, "soft"))
            line.addStretch(1)
            box.addLayout(line)
            if entry.text and found is None and not short:
                box.addWidget(label(together(entry.text, _("（含当日）")), "soft", wrap=True))
            box.addSpacing(3)
        fresh.setLayout(box)
        self._inside = swap(self.body, self._inside, fresh)


class PapersCard(Card):
    """卷宗: which papers are there, which are missing, and those that only some cases have.

    Signals:
        opened: the list of papers is to be shown in full.
    """

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("卷宗"), parent=parent)
        self._shown: DossierView | None = None
        self._inside = QWidget()
        self.add(self._inside)

    def show_dossier(self, dossier: DossierView) -> None:
        """Show the list."""
        if dossier == self._shown:
            return
        self._shown = dossier
        self.set_aside(dossier.summary)
        fresh = QWidget()
        box = column(gap=5)
        must = [each for each in dossier.rows if each.need == "must"]
        there = [each for each in must if each.present]
        if there:
            box.addWidget(_words(there, HAVE, ""))
        missing = [each for each in must if not each.present]
        if missing:
            box.addWidget(_words(missing, LACK, "problem"))
        others = [each for each in dossier.rows if each.need != "must"]
        if others:
            named = [f"{each.label}\u00a0{HAVE}" if each.present else each.label for each in others]
            text = "　".join(together(each, each) for each in named)
            box.addWidget(label(_("按需：{papers}").format(papers=text), "label", wrap=True))
        fresh.setLayout(box)
        self._inside = swap(self.body, self._inside, fresh)


class StepsCard(Card):
    """下一步: a button for each step the case may take now; what it still needs stands in its tool tip.

    Signals:
        wanted: the verb of the button.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("下一步"), parent=parent)
        self.buttons: dict[str, QPushButton] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=8)
        self.add(self._holder)

    def show_verbs(self, verbs: Sequence[VerbView], main: str) -> None:
        """Show a button for each but the `main` one, which stands in the head."""
        with one_layout(self._holder):
            self._show([each for each in verbs if each.verb != main])
        self.setVisible(bool(self.buttons))

    def _show(self, verbs: Sequence[VerbView]) -> None:
        self._flow.clear()
        self.buttons = {}
        for each in verbs:
            button = QPushButton(each.label, self._holder)
            button.setProperty("kind", "row")
            lacking = [gap.sentence for gap in each.missing]
            button.setToolTip("\n".join(lacking))
            button.setAccessibleDescription(
                _("还差：{what}").format(what="".join(lacking)) if lacking else ""
            )
            button.clicked.connect(lambda _on=False, verb=each.verb: self.wanted.emit(verb))
            self.buttons[each.verb] = button
            self._flow.addWidget(button)
            button.show()


def _words(rows: Sequence[DossierRow], sign: str, role: str) -> QWidget:
    # A paper stays whole with its sign where the line breaks.
    named = [f"{sign}\u00a0{each.label}" for each in rows]
    return label("　".join(together(each, each) for each in named), role, wrap=True)


def _day(entry: TimelineEntry) -> str:
    day = entry.day
    words = f"{day:%m-%d}" if day.year == clock.today().year else f"{day:%Y-%m-%d}"
    return _("截至 {day}").format(day=words) if entry.upcoming else words
