"""The head of a case: its title, its state in a word, number and committee, and the one main step."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desk.services.mediation.values import CaseCard
from desk.text import _
from desk.ui.pages.mediation.list_view import STATE_TONES
from desk.ui.parts.boxes import column, label, one_layout, row
from desk.ui.parts.fields import dotted
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill

_TITLE = 14


class CaseHead(QWidget):
    """Title and badge on the left, save and the main step on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "title")
        self._badge = Pill()
        self._number = label("", "label", wrap=True)
        self.save = KeyButton(_("保存"), "Ctrl S")
        self.number = KeyButton(_("编案号"), kind="row")
        self.papers = KeyButton(_("卷宗 ▾"))
        self.papers.setAccessibleName(_("卷宗：打印文书"))
        self.main = KeyButton("", "Ctrl Enter", "main")
        # Until the case is read there is nothing to print or do, and its words still move these buttons away.
        for verb in (self.papers, self.main):
            verb.setEnabled(False)
        self._line = line = row(self._title, self._badge, gap=12)
        line.addWidget(self._number, 1)
        line.addStretch()
        line.addWidget(self.number)
        line.addWidget(self.save)
        line.addWidget(self.papers)
        line.addWidget(self.main)
        self._whole = column(line, gap=4)
        self.setLayout(self._whole)

    def hang(self, chip: QWidget) -> None:
        """Take a chip in beside the title."""
        self._line.insertWidget(1, chip)

    def show_card(self, card: CaseCard, main: str) -> None:
        """Show the case; `main` are the words of its main step, "" for none."""
        with one_layout(self):
            self._show(card, main)

    def _show(self, card: CaseCard, main: str) -> None:
        self._title.setText(dotted(card.title, _TITLE))
        self._title.setToolTip(card.title)
        self._badge.say(card.badge, STATE_TONES.get(card.state, "plain"))
        parts = [card.case_no or card.number, card.committee_name or _("未定调委会"), _origin(card)]
        parts.append(card.number_note)
        self._number.setText(" · ".join(part for part in parts if part))
        self.number.setVisible(card.accepted_on is not None and not card.case_no)
        self.papers.setEnabled(True)
        self.main.setEnabled(True)
        self.main.setText(main)
        self.main.setAccessibleName(main)
        self.main.setVisible(bool(main))

    def say_dirty(self, *, dirty: bool) -> None:
        """Let what is typed be saved."""
        self.save.setVisible(dirty)

    def event(self, event: QEvent) -> bool:
        """Find the place of the number beside other words and buttons, and at another text size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_number()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the place of the number at another width."""
        super().resizeEvent(event)
        self._place_number()

    def _place_number(self) -> None:
        """Give number and committee a line of their own where beside the title they would take three."""
        line, number = self._line, self._number
        items = [line.itemAt(at).widget() for at in range(line.count())]
        others = [each for each in items if each is not None and each is not number and not each.isHidden()]
        room = self.width() - sum(each.sizeHint().width() + line.spacing() for each in others)
        beside = room > 0 and number.heightForWidth(room) < 3 * number.fontMetrics().lineSpacing()
        if beside == (line.indexOf(number) >= 0):
            return
        if beside:
            line.insertWidget(line.indexOf(self._badge) + 1, number, 1)
        else:
            line.removeWidget(number)
            self._whole.addWidget(number)


def _origin(card: CaseCard) -> str:
    """Return what the case came of: a consultation, or a visit; "" for one registered here."""
    if card.consultation_number:
        return _("来自咨询 {number}").format(number=card.consultation_number)
    return _("来自来访 {number}").format(number=card.visit_number) if card.visit_number else ""
