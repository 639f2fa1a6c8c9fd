"""The levels of a deputy as lines to fill in: level, constituency or electing unit (ZD-02), in office."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desk.rules import labels
from desk.services.deputy_form import MandateForm, has_constituency
from desk.text import _
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField

_FIRST_LEVEL = 5  # most deputies of a town's station are the town's own


class MandateLines(QWidget):
    """One line per mandate; the person may add and take away lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[MandateLine] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.more = QPushButton(_("加一个层级"))
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self._on_more)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.setLayout(
            column(label(_("代表层级"), "label"), self._box, self._problem, row(self.more, None), gap=4)
        )

    def value(self) -> tuple[MandateForm, ...]:
        """Return what the lines say."""
        return tuple(line.value() for line in self.lines)

    def set_value(self, mandates: Sequence[MandateForm]) -> None:
        """Show these mandates, each in a line of its own."""
        for line in self.lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for mandate in mandates:
            self._add(mandate)

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the lines, "" for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _add(self, mandate: MandateForm) -> "MandateLine":
        line = MandateLine(mandate)
        line.dropped.connect(lambda: self._drop(line))
        self.lines.append(line)
        self._box.addWidget(line)
        return line

    def _on_more(self) -> None:
        self._add(MandateForm(_FIRST_LEVEL)).level.setFocus()

    def _drop(self, line: "MandateLine") -> None:
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.more.setFocus()


class MandateLine(QWidget):
    """One mandate. The field is named after what the level has: 选区 or 选举单位.

    Signals:
        dropped: the line is to be taken away.
    """

    dropped = Signal()

    def __init__(self, mandate: MandateForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mandate = mandate
        self.level = Combo(
            [(str(code), _("{level}级").format(level=word)) for code, word in labels.MANDATE_LEVEL.items()]
        )
        self.level.setAccessibleDescription(_("层级"))
        self.level.set_value(str(mandate.level))
        self.place = LineField("", limit=60)
        self.place.setText(mandate.place)
        self.active = QCheckBox(_("在任"))
        self.active.setChecked(mandate.active)
        self.drop = QPushButton(_("去掉"))
        self.drop.setProperty("kind", "link")
        self.drop.clicked.connect(self.dropped)
        self.level.activated.connect(lambda _index: self._name_place())
        first = row(gap=8)
        first.addWidget(self.level)
        first.addWidget(self.place, 1)
        self.setLayout(column(first, row(self.active, None, self.drop, gap=8), gap=2))
        # Nothing may be pressed together where a sentence below takes more room.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name_place()

    def value(self) -> MandateForm:
        """Return what the line says."""
        return MandateForm(
            level=int(self.level.value()),
            place=self.place.value(),
            id=self._mandate.id,
            term=self._mandate.term,
            active=self.active.isChecked(),
        )

    def _name_place(self) -> None:
        direct = has_constituency(int(self.level.value()))
        words = _("选区") if direct else _("选举单位")
        self.place.setAccessibleName(words)
        self.place.setPlaceholderText(_("选区，如第 3 选区") if direct else _("选举单位，如示例县人大"))
        self.drop.setAccessibleName(_("去掉{level}").format(level=self.level.currentText()))
