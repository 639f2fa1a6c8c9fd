"""The lock of the window, made of the login service and the session of whoever signed on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.services.login import Login
    from desk.services.session import Session


class SessionGate:
    """What `LockPage` asks; see `desk.ui.lock.Gate`."""

    def __init__(self, login: "Login", session: "Session") -> None:
        self._login = login
        self._session = session

    @property
    def user_name(self) -> str:
        """Who is signed on."""
        return self._session.user.name

    def lock(self) -> None:
        """Forget the user's key; the store stays open."""
        self._session.lock()

    def pin_is_enough(self) -> bool:
        """Tell whether the PIN alone opens the lock."""
        return self._login.pin_is_enough(self._session)

    def unlock_with_pin(self, pin: str) -> None:
        """Open with the PIN. Raises AccessProblem."""
        self._login.unlock_pin(self._session, pin)

    def unlock_with_password(self, password: str) -> None:
        """Open with the password. Raises AccessProblem."""
        self._login.unlock(self._session, self._session.user.id, password)
