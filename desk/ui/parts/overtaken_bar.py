"""Tells that a record was changed elsewhere while its form is open, and asks which value holds."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desk.rules.three_way import Path
from desk.services.overtaken import Overtaken, Overtaking
from desk.text import _
from desk.ui.parts.boxes import label, tell

_MOST_LINES: Final = 9
"""How many lines of text high the questions are at most; more are scrolled."""


class OvertakenBar(QFrame):
    """One line for each field both sides changed, with both values; hidden while there is nothing to tell.

    Signals:
        answered: every line has its answer; the record as it stands, and the paths where that holds.
    """

    answered = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setProperty("tone", "amber")
        self.choices: dict[Path, tuple[QPushButton, QPushButton]] = {}
        self.lines: list[QWidget] = []
        self._problem: Overtaken | None = None
        self._waiting: set[Path] = set()
        self._yielding: set[Path] = set()
        self._words = label("", wrap=True)
        self.close_button = _button(_("知道了"), _("知道了"))
        self.close_button.clicked.connect(self.hide)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._area = _Area()
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 10, 6)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self._area)
        self._area.hide()
        self.hide()

    def words(self) -> str:
        """Return what is told, "" while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str) -> None:
        """Tell something that asks for no answer; a question that is open stays."""
        if self._problem is None:
            tell(self._words, words)
            self.close_button.show()
            self.setVisible(bool(words))

    def ask(self, problem: Overtaken) -> None:
        """Ask for each field which value holds."""
        self.clear()
        self._problem = problem
        self._waiting = {each.path for each in problem.fields}
        tell(self._words, _("这几处在您填写时已由别处改过，选定用哪个再存；您填的都还在。"))
        self.close_button.hide()
        for each in problem.fields:
            line = self._line(each)
            self.lines.append(line)
            self._area.box.addWidget(line)
        self._area.show()
        self.show()
        self._area.fit()
        first = next(iter(self.choices.values()), None)
        if first is not None:
            first[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Tell and ask nothing more."""
        self._problem = None
        self._waiting, self._yielding = set(), set()
        self.choices = {}
        for line in self.lines:
            self._area.box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        self._area.hide()
        self.hide()

    def _line(self, each: Overtaking) -> QWidget:
        made = QWidget()
        mine = _button(_("用我填的"), _("{what}：用我填的").format(what=each.what))
        theirs = _button(_("用现在的"), _("{what}：用现在的").format(what=each.what))
        words = _("{what}：您填的是“{mine}”，现在是“{theirs}”")
        said = words.format(what=each.what, mine=each.mine, theirs=each.theirs)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(said, wrap=True), 1)
        for button, yields in ((mine, False), (theirs, True)):
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_answer, each.path, yields))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.choices[each.path] = (mine, theirs)
        return made

    def _on_answer(self, path: Path, yields: bool, _checked: bool = False) -> None:
        for button, chosen in zip(self.choices[path], (not yields, yields), strict=True):
            button.setChecked(chosen)
        self._waiting.discard(path)
        (self._yielding.add if yields else self._yielding.discard)(path)
        problem = self._problem
        if problem is not None and not self._waiting:
            yielding = frozenset(self._yielding)
            self.clear()
            self.answered.emit(problem.theirs, yielding)


class _Area(QScrollArea):
    """Holds the lines: as high as they are, but of many only so high that the form below stays in view."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The area itself is no stop on the way of Tab; its buttons are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self.box = QVBoxLayout(holder)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4)
        self.setWidget(holder)
        # The colour of the bar shows behind the lines.
        for each in (self.viewport(), holder):
            each.setAutoFillBackground(False)

    def fit(self) -> None:
        """Take the height the lines need at this width, up to some of them."""
        wide = self.viewport().width()
        needed = (
            self.box.heightForWidth(wide) if self.box.hasHeightForWidth() else self.box.sizeHint().height()
        )
        self.setFixedHeight(min(needed, _MOST_LINES * self.fontMetrics().lineSpacing()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew: words wrap otherwise at another width."""
        super().resizeEvent(event)
        self.fit()


def _button(words: str, name: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", "row")
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
