"""Who is at the desk now, what they may do, and whether the screen is locked.

Locking forgets the user's key and closes every verb that asks for a right. The store itself stays open for
the sync until the app closes it (profile row lock.store_open); its cipher needs the key in memory as long,
so a lock protects the screen, not the memory of a computer somebody takes apart while it runs.

While somebody is signed on, their key lies sealed under their PIN's digest beside it. The digest itself is
only in the encrypted store, so after a lock the right PIN is what brings the key back; five wrong ones throw
it away.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from desk import clock, errors
from desk.rules import rights
from desk.services import keys
from desk.text import _

WRONG_PINS = 5


@dataclass(frozen=True)
class User:
    """Whoever signed on: user id, name, role codes."""

    id: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class _Lock:
    at: datetime
    mono_ms: int


class Session:
    """One person at the desk from sign-on to the end, through locks; another person may take over.

    `split_admins` follows the profile (row dengbao.enabled): then being head gives no administrator's right.
    `password_expired`: nothing is allowed until the user has changed the password (SEC-01).
    `desk`: what this PC is to the hub; at a desk of the county nobody has a station's rights.
    """

    def __init__(self, user: User, key: bytes) -> None:
        self._user = user
        self._key: bytes | None = key
        self._sealed: bytes | None = None
        self._locked: _Lock | None = None
        self._wrong_pins = 0
        self.split_admins = False
        self.password_expired = False
        self.desk = ""

    @property
    def user(self) -> User:
        """Return who signed on last, locked or not."""
        return self._user

    @property
    def locked(self) -> bool:
        """Tell whether the desk is locked."""
        return self._locked is not None

    @property
    def key(self) -> bytes:
        """Return the store's key, to make another wrap of it.

        Raises:
            AccessProblem: the desk is locked.
        """
        self._refuse_locked()
        assert self._key is not None, "only a lock takes the key away"
        return self._key

    def may(self, verb: str, group: str, *, is_receiver: bool = False) -> bool:
        """Tell whether the user may do this now; nothing is allowed while locked (SEC-04)."""
        return (
            not self.locked
            and not self.password_expired
            and self._has_right(verb, group, is_receiver=is_receiver)
        )

    def holds(self, verb: str, group: str) -> bool:
        """Tell whether the roles of the user have this right, which a lock or an old password only closes.

        For what a window is made of; whether something may be done now, `may` tells.
        """
        return self._has_right(verb, group, is_receiver=False)

    def may_there(self, verb: str, group: str) -> bool:
        """Tell whether the user may do this to a record that is not this desk's own.

        At a desk of the county the posts by which they run their own PC count nothing there.
        """
        if self.desk not in rights.LOOKING_DESKS:
            return self.may(verb, group)
        return self.may(verb, group) and rights.may({self.desk}, verb, group)

    def require(self, verb: str, group: str, *, is_receiver: bool = False) -> None:
        """Let pass what `rules/rights.py` grants (SEC-04, SEC-11). `is_receiver`: of the safe visit in
        question.

        Raises:
            AccessProblem: the desk is locked, the password is too old, or the user's roles do not allow it.
        """
        self._refuse_locked()
        if self.password_expired:
            raise errors.AccessProblem(
                _("密码用得太久，已到期"), way_out=_("请先到“设置 › 密码与恢复单”改密码，再接着办事")
            )
        if not self._has_right(verb, group, is_receiver=is_receiver):
            if self.desk in rights.LOOKING_DESKS:
                raise errors.AccessProblem(
                    _("县里的电脑不能做这件事"), way_out=_("这一项由站点填写，请联系站点")
                )
            raise errors.AccessProblem(
                _("您的角色不能做这件事"), way_out=_("请有权限的同事操作，或请站长在设置里调整角色")
            )

    def lock(self) -> None:
        """Forget the key; only the PIN (for a while) or a password comes back. Never fails."""
        if self._locked is None:
            self._locked = _Lock(clock.now(), clock.monotonic_ms())
        self._key = None

    def locked_for_s(self) -> float:
        """Return the seconds since the lock, by the clock that went further (a sleeping PC stops one); 0 if
        open."""
        if self._locked is None:
            return 0.0
        wall_s = (clock.now() - self._locked.at).total_seconds()
        return max(wall_s, (clock.monotonic_ms() - self._locked.mono_ms) / 1000)

    def accept_pin_digest(self, digest: bytes) -> None:
        """Seal the key under the digest of the user's PIN, so that the PIN can bring it back after a lock."""
        self._sealed = keys.seal(self.key, digest, context=self._user.id.encode())

    def can_return_by_pin(self, within_s: float) -> bool:
        """Tell whether the PIN is enough now: one is set, the lock is young, and not too many were wrong."""
        return self.locked and self._sealed is not None and self.locked_for_s() <= within_s

    def return_by_pin(self, digest: bytes) -> bool:
        """Unlock with the digest of a typed PIN and tell whether it was right; the fifth wrong one ends the
        way."""
        assert self._sealed is not None, "ask can_return_by_pin first"
        try:
            key = keys.unseal(self._sealed, digest, context=self._user.id.encode())
        except keys.WrongSecret:
            self._wrong_pins += 1
            if self._wrong_pins >= WRONG_PINS:
                self._sealed = None
            return False
        self._open(key)
        return True

    def return_by_password(self, user: User, key: bytes) -> None:
        """Unlock for whoever's password gave the key: the same user, or another one who takes over."""
        if user.id != self._user.id:
            self._sealed = None
        self._user = user
        self._open(key)

    def wrong_pins_left(self) -> int:
        """Return how many more wrong PINs are taken before the password is needed."""
        return WRONG_PINS - self._wrong_pins

    def _open(self, key: bytes) -> None:
        self._key = key
        self._locked = None
        self._wrong_pins = 0

    def _has_right(self, verb: str, group: str, *, is_receiver: bool) -> bool:
        admins = self.split_admins
        return _may(self._user.roles, self.desk, verb, group, is_receiver=is_receiver, split_admins=admins)

    def _refuse_locked(self) -> None:
        if self.locked:
            raise errors.AccessProblem(_("接待台已锁定"), way_out=_("请输入 PIN 或密码解锁"))


@lru_cache(maxsize=256)
def _may(
    roles: frozenset[str], desk: str, verb: str, group: str, *, is_receiver: bool, split_admins: bool
) -> bool:
    # Every verb asks several times, and the table never changes.
    held = rights.at_desk(roles, desk, split_admins=split_admins)
    return rights.may(held, verb, group, is_receiver=is_receiver, split_admins=split_admins)
