"""Open visits as tabs over the form, with a last one that starts another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from desk.ui import style


class TabStrip(QTabBar):
    """Tabs known by a key. The last one may be an invitation (such as ＋ 新来访 F2), which is never selected.

    Signals:
        selected: the key of the tab a person went to.
        invited: the invitation was taken.
    """

    selected = Signal(str)
    invited = Signal()

    def __init__(self, name: str, invitation: str = "", parent: QWidget | None = None) -> None:
        """Args: `name` for screen readers; `invitation` is the text of the last tab."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self._invitation = invitation
        self._at = -1
        self._resting = False
        self.currentChanged.connect(self._on_current)

    def set_tabs(self, tabs: Sequence[tuple[str, str]], current: str = "") -> None:
        """Show (key, words) for each tab and go to `current` without telling it."""
        blocked = self.blockSignals(True)
        # Each tab that comes or goes has the page around it laid out anew.
        shown = [(self.tabData(at), self.tabText(at)) for at in range(self._count())]
        if not self.count() or shown != [*tabs]:
            while self.count():
                self.removeTab(0)
            for key, words in tabs:
                self.setTabData(self.addTab(words), key)
            if self._invitation:
                self.addTab(self._invitation)
        self._at = max(0, next((i for i, (key, _words) in enumerate(tabs) if key == current), 0))
        self.setCurrentIndex(self._at)
        self.blockSignals(blocked)
        self._show_chosen()

    def rest(self, *, on: bool) -> None:
        """Show no tab as the one in view: something else is."""
        self._resting = on
        self._show_chosen()

    def set_words(self, key: str, words: str) -> None:
        """Change the words of one tab."""
        for index in range(self.count()):
            if self.tabData(index) == key:
                self.setTabText(index, words)

    def current(self) -> str:
        """Return the key of the tab in view, "" for none."""
        return str(self.tabData(self.currentIndex()) or "")

    def next(self) -> None:
        """Go to the next tab, from the last to the first."""
        tabs = self._count()
        if tabs > 0:
            self.setCurrentIndex((self.currentIndex() + 1) % tabs)

    def _count(self) -> int:
        """Return how many tabs there are, the invitation not counted."""
        return max(0, self.count() - (1 if self._invitation else 0))

    def _show_chosen(self) -> None:
        # Qt has always one current tab, if only the invitation.
        resting = self._resting or (bool(self._invitation) and not self._count())
        if bool(self.property("resting")) != resting:
            self.setProperty("resting", resting)
            style.repolish(self)

    def _on_current(self, index: int) -> None:
        if self._invitation and index == self.count() - 1:
            blocked = self.blockSignals(True)
            self.setCurrentIndex(self._at)
            self.blockSignals(blocked)
            self.invited.emit()
        elif index >= 0:
            self._at = index
            self.selected.emit(self.current())
