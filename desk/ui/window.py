"""The main window: rail, top bar, page in view, footer, and what may cover them. It knows no product rule."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.covers import Covers
from desk.ui.curtain import Curtain
from desk.ui.footer import Footer
from desk.ui.help import HelpPanel
from desk.ui.idle import Idle
from desk.ui.lock import Gate, LockPage
from desk.ui.navigator import LIST, NEW, NEXT, SWITCH
from desk.ui.new_day import NewDay
from desk.ui.page import Page, PageSpec
from desk.ui.rail import Rail
from desk.ui.search_box import SearchBox
from desk.ui.shelf import Shelf
from desk.ui.top_bar import TopBar

_SIZE = (1366, 768)


class MainWindow(QMainWindow):
    """Shows one page at a time and carries what pages ask of each other.

    Signals:
        signed_off: somebody else wants to sign on; app.py closes this window and opens the sign-on.
        closing: the window is being closed.
    """

    signed_off = Signal()
    closing = Signal()

    def __init__(
        self,
        context: Context,
        pages: Sequence[PageSpec],
        *,
        gate: Gate,
        idle_minutes: int = 10,
        load: Callable[[str], object] = lambda _key: None,
    ) -> None:
        """Args: `load` imports the page of a key, in the background."""
        super().__init__()
        self._context = context
        self._specs = {spec.key: spec for spec in pages}
        self._seen: list[str] = []
        self.rail = Rail(pages)
        self.top = TopBar()
        self.footer = Footer()
        self.shelf = Shelf(context, pages, load)
        self.notice_place = QVBoxLayout()
        self.notice_place.setContentsMargins(18, 0, 18, 0)
        self.notice_place.setSpacing(0)
        self.body = self._lay_out()
        self.search = SearchBox(self.top.field, context, self.body)
        self.help = HelpPanel(context, self.body)
        self.lock_page = LockPage(gate, context.tasks)
        self.curtain = Curtain()
        self.covers = Covers(self.body, self.lock_page, self.curtain)
        self.setCentralWidget(self.covers)
        self.idle = Idle(idle_minutes, self)
        self.day = NewDay(context.live, lambda: self.covers.is_open, self)
        self.setWindowTitle(_("接待台"))
        self.resize(*_SIZE)
        self._connect()
        self._bind_keys()

    def start(self) -> None:
        """Fill the frame, show the first page, begin to watch for idleness."""
        # How much is due in the cases, the first page finds out for itself and tells the rail.
        self.refresh(frozenset({"station", "duty", "backup"}))
        self.show_page(next(iter(self._specs)))
        self.idle.start()

    def page(self, key: str) -> Page | None:
        """Return a page if it has been built."""
        return self.shelf.page(key)

    def current(self) -> Page | None:
        """Return the page in view, None before the first."""
        return self.shelf.page(self._seen[-1]) if self._seen else None

    def show_page(self, key: str, record_id: str = "") -> None:
        """Bring a page into view, and a record on it if one is named; at first sight a moment later."""
        self.shelf.show_page(key, record_id)

    def back(self) -> None:
        """Go to the page seen before."""
        if len(self._seen) > 1:
            self._seen.pop()
            self.show_page(self._seen.pop())

    def refresh(self, kinds: frozenset[str]) -> None:
        """Ask again for what the frame shows of these kinds of record."""
        services, run = self._context.services, self._context.tasks.run
        if "station" in kinds:
            run(services.station.get, done=self._on_station, owner=self)
        if "duty" in kinds and all(spec.receives for spec in self._specs.values()):
            run(services.duty.current, done=self._on_duty, owner=self)
        if "mediation" in kinds and "mediation" in self._specs:
            run(services.today.cases_due, done=partial(self.rail.show_badge, "mediation"), owner=self)
        if "backup" in kinds:
            run(services.backup.last, done=self.footer.show_backup, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when no field or page wanted it, goes back."""
        if event.key() == Qt.Key.Key_Escape and self.covers.is_open:
            self.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep search and help in their places."""
        super().resizeEvent(event)
        self.search.hide()
        if self.help.isVisible():
            self.help.place()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "idle"):
            for part in (self.rail, self.top, self.footer):
                part.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop watching and say so; drafts are on disk already."""
        self.idle.stop()
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> QWidget:
        body = QWidget()
        body.setProperty("role", "ground")
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.shelf, 1)
        right.addLayout(self.notice_place)
        right.addWidget(self.footer)
        whole = QHBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        return body

    def _connect(self) -> None:
        self.shelf.shown.connect(self._on_shown)
        self.rail.pressed.connect(self.show_page)
        self.top.lock_pressed.connect(self.covers.lock)
        self.search.found.connect(self._context.navigator.open)
        self.help.closed.connect(self._to_page)
        self.lock_page.leaving.connect(self.signed_off)
        self.idle.passed.connect(self.covers.lock)
        for may_have_begun in (self.idle.looked, self.lock_page.unlocked, self.curtain.opened):
            may_have_begun.connect(self.day.look)
        self._context.navigator.wanted.connect(self.show_page)
        self._context.navigator.back_wanted.connect(self.back)
        self._context.live.changed.connect(self.refresh)
        # Who is on duty, what is due in the cases, and the day of the last backup, which is told as 今天.
        self._context.live.day_began.connect(
            lambda _day: self.refresh(frozenset({"duty", "mediation", "backup"}))
        )
        self._context.live.badged.connect(self.rail.show_badge)
        self._context.live.draft_saved.connect(self.footer.show_saved)

    def _bind_keys(self) -> None:
        for spec in self._specs.values():
            if spec.shortcut and spec.key != "visits":
                self._bind(spec.shortcut, partial(self.show_page, spec.key))
        if "visits" in self._specs:
            self._bind("F2", lambda: self.show_page("visits", NEW))
            self._bind("Shift+F2", lambda: self.show_page("visits", NEXT))
            # On its own page the same key leads back from the list.
            self._bind(
                "Ctrl+F2",
                lambda: self.show_page("visits", SWITCH if self._seen[-1:] == ["visits"] else LIST),
            )
        self._bind("F1", self._on_help)
        self._bind("Ctrl+K", self.search.begin)
        self._bind("Ctrl+L", self.covers.lock)
        # The curtain must open again, so its key works on every layer.
        for key in ("F12", "Ctrl+`"):
            QShortcut(QKeySequence(key), self, self.covers.draw_curtain)

    def _bind(self, key: str, what: Callable[[], object]) -> None:
        # On the body, not on the window: a key of a hidden widget is dead, so none works under a cover.
        QShortcut(QKeySequence(key), self.body, what)

    def _on_shown(self, key: str) -> None:
        is_first = not self._seen
        if self._seen[-1:] != [key]:
            self._seen = [*self._seen[-20:], key]
        self.rail.show_page(key)
        page = self.current()
        if page is not None:
            self.footer.show_keys(page.hints)
        self.help.hide()
        if is_first:
            self._to_page()

    def _to_page(self) -> None:
        page = self.current()
        if page is not None:
            page.setFocus()

    def _on_help(self) -> None:
        page = self.current()
        if self.help.isVisible():
            self.help.put_away()
        elif page is not None:
            self.help.show_for(page)

    def _on_station(self, station: object) -> None:
        name = str(getattr(station, "name", ""))
        self.setWindowTitle(_("{station} · 接待台").format(station=name))
        self.rail.show_station(name)
        self.curtain.show_station(name)

    def _on_duty(self, people: Sequence[object]) -> None:
        names = _("、").join(str(getattr(person, "name", "")) for person in people)
        self.top.show_duty(_("在岗 {names} 代表").format(names=names) if names else _("还没有代表上岗"))
