"""What matters now in one line beside the tabs, while the column that says it all has folded below them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desk.services.mediation.values import CaseCard, VerbView
from desk.text import _
from desk.ui.pages.mediation.list_view import CLOCK_TONES
from desk.ui.parts.pill import Pill


class NowLine(QWidget):
    """The most urgent clock, how many papers are missing, and the steps the case may take as a menu.

    Signals:
        wanted: the verb of a step.
        papers_wanted: the list of papers is to be shown.
    """

    wanted = Signal(str)
    papers_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock = Pill()
        self.papers, self.steps = QPushButton(), QPushButton(_("其他步骤 ▾"))
        self.steps.setAccessibleName(_("其他步骤"))
        for button in (self.papers, self.steps):
            button.setProperty("kind", "row")
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.steps.clicked.connect(self._offer)
        self.papers.clicked.connect(self.papers_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self.clock, self.papers, self.steps):
            line.addWidget(widget)
        self.hide()

    def show_card(self, card: CaseCard, verbs: Sequence[VerbView], main: str) -> None:
        """Show the case; the `main` step stands in the head and is left out."""
        urgent = card.clocks[0] if card.clocks else None
        self.clock.setVisible(urgent is not None)
        if urgent is not None:
            words = _("{what} {left}").format(what=urgent.label, left=urgent.left_text)
            self.clock.say(words, CLOCK_TONES.get(urgent.colour, "plain"))
            self.clock.setToolTip(urgent.until_text)
        missing = card.dossier.missing
        # As the card counts: the identity papers of all parties are one.
        words = _("缺 {n} 种文书").format(n=len({each.key for each in missing}))
        self.papers.setText(words)
        self.papers.setAccessibleName(words)
        self.papers.setToolTip("\n".join(each.label for each in missing))
        self.papers.setVisible(bool(missing))
        self.menu.clear()
        others = [each for each in verbs if each.verb != main]
        for each in others:
            action = self.menu.addAction(each.label, lambda verb=each.verb: self.wanted.emit(verb))
            action.setToolTip("\n".join(gap.sentence for gap in each.missing))
        self.steps.setVisible(bool(others))

    def _offer(self) -> None:
        self.menu.popup(self.steps.mapToGlobal(self.steps.rect().bottomLeft()))
