"""The way in: sign-on, the wizard of the first start, or a backup brought back.

Nothing that opens the store is imported before its window is painted.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton

from desk import errors
from desk.text import _
from desk.ui import ahead, placement, style, turns
from desk.ui.context import Context
from desk.ui.front_door import FrontDoor
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.notices import WindowNotices
from desk.ui.register import show_paper
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.services.login import Login
    from desk.services.login_values import LoginState
    from desk.services.opening import Opened
    from desk.services.restore import Restored
    from desk.ui.pages.login.page import LoginPage
    from desk.ui.pages.setup.join import JoinPage
    from desk.ui.pages.setup.page import SetupPage

SLOT_FILE = "slots.json"  # services/slots.py, which is not imported before the window is painted


class Closes(Protocol):
    """A store, as far as the door knows it."""

    def close(self) -> None:
        """Let go of the file."""


class _Left:
    """What is left behind, closed once."""

    def __init__(self, store: Closes | None) -> None:
        self._store = store

    def close(self) -> None:
        """Close it, unless it was."""
        store, self._store = self._store, None
        if store is not None:
            store.close()


class Entrance(QObject):
    """From the first window to an open store: sign-on, or the wizard at the first start.

    Signals:
        entered: somebody is in: the services, the login service and what it opened.
        closed: the window was closed without signing on.
    """

    entered = Signal(object, object, object)
    closed = Signal()

    def __init__(
        self, folder: Path, joins: Mapping[str, str] | None = None, left: "Closes | None" = None
    ) -> None:
        """Args: `joins`: what was typed at a desk that was only set up and shall join another station.
        `left`: the store of the desk just left, closed beside before anybody can sign on.
        """
        super().__init__()
        self._folder = folder
        self._joins = joins
        self._left = _Left(left)
        self._login: Login | None = None
        self._opened: Opened | None = None
        self._setup: SetupPage | None = None
        self._join: JoinPage | None = None
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
            self._card().wait(ends=left is not None)
        placement.Fit(self.door).show(placement.remembered(folder))

    def end(self) -> None:
        """Wait for what runs and take the window away."""
        if self._join is not None:
            self._join.leave()
        self.tasks.close()
        self.door.closing.disconnect(self.closed)
        placement.remember(self._folder, self.door)
        self.door.close()
        self.door.deleteLater()
        self.deleteLater()

    def discard(self) -> None:
        """Close a store that nobody will use: the window was closed on the way in."""
        self._left.close()
        if self._join is not None:
            self._join.discard()
        if self._opened is not None:
            self._opened.store.close()

    @Slot()
    def _on_painted(self) -> None:
        # Rare characters may stand in a name; the face takes 30 ms to load, after the window is there.
        style.load_fonts("HanaMinB.ttf")
        self._look_again()

    def _know(self) -> "LoginState":
        from desk.services.login import Login

        self._left.close()
        self._login = Login(self._folder)
        return self._login.state()

    def _on_state(self, state: "LoginState") -> None:
        assert self._login is not None, "_know has made it"
        if self._joins is not None:
            self._on_join()
        elif state.kind == "first_start":
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
            page.join_wanted.connect(self._on_join)
            yield from page.build()
            self._setup = page
            self.door.hold_page(page)
            yield
            yield from turns.dress(page)
            yield
            self.door.show_page(page)
            self.tasks.run(ahead.sheet, owner=self, lane="free", topic="sheet")

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

    @Slot()
    def _on_join(self) -> None:
        from desk.ui.pages.setup.join import JoinPage

        typed, self._joins = self._joins, None
        page = JoinPage(self._door_of_login, self.tasks, self.notices, replaces=typed is not None)
        page.fill(typed or {})
        page.opened.connect(self._on_opened)
        page.back.connect(self._look_again)
        self._join = page
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
        self.notices.warn(words.format(letter=restored.letter) + restored.numbering_note)
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
        if not code:
            self._enter(services)
            return
        if self._setup is None:
            # A desk that was set up before shows of the wizard only the sheet.
            from desk.ui.pages.setup.page import SetupPage

            self._setup = SetupPage(self._door_of_login(), self.tasks, self.notices)
            for _step in self._setup.build():
                pass
        self._setup.finished.connect(
            lambda: self.tasks.run(
                services.users.recovery_kept, ended=lambda: self._enter(services), owner=self, lane="write"
            )
        )
        self.door.show_page(self._setup)
        context = Context(services, self.tasks, self.notices, Navigator(), Live())
        self._setup.show_recovery(
            code, lambda: services.papers.recovery_sheet(code), partial(show_paper, context)
        )

    def _enter(self, services: "Services") -> None:
        opened, self._opened = self._opened, None
        if opened is None:
            return  # pressed twice
        self.entered.emit(services, self._login, opened)


def _build(opened: "Opened", login: "Login | None") -> "Services":
    """Build the services, off the Qt thread."""
    from desk.services import kit

    assert login is not None, "somebody has signed on through it"
    return kit.build(opened, login)
