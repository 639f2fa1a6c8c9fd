"""Puts the house together, top to bottom, and starts Qt. The only file that knows everybody.

The window comes first: nothing but QtWidgets is imported until it is painted. What opens the store (the login
service, SQLAlchemy, the pages) is loaded behind the sign-on, in the background or on first use.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desk import clock, paths
from desk.settings import TEXT_SIZE
from desk.text import _
from desk.ui import ahead, placement, style, text_size, turns
from desk.ui.caretaker import Caretaker
from desk.ui.clearing import Clearing, SmallClearing
from desk.ui.conflict_marks import ConflictWatch
from desk.ui.context import Context
from desk.ui.crash import details
from desk.ui.dress import dress, input_method
from desk.ui.entrance import Entrance
from desk.ui.foresight import Foresight
from desk.ui.gate import SessionGate
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.notices import WindowNotices
from desk.ui.place import Place
from desk.ui.pulse import Pulse
from desk.ui.register import load_page, page_specs
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.models.store import Store
    from desk.services.kit import Services
    from desk.services.login import Login
    from desk.services.opening import Opened
    from desk.services.session import Session
    from desk.ui.single import Doorbell
    from desk.ui.window import MainWindow

_HOUR_MS = 3_600_000
# The Qt thread gives Python's lock away and takes it back at every call of Qt. Beside a busy lane each return
# waits this long: thirty times while a list scrolls by a page, hundreds of times for a new form. Python's own
# are 5 ms. What a busy lane loses by being asked so often could not be measured.
_SWITCH_S = 0.0001


def run(folder: Path | None = None, started: "Callable[[QApplication, House], None] | None" = None) -> int:
    """Show the window on a data folder and return the exit code when it is closed.

    `started` is called once the first window is shown and before the loop begins (the demo).
    """
    os.environ.update(input_method(os.environ))
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication), "a window needs the widgets' application"
    small = SmallClearing(app)
    small.start()
    try:
        return _play(app, folder or paths.data_folder(), started)
    finally:
        small.stop()
        small.deleteLater()


def _play(app: QApplication, folder: Path, started: "Callable[[QApplication, House], None] | None") -> int:
    dress(app, text_size.remembered(folder))
    house = House(app, folder)
    if not house.open():
        return 0
    if started is not None:
        started(app, house)
    return app.exec()


@dataclass(frozen=True)
class _Left:
    """A desk that was left: what still runs there, who was signed on, and the store."""

    wait: Callable[[], None]
    session: "Session"
    store: "Store"

    def close(self) -> None:
        """Wait for what runs, which may yet ask for a right, then forget the key and let go of the store."""
        self.wait()
        self.session.lock()
        self.store.close()


def _nothing() -> None:
    """Wait for nothing."""


class House(QObject):
    """The program from its first window to its last."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._place = Place(folder)
        self._bell: Doorbell | None = None
        self.entrance: Entrance | None = None
        self.window: MainWindow | None = None
        self._opened: Opened | None = None
        self._tasks: Tasks | None = None
        self._notices: WindowNotices | None = None
        self._caretaker: Caretaker | None = None
        self._pulse: Pulse | None = None
        self._watch: ConflictWatch | None = None
        self._foresight: Foresight | None = None
        self._clearing: Clearing | None = None
        self._gone: MainWindow | None = None  # closed, on its way out of memory
        self._turns = turns.Turns(self)
        # After hours behind the lock the store is closed too (profile row lock.store_open).
        self._expiry = QTimer(self)
        self._expiry.setObjectName("lock expiry")
        self._expiry.setSingleShot(True)
        self._expiry.timeout.connect(self._sign_off)
        app.setQuitOnLastWindowClosed(False)

    def open(self) -> bool:
        """Show the sign-on; False if another program has this folder, which is then raised."""
        if not self._place.take():
            from desk.ui.single import ring

            ring(self._place.name)
            return False
        sys.excepthook = self._on_bug
        self._show_entrance().door.painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)
        return True

    @Slot()
    def close(self) -> None:
        """End in order: timers, lanes, store, the place on the folder; then leave the loop."""
        left = self._leave_desk()
        if left is not None:
            left.close()
        self._turns.stop()
        self._forget()
        if self.entrance is not None:
            self.entrance.end()
            self.entrance.discard()
            self.entrance = None
        self._place.give_up()
        sys.excepthook = sys.__excepthook__
        if self._bell is not None:
            from desk import log

            log.stop()
            self._bell.close()
            self._bell = None
        self._app.quit()

    @Slot()
    def _on_painted(self) -> None:
        # Sockets and the log's handlers take 10 ms to import: after the window is there.
        from desk import log
        from desk.ui import heap
        from desk.ui.single import Doorbell

        heap.give_back()
        log.start(paths.log_folder())
        self._bell = Doorbell(self._place.name, self)
        self._bell.rung.connect(self._raise)

    def _show_entrance(self, joins: Mapping[str, str] | None = None, left: "_Left | None" = None) -> Entrance:
        self.entrance = Entrance(self._folder, joins, left)
        self.entrance.entered.connect(self._on_entered)
        self.entrance.closed.connect(self.close)
        self._notices = self.entrance.notices
        return self.entrance

    @Slot(object, object, object)
    def _on_entered(self, services: "Services", login: "Login", opened: "Opened") -> None:
        from desk.ui.window import MainWindow

        percent = int(services.settings.get(TEXT_SIZE))
        if percent != style.current().percent:
            style.apply(self._app, percent)
        gate = SessionGate(login, opened.session)
        live = Live()
        # The notices need the window and the window's pages the notices: the strip is hung up afterwards.
        self._notices = WindowNotices()
        self._tasks = Tasks(self._notices, live)
        # The first page asks for it once it is built: meanwhile it is looked for.
        self._tasks.begin(services.today.get)
        context = Context(services, self._tasks, self._notices, Navigator(), live)
        # By the roles: an old password (SEC-01) closes the pages until it is changed, in this same window.
        specs = page_specs(opened.session.holds)
        self.window = MainWindow(
            context,
            specs,
            gate=gate,
            load=lambda key: load_page(key, services),
        )
        # Queued: the window it comes from is taken down.
        context.navigator.join_wanted.connect(self._on_join, Qt.ConnectionType.QueuedConnection)
        self._notices.hang_on(self.window.body, self.window.notice_place)
        self._opened = opened
        self._take_times(services)
        live.changed.connect(partial(self._on_changed, services))
        live.day_began.connect(lambda _day: self._take_times(services))
        self.window.lock_page.locked.connect(self._expiry.start)
        self.window.lock_page.unlocked.connect(self._expiry.stop)
        self.window.signed_off.connect(self._sign_off)
        self.window.closing.connect(self.close)
        self._caretaker = Caretaker(context, self.window)
        self._pulse = Pulse(context, self.window)
        self._pulse.said.connect(self.window.top.show_sync)
        self._watch = ConflictWatch(context, self.window)
        pieces = ahead.pages([spec.key for spec in specs], services)
        self._foresight = Foresight(context, pieces, self.window.idle, self.window)
        self._clearing = Clearing(self.window.idle, self.window)
        # Whoever unlocks may see other records than whoever locked.
        self.window.lock_page.unlocked.connect(self._watch.look)
        self.window.lock_page.locked.connect(self._watch.look)
        self._tasks.by_turns(self._begin_desk(self.window, opened), owner=self.window)

    def _on_changed(self, services: "Services", kinds: frozenset[str]) -> None:
        if "profile" in kinds:
            self._take_times(services)

    def _take_times(self, services: "Services") -> None:
        """Take the times of the lock from the rules in force (SEC-02)."""
        if self.window is None:
            return
        profile, today = services.profiles.current(), clock.today()
        self.window.idle.set_minutes(int(profile.number("lock.idle", today)))
        self._expiry.setInterval(int(profile.number("lock.store_open", today)) * _HOUR_MS)

    def _begin_desk(self, window: "MainWindow", opened: "Opened") -> Iterator[None]:
        """Show the frame and then the first page; keys and paint get through in between."""
        yield from turns.dress(window)
        if self.entrance is not None:
            # In the place of the window it follows.
            placement.remember(self._folder, self.entrance.door)
        placement.Fit(window).show(placement.remembered(self._folder))
        notes = list(opened.notes)
        if opened.recovery_pending and not opened.recovery_code:
            notes.append(_("恢复单还没有确认锁存，请站长到“设置 › 密码与恢复单”确认或换新恢复码。"))
        if notes and self._notices is not None:
            self._notices.warn("\n".join(notes))
        if self.entrance is not None:
            self.entrance.end()
            self.entrance = None
        if self._caretaker is not None:
            self._caretaker.start()
        if self._pulse is not None:
            self._pulse.start()
        if self._watch is not None:
            self._watch.look()
        if self._foresight is not None:
            self._foresight.start()
        if self._clearing is not None:
            self._clearing.start()
        yield
        window.start()

    @Slot()
    def _sign_off(self) -> None:
        self._show_entrance(left=self._leave_desk())

    @Slot(dict)
    def _on_join(self, typed: dict[str, str]) -> None:
        self._show_entrance(typed, self._leave_desk())

    def _leave_desk(self) -> "_Left | None":
        """Take the desk down and return what is still to be ended, which may take a while."""
        self._expiry.stop()
        if self._caretaker is not None:
            self._caretaker.stop()
            self._caretaker = None
        if self._pulse is not None:
            self._pulse.stop()
            self._pulse = None
            self._watch = None
        if self._foresight is not None:
            self._foresight.stop()
            self._foresight = None
        if self._clearing is not None:
            self._clearing.stop()
            self._clearing = None
        window, self.window = self.window, None
        if window is not None:
            text_size.remember(self._folder, style.current().percent)
            placement.remember(self._folder, window)
            window.closing.disconnect(self.close)
            window.close()
            self._gone = window
            self._turns.run(window.shelf.take_down(), done=self._forget, owner=window)
        tasks, self._tasks = self._tasks, None
        wait = tasks.leave() if tasks is not None else _nothing
        opened, self._opened = self._opened, None
        if opened is None:
            wait()
            return None
        return _Left(wait, opened.session, opened.store)

    def _forget(self) -> None:
        gone, self._gone = self._gone, None
        if gone is not None:
            gone.deleteLater()

    @Slot()
    def _raise(self) -> None:
        shown: QWidget | None = self.window or (self.entrance.door if self.entrance is not None else None)
        if shown is not None:
            shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
            shown.show()
            shown.raise_()
            shown.activateWindow()

    def _on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.close()
            return
        logging.getLogger("desk.app").error("a bug:\n%s", details(error.with_traceback(trace)))
        if self._notices is not None:
            self._notices.crash(error)
