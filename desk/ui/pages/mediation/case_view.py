"""One case as it looks: head, seven tabs, and beside them its time line, its papers, its next steps."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard, CaseFrame, VerbView
from desk.text import _
from desk.ui import style
from desk.ui.pages.mediation.case_head import CaseHead
from desk.ui.pages.mediation.case_now import NowLine
from desk.ui.pages.mediation.case_side import PapersCard, StepsCard, TimeCard
from desk.ui.pages.mediation.tab_part import TabPart
from desk.ui.pages.mediation.tabs import FIELD_TABS, TABS
from desk.ui.parts.boxes import column, label, rule
from desk.ui.parts.columns import Columns, give_place, scrolled, stack
from desk.ui.parts.overtaken_bar import OvertakenBar
from desk.ui.parts.writer import Gap
from desk.ui.tasks import Tasks
from desk.ui.turns import dress

_FOLD_BELOW = 1000  # pixels at 100 % that a tab and the column beside it need


class CaseView(QWidget):
    """Widgets only; `Case` tells them what to show and hears what a person does.

    Signals:
        looked_at: a tab came into view that has not been built before; its key.
    """

    looked_at = Signal(str)

    def __init__(self, frame: CaseFrame, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._tasks = tasks
        self.parts: dict[str, TabPart] = {}
        self._ahead: dict[str, TabPart] = {}
        self._shown: tuple[CaseCard, CaseForm] | None = None
        self._steps = self._build()

    def build(self) -> Iterator[None]:
        """Build what is seen first, step by step: in one go it would hold up the keys."""
        return self._steps

    def part(self, key: str) -> TabPart:
        """Return a tab, built now if it has not been yet."""
        for _step in self._make(key):
            pass
        return self.parts[key]

    def ahead(self, keys: Sequence[str], card: CaseCard, form: CaseForm) -> Iterator[None]:
        """Build tabs in slices, unseen, before the case is shown: `part` finds them done."""
        for key in keys:
            yield from self._prepare(key, (card, form))

    def current(self) -> str:
        """Return the key of the tab in view."""
        return str(self.bar.tabData(self.bar.currentIndex()) or "")

    def tab_keys(self) -> list[str]:
        """Return the keys of the tabs in their order."""
        return list(self._areas)

    def tab_of(self, name: str) -> str:
        """Return the tab a field stands in, "" for none."""
        return FIELD_TABS.get(name, "")

    def show_clear(self, row_id: str, field: str, clear: str) -> None:
        """Show a revealed number where it stands."""
        for part in self.parts.values():
            part.show_clear(row_id, field, clear)

    def show_tab(self, key: str) -> None:
        """Bring a tab into view."""
        for index in range(self.bar.count()):
            if self.bar.tabData(index) == key:
                self.bar.setCurrentIndex(index)

    def show_card(
        self, card: CaseCard, form: CaseForm, verbs: Sequence[VerbView], main: VerbView | None
    ) -> None:
        """Show the case on the head, on the side and in every tab there is."""
        self._shown = (card, form)
        self.head.show_card(card, main.label if main is not None else "")
        taken = main.verb if main is not None else ""
        self.steps.show_verbs(verbs, taken)
        self.now.show_card(card, verbs, taken)
        here = self.current()
        if here in self.parts:
            self.parts[here].show_card(card, form)
        self._tasks.by_turns(self._update(here), owner=self)

    def mark(self, gaps: list[Gap], *, go: bool = True) -> bool:
        """Say what is missing beside the fields and in one line above, and `go` to the first.

        Tells whether it stands there to be read: the line above has it all.
        """
        self._words.setText("".join(dict.fromkeys(sentence for _field, sentence in gaps)))
        self._bar.setVisible(bool(gaps))
        here = self.current()
        first = self.parts[here].mark(gaps) if here in self.parts else ""
        where = here if first else ""
        for key, part in self.parts.items():
            # What belongs to the form in view is not said at fields of the same name elsewhere.
            if key != here:
                found = part.mark([] if where == here else gaps)
                first, where = (first, where) if first else (found, key if found else "")
        if gaps and not first:
            where = FIELD_TABS.get(gaps[0][0], "")
            first = self.part(where).mark(gaps) if where else ""
        if gaps and go:
            self.go_to(first or gaps[0][0], where)
        return bool(gaps)

    def go_to(self, name: str, tab: str = "") -> None:
        """Put the focus into a field, in `tab` or in the tab the field belongs to."""
        key = tab or FIELD_TABS.get(name, "")
        if key in self._areas:
            self.show_tab(key)
        if self.part(self.current()).go_to(name):
            inside = self.focusWidget()
            area = self.part(self.current())
            if inside is not None and area.isAncestorOf(inside):
                # What has just been unfolded gets its place first.
                give_place(inside, self._area.widget())
                # With room for a sentence below it, which takes several lines under a narrow field.
                self._area.ensureWidgetVisible(inside, 0, 2 * style.size("control"))

    def _build(self) -> Iterator[None]:
        self.head = CaseHead()
        self.bar = QTabBar()
        self.bar.setProperty("role", "steps")
        self.bar.setAccessibleName(_("案件的各步"))
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self._words = label("", wrap=True)
        self._bar = self._hint()
        self.overtaken = OvertakenBar()
        yield
        self.time, self.papers, self.steps, self.now = TimeCard(), PapersCard(), StepsCard(), NowLine()
        self.time.show_entries((), ())
        self._pages = QStackedWidget()
        self._areas: dict[str, _Place] = {}
        for spec in TABS:
            index = self.bar.addTab(_(spec.words))
            self.bar.setTabData(index, spec.key)
            place = _Place()
            inside = QVBoxLayout(place)
            inside.setContentsMargins(0, 0, 0, 0)
            self._areas[spec.key] = place
            self._pages.addWidget(place)
        yield
        side = stack(self.steps, self.time, self.papers)
        columns = Columns(self._pages, side, stretch=(2, 1), fold_below=_FOLD_BELOW)
        columns.turned.connect(self.now.setVisible)
        self.now.wanted.connect(self.steps.wanted)
        self.now.papers_wanted.connect(lambda: self.show_tab("dossier"))
        self._area = scrolled(columns)
        tabs = QHBoxLayout()
        tabs.addWidget(self.bar, 1)
        tabs.addWidget(self.now)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.head)
        # The mark of the tab in view stands on the line.
        box.addLayout(column(tabs, rule(), gap=0))
        box.addWidget(self._bar)
        box.addWidget(self.overtaken)
        box.addWidget(self._area, 1)
        self.setFocusProxy(self.bar)
        self.bar.currentChanged.connect(self._on_tab)
        yield
        yield from dress(self)

    def _hint(self) -> QFrame:
        made = QFrame()
        made.setProperty("role", "bar")
        made.setProperty("tone", "amber")
        close = QPushButton(_("知道了"))
        close.setProperty("kind", "row")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(made.hide)
        line = QHBoxLayout(made)
        line.setContentsMargins(14, 6, 10, 6)
        line.addWidget(self._words, 1)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        made.hide()
        return made

    def _on_tab(self, index: int) -> None:
        key = str(self.bar.tabData(index))
        for each, place in self._areas.items():
            place.let_shrink(on=each != key)
        self._pages.setCurrentWidget(self._areas[key])
        # Each tab begins at its top, however far the last one was scrolled.
        self._area.verticalScrollBar().setValue(0)
        if self._shown is not None:
            self._tasks.by_turns(self._make(key), owner=self)

    def _update(self, here: str) -> Iterator[None]:
        """Build the tab in view if it is not there yet, then show the case in those behind it."""
        shown = self._shown
        if shown is None:
            return
        yield
        self.time.show_entries(shown[0].timeline, shown[0].clocks)
        yield
        self.papers.show_dossier(shown[0].dossier)
        yield
        yield from self._make(here)
        for key, part in list(self.parts.items()):
            # A newer card on its way brings its own turn.
            if key != here and shown is self._shown:
                part.show_card(*shown)
                yield

    def _make(self, key: str) -> Iterator[None]:
        """Build a tab in slices; it may be asked for at once while it is half built."""
        yield from self._prepare(key, self._shown)
        if key in self.parts:
            return
        made = self.parts[key] = self._ahead.pop(key)
        self._areas[key].let_shrink(on=key != self.current())
        self.looked_at.emit(key)
        if self._shown is not None:
            made.show_card(*self._shown)
        made.show()
        yield
        yield from dress(made)

    def _prepare(self, key: str, shown: tuple[CaseCard, CaseForm] | None) -> Iterator[None]:
        """Build a tab in slices as far as nobody sees it."""
        if key in self.parts or key in self._ahead:
            return
        made = next(spec for spec in TABS if spec.key == key).build(self._frame)
        yield
        yield from made.rest()
        if shown is not None:
            yield from made.prepare(*shown)
        if key in self.parts or key in self._ahead:
            made.deleteLater()
            return
        holder = self._areas[key].layout()
        assert holder is not None, "each tab has its place"
        # Dressed in slices before anything is painted into it: afterwards Qt would do it all at once.
        made.hide()
        holder.addWidget(made)
        yield from dress(made)
        if key in self.parts or key in self._ahead:
            made.deleteLater()
            return
        self._ahead[key] = made


class _Place(QWidget):
    """Where a tab lies; out of view it must not make the page as high as itself."""

    _is_small = False

    def let_shrink(self, *, on: bool) -> None:
        """Take no height, or what the tab needs again."""
        self._is_small = on
        policy = QSizePolicy.Policy.Ignored if on else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Return the height: the stack of tabs asks each of them, whatever its policy says."""
        return 0 if self._is_small else super().heightForWidth(width)
