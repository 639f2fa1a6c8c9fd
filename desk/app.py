"""Puts the house together, top to bottom, and starts Qt. The only file that knows everybody.

The window comes first: nothing but QtWidgets is imported until it is painted. What opens the store (the login
service, SQLAlchemy, the pages) is loaded behind the sign-on, in the background or on first use.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desk import clock, errors, paths
from desk.settings import TEXT_SIZE
from desk.text import _
from desk.ui import ahead, style, text_size, turns
from desk.ui.caretaker import Caretaker
from desk.ui.context import Context
from desk.ui.crash import details
from desk.ui.dress import dress, input_method
from desk.ui.front_door import FrontDoor
from desk.ui.gate import SessionGate
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.notices import WindowNotices
from desk.ui.place import Place
from desk.ui.register import load_page, page_specs, show_paper
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.services.login import Login
    from desk.services.login_values import LoginState
    from desk.services.opening import Opened
    from desk.services.restore import Restored
    from desk.ui.pages.login.page import LoginPage
    from desk.ui.pages.setup.page import SetupPage
    from desk.ui.single import Doorbell
    from desk.ui.window import MainWindow

_HOUR_MS = 3_600_000
# The Qt thread gives Python's lock away and takes it back at every call of Qt. Beside a busy lane each return
# waits this long; at Python's own 5 ms a new form came two to three times later.
_SWITCH_S = 0.0005
SLOT_FILE = "slots.json"  # services/slots.py, which is not imported before the window is painted


def run(folder: Path | None = None, started: "Callable[[QApplication, House], None] | None" = None) -> int:
    """Show the window on a data folder and return the exit code when it is closed.

    `started` is called once the first window is shown and before the loop begins (the demo).
    """
    os.environ.update(input_method(os.environ))
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication), "a window needs the widgets' application"
    folder = folder or paths.data_folder()
    dress(app, text_size.remembered(folder))
    house = House(app, folder)
    if not house.open():
        return 0
    if started is not None:
        started(app, house)
    return app.exec()


class Entrance(QObject):
    """From the first window to an open store: sign-on, or the wizard at the first start.

    Signals:
        entered: somebody is in: the services, the login service and what it opened.
        closed: the window was closed without signing on.
    """

    entered = Signal(object, object, object)
    closed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._login: Login | None = None
        self._opened: Opened | None = None
        self._setup: SetupPage | None = None
        self._sign_on: LoginPage | None = None
        self.door = FrontDoor()
        self.notices = WindowNotices()
        self.notices.hang_on(self.door, self.door.notice_place)
        self.tasks = Tasks(self.notices, Live(), self)
        # Queued, here and in the house: what is slow begins when all who wait for the paint know of it.
        self.door.painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)
        self.door.closing.connect(self.closed)
        # Where somebody has signed on before, the card stands there at once; names follow when they are read.
        if (folder / SLOT_FILE).exists():
            self._card()
        self.door.show()

    def end(self) -> None:
        """Wait for what runs and take the window away."""
        self.tasks.close()
        self.door.closing.disconnect(self.closed)
        self.door.close()
        self.door.deleteLater()
        self.deleteLater()

    def discard(self) -> None:
        """Close a store that nobody will use: the window was closed on the page of the recovery code."""
        if self._opened is not None:
            self._opened.store.close()

    @Slot()
    def _on_painted(self) -> None:
        # Rare characters may stand in a name; the face takes 30 ms to load, after the window is there.
        style.load_fonts("HanaMinB.ttf")
        self._look_again()

    def _know(self) -> "LoginState":
        from desk.services.login import Login

        self._login = Login(self._folder)
        return self._login.state()

    def _on_state(self, state: "LoginState") -> None:
        assert self._login is not None, "_know has made it"
        if state.kind == "first_start":
            self.tasks.run(ahead.wizard, done=lambda _none: self._begin_wizard(state), owner=self)
        else:
            self._card().show_state(state)
        # While something is typed; otherwise half a second between the password and the page.
        self.tasks.run(ahead.desk, owner=self, lane="free")

    def _card(self) -> "LoginPage":
        from desk.ui.pages.login.page import LoginPage

        if self._sign_on is None:
            self._sign_on = LoginPage(self._door_of_login, self.tasks, ahead.initials)
            self._sign_on.opened.connect(self._on_opened)
            self._sign_on.broken.connect(self._on_broken)
        self.door.show_page(self._sign_on)
        return self._sign_on

    def _door_of_login(self) -> "Login":
        assert self._login is not None, "names are shown, so it has been made"
        return self._login

    def _begin_wizard(self, state: "LoginState") -> None:
        from desk.ui.pages.setup.page import SetupPage

        def steps() -> Iterator[None]:
            page = SetupPage(self._door_of_login(), self.tasks, self.notices, state.keyring_note)
            page.opened.connect(self._on_opened)
            page.restore_wanted.connect(self._on_restore)
            self._setup = page
            self.door.hold_page(page)
            yield
            yield from turns.dress(page)
            self.door.show_page(page)

        self.tasks.by_turns(steps(), owner=self)

    def _on_no_way_in(self, problem: errors.Problem) -> None:
        restore = QPushButton(_("从备份恢复…"))
        restore.clicked.connect(self._on_restore)
        self.door.show_problem(problem.sentence, problem.way_out, restore)

    @Slot()
    def _on_broken(self) -> None:
        self.notices.ask(
            _(
                "数据文件打不开。可以把它和密钥文件改名放到一边（不会删除），再从备份恢复，或者重新建站。"
                "要放到一边吗？"
            ),
            _("放到一边"),
            _("先不动"),
            lambda: self.tasks.run(self._begin_anew, done=self._on_state, owner=self, lane="write"),
        )

    @Slot()
    def _on_restore(self) -> None:
        from desk.ui.pages.login.bring_back import BringBack

        page = BringBack(self._bring_back, self.tasks, self.notices)
        page.opened.connect(self._on_restored)
        page.back.connect(self._look_again)
        self.door.show_page(page)

    def _bring_back(self, copy: Path, code: str) -> object:
        from desk.services import restore

        return restore.by_sheet(copy, self._folder, code)

    @Slot(object)
    def _on_restored(self, restored: "Restored") -> None:
        words = _(
            "恢复好了，请用原来的密码登录；换了电脑的，点“忘记密码”用恢复码设新密码。"
            "本机字母改为 {letter}，以后的编号用它。"
        )
        self.notices.warn(words.format(letter=restored.letter))
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        self.tasks.run(self._know, done=self._on_state, failed=self._on_no_way_in, owner=self, lane="free")

    def _begin_anew(self) -> "LoginState":
        login = self._door_of_login()
        login.set_aside()
        return login.state()

    @Slot(object)
    def _on_opened(self, opened: "Opened") -> None:
        self._opened = opened
        self.tasks.run(lambda: _build(opened, self._login), done=self._on_built, owner=self, lane="free")

    def _on_built(self, services: "Services") -> None:
        assert self._opened is not None, "the services stand on an open store"
        code = self._opened.recovery_code
        if self._setup is None or not code:
            self._enter(services)
            return
        self._setup.finished.connect(
            lambda: self.tasks.run(
                services.users.recovery_kept, ended=lambda: self._enter(services), owner=self, lane="write"
            )
        )
        context = Context(services, self.tasks, self.notices, Navigator(), Live())
        sheet = partial(services.papers.recovery_sheet, code)
        self._setup.show_recovery(code, sheet, partial(show_paper, context))

    def _enter(self, services: "Services") -> None:
        opened, self._opened = self._opened, None
        if opened is None:
            return  # pressed twice
        self.entered.emit(services, self._login, opened)


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
        self._leave_desk()
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
        from desk.ui.single import Doorbell

        log.start(paths.log_folder())
        self._bell = Doorbell(self._place.name, self)
        self._bell.rung.connect(self._raise)

    def _show_entrance(self) -> Entrance:
        self.entrance = Entrance(self._folder)
        self.entrance.entered.connect(self._on_entered)
        self.entrance.closed.connect(self.close)
        self._notices = self.entrance.notices
        return self.entrance

    @Slot(object, object, object)
    def _on_entered(self, services: "Services", login: "Login", opened: "Opened") -> None:
        from desk.ui.window import MainWindow

        profile, today = services.profiles.current(), clock.today()
        percent = int(services.settings.get(TEXT_SIZE))
        if percent != style.current().percent:
            style.apply(self._app, percent)
        gate = SessionGate(login, opened.session)
        live = Live()
        # The notices need the window and the window's pages the notices: the strip is hung up afterwards.
        self._notices = WindowNotices()
        self._tasks = Tasks(self._notices, live)
        context = Context(services, self._tasks, self._notices, Navigator(), live)
        idle = int(profile.number("lock.idle", today))
        self.window = MainWindow(context, page_specs(), gate=gate, idle_minutes=idle, load=load_page)
        self._notices.hang_on(self.window.body, self.window.notice_place)
        self._opened = opened
        self._expiry.setInterval(int(profile.number("lock.store_open", today)) * _HOUR_MS)
        self.window.lock_page.locked.connect(self._expiry.start)
        self.window.lock_page.unlocked.connect(self._expiry.stop)
        self.window.signed_off.connect(self._sign_off)
        self.window.closing.connect(self.close)
        self._caretaker = Caretaker(context, self.window)
        self._tasks.by_turns(self._begin_desk(self.window, opened), owner=self.window)

    def _begin_desk(self, window: "MainWindow", opened: "Opened") -> Iterator[None]:
        """Show the frame and then the first page; keys and paint get through in between."""
        yield from turns.dress(window)
        window.show()
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
        yield
        window.start()

    @Slot()
    def _sign_off(self) -> None:
        self._leave_desk()
        self._show_entrance()

    def _leave_desk(self) -> None:
        self._expiry.stop()
        if self._caretaker is not None:
            self._caretaker.stop()
            self._caretaker = None
        window, self.window = self.window, None
        if window is not None:
            text_size.remember(self._folder, style.current().percent)
            window.closing.disconnect(self.close)
            window.close()
            window.deleteLater()
        if self._tasks is not None:
            self._tasks.close()
            self._tasks = None
        if self._opened is not None:
            self._opened.session.lock()
            self._opened.store.close()
            self._opened = None

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


def _build(opened: "Opened", login: "Login | None") -> "Services":
    """Build the services, off the Qt thread."""
    from desk.services import kit

    assert login is not None, "somebody has signed on through it"
    return kit.build(opened, login)
