"""The sign-on card: the station on the left, the ways in on the right."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desk.ui.pages.login.form import WayIn
from desk.ui.pages.login.invited import Invited
from desk.ui.pages.login.recover import Recover
from desk.ui.pages.login.sign_on import Initials, SignOn
from desk.ui.parts.banner import Banner
from desk.ui.parts.boxes import column, row
from desk.ui.parts.columns import scrolled
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login
    from desk.services.login_values import LoginState, SlotUser

_HALF = 379


class LoginPage(QWidget):
    """Shows one way in at a time. It is painted before the login service is there, which is asked for later.

    Signals:
        opened: somebody is in; carries what the login service returned.
        broken: the secret was right, but the store does not open.
    """

    opened = Signal(object)
    broken = Signal()

    def __init__(self, login: "Callable[[], Login]", tasks: Tasks, initials: Initials) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._login = login
        self._tasks = tasks
        self._users: Sequence[SlotUser] = ()
        self.banner = Banner()
        self._ways = QStackedWidget()
        self.sign_on = SignOn(login, tasks, initials)
        self._add(self.sign_on)
        self.sign_on.recovery_wanted.connect(self._on_recovery)
        self.sign_on.code_wanted.connect(self._on_code)
        self._lay_out()

    def wait(self, *, ends: bool) -> None:
        """Open no way in before `show_state`. `ends`: what was left behind is still coming to its end."""
        self.sign_on.wait(ends=ends)

    def show_state(self, state: "LoginState") -> None:
        """Show the station and who can sign on."""
        self.banner.show_station(state.station_name)
        self.sign_on.show_users(state.users)
        self._users = state.users

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus on the password."""
        super().showEvent(event)
        self.sign_on.begin()

    def way(self) -> WayIn:
        """Return the way in view."""
        way = self._ways.currentWidget()
        assert isinstance(way, WayIn), "nothing else is put in"
        return way

    def _on_recovery(self) -> None:
        recover = Recover(self._login, self._tasks)
        recover.show_users(self._users)
        self._show(recover)

    def _on_code(self) -> None:
        self._show(Invited(self._login, self._tasks))

    def _show(self, way: WayIn) -> None:
        # The seldom ways are built when they are wanted: the card must be painted quickly.
        self.sign_on.clear()
        self._add(way)
        self._ways.setCurrentWidget(way)

    def _on_back(self) -> None:
        left = self.way()
        self._ways.setCurrentWidget(self.sign_on)
        self._ways.removeWidget(left)
        left.deleteLater()
        self.sign_on.begin()

    def _add(self, way: WayIn) -> None:
        self._ways.addWidget(way)
        way.opened.connect(self.opened)
        way.broken.connect(self.broken)
        way.back.connect(self._on_back)

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(34, 34, 34, 20)
        inside.addWidget(self._ways)
        card = QFrame()
        card.setProperty("role", "sign_on")
        card.setMinimumSize(2 * _HALF, 430)
        card.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        halves = QHBoxLayout(card)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        for half in (self.banner, right):
            half.setMinimumWidth(_HALF)
            halves.addWidget(half, 1)
        whole = QWidget()
        whole.setLayout(column(None, row(None, card, None), None))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        # At large text a long refusal makes the card higher than the screen.
        box.addWidget(scrolled(whole))
