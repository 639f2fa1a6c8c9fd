"""Signing on: first start, password, recovery code, the one-time code of an invited user, and back from a
lock.

This stands before the store is open, so it imports nothing slow: the store's machinery comes with the first
call that needs it.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desk import clock, errors
from desk.rules import local_rules
from desk.rules.passwords import PasswordPolicy, is_expired
from desk.rules.profile import Profile
from desk.services import aside, entry_key, keybox, keys, passwords, slots, staging
from desk.services import profile as profiles
from desk.services.keybox import Keybox
from desk.services.keyring_secret import DeviceSecrets, OsKeyring
from desk.services.login_values import FirstStart, LoginState, Progress, SlotUser
from desk.services.session import Session
from desk.services.slot_values import ENTRY, INVITE, PASSWORD, RECOVERY
from desk.text import _
from desk.wire import codes

if TYPE_CHECKING:
    from desk.services.joining import Joining
    from desk.services.opening import Opened

__all__ = ["FirstStart", "Login", "LoginState", "SlotUser"]

_MINUTE_S = 60


class Login:
    """The door of one data folder. All but `state` take about a second for the password: call them beside."""

    def __init__(
        self,
        folder: Path,
        *,
        profile: Profile | None = None,
        secrets: DeviceSecrets | None = None,
        cost: keys.KdfCost | None = None,
    ) -> None:
        """Use the shipped profile, the system's keyring and this PC's cost unless told otherwise (tests)."""
        self._folder = folder
        self._given = profile
        self._secrets = secrets or OsKeyring()
        self._cost = cost
        self._opened: Opened | None = None

    def state(self) -> LoginState:
        """Return whether the wizard or the sign-on window comes, and who can sign on here.

        Finishes or throws away a first start or a restore that was cut off. Asks the keyring only before the
        first start.

        Raises:
            StoreProblem: the slot file is missing beside a store, damaged, altered, or newer.
        """
        staging.settle(self._folder, self._secrets)
        aside.settle(self._folder)
        file = slots.load(self._folder)
        if file is None and (self._folder / staging.STORE_FILE).exists():
            file = self._box.file()
        if file is None:
            return LoginState("first_start", keyring_note=self._probe())
        users = tuple(
            SlotUser(slot.user_id, slot.name, slot.role_label) for slot in file.slots if slot.kind == PASSWORD
        )
        return LoginState("sign_on", users, file.station_name, keybox.keyring_note(file))

    def first_start(self, setup: FirstStart, progress: Progress | None = None) -> "Opened":
        """Set the station up and open it; the value holds the recovery code to print.

        Raises:
            InputProblem: something typed cannot be used; names the field.
            StoreProblem: there is a store already, the disk is full, or the folder is a network share.
        """
        from desk.services import first_start

        staging.settle(self._folder, self._secrets)
        checked = first_start.checked(setup, self._policy())
        self._opened = first_start.run(checked, self._box, progress or _silent)
        return self._opened

    def sign_on(self, user_id: str, password: str) -> "Opened":
        """Open the store with a password.

        Raises:
            AccessProblem: wrong password, no slot, disabled, or a wait is on, with its length (SEC-02).
            KeyringProblem: the keyring is missing, or was lost or changed; the way out is the recovery code.
            StoreProblem: the store is missing, damaged, newer, or belongs to another slot file.
        """
        key = self._box.open_with_password(user_id, password)
        return self._open(key, user_id, PASSWORD)

    def recover(self, recovery_code: str, user_id: str, new_password: str) -> "Opened":
        """Open the store with the code of the recovery sheet and give the user a new password on this PC.

        A lost device secret is made anew. Others whose slots hung on the lost one are to be invited again.

        Raises:
            InputProblem: the code was copied wrongly, or the password is too weak.
            AccessProblem: a wrong code, a wait is on, or the user is disabled.
            StoreProblem: as for `sign_on`.
        """
        passwords.require_good(new_password, self._policy())
        key = self._box.open_with_recovery(recovery_code)
        return self._open(key, user_id, RECOVERY, new_password)

    def redeem(self, name: str, one_time_code: str, new_password: str) -> "Opened":
        """Open the store for somebody invited, here or elsewhere, and give them their password; the code is
        spent.

        Raises:
            InputProblem: the code was copied wrongly, or the password is too weak.
            AccessProblem: nobody of that name was invited, the code is wrong, older than 7 days, used at
            another PC or replaced, a wait is on. KeyringProblem, StoreProblem: as for `sign_on`.
        """
        passwords.require_good(new_password, self._policy())
        holder, key = self._box.open_invite(name, one_time_code)
        slot = self._box.file().slot(holder.user_id)
        how, entry = slot.kind if slot is not None else INVITE, ""
        if how == ENTRY:
            entry = entry_key.open_half(holder.user_id, codes.clean(one_time_code, codes.ONE_TIME))
        return self._open(key, holder.user_id, how, new_password, entry)

    def joining(self, *, replaces: bool = False) -> "Joining":
        """Begin to make this PC a further one of a station that has one already.

        `replaces`: there is a store here, just set up, which is set aside once the new one is whole.

        Raises:
            StoreProblem: the disk cannot be written.
        """
        from desk.services.joining import Joining

        staging.settle(self._folder, self._secrets)

        def entered(opened: "Opened") -> None:
            self._opened = opened

        return Joining(self._box, self._policy(), entered, replaces=replaces)

    def set_aside(self) -> Path:
        """Let a store give way that does not open (StoreProblem with field damaged, key, plain or missing),
        after somebody has said yes; return where it is kept. The next state is a first start.

        Raises:
            StoreProblem: the disk cannot be written.
        """
        return aside.set_aside(self._folder)

    def pin_is_enough(self, session: Session) -> bool:
        """Tell whether the PIN alone unlocks now: within the profile's time after the lock, not too many
        wrong."""
        within_s = self._profile.number("lock.pin_return", clock.today()) * _MINUTE_S
        return session.can_return_by_pin(within_s)

    def unlock_pin(self, session: Session, pin: str) -> None:
        """Bring the user back after a lock, within the profile's time (row lock.pin_return).

        Raises:
            AccessProblem: a wrong PIN, or the password is needed: too late, no PIN, five wrong ones,
            disabled.
            StoreProblem: the disk is full.
        """
        from desk.services import opening

        opened = self._at_work()
        if not self.pin_is_enough(session):
            raise errors.AccessProblem(_("请输入密码解锁"), field="password")
        opening.admitted(opened.store, session.user.id, self._box)
        right = session.return_by_pin(opened.pins.digest_typed(session.user.id, pin))
        opening.note_unlock(opened.store, session.user.id, "pin", ok=right)
        if not right:
            left = session.wrong_pins_left()
            sentence = _("PIN 不对，还可以试 {left} 次") if left else _("PIN 连续输错，请输入密码解锁")
            raise errors.AccessProblem(sentence.format(left=left), field="pin" if left else "password")
        opening.take_up_codes(opened.store, session, self._box)

    def unlock(self, session: Session, user_id: str, password: str) -> None:
        """Come back after a lock by password: the same user, or another who takes over the desk.

        Raises:
            AccessProblem: as for `sign_on`.
            KeyringProblem: as for `sign_on`.
            StoreProblem: the disk is full.
        """
        from desk.services import opening

        opened = self._at_work()
        key = self._box.open_with_password(user_id, password)
        user = opening.admitted(opened.store, user_id, self._box)
        opening.note_unlock(opened.store, user_id, PASSWORD, ok=True)
        session.return_by_password(user, key)
        self._look_at_age(session)
        opening.seal_under_pin(session, opened.pins)
        opening.take_up_codes(opened.store, session, self._box)

    def follow(self, profile: Profile, session: Session) -> None:
        """Take the profile in force in the open store: lock-out, PIN time, passwords and their age, split of
        administrators."""
        self._profile = profile
        self._box.steps = local_rules.lock_steps(profile, clock.today())
        session.split_admins = profile.flag("dengbao.enabled", clock.today())
        self._look_at_age(session)

    @property
    def box(self) -> Keybox:
        """Return the slot file's keeper, for the users service."""
        return self._box

    def _open(self, key: bytes, user_id: str, how: str, new_password: str = "", entry: str = "") -> "Opened":
        from desk.services import opening

        self._opened = opening.open_desk(
            self._box, key, user_id, how=how, new_password=new_password, entry=entry
        )
        return self._opened

    def _at_work(self) -> "Opened":
        assert self._opened is not None, "a lock comes after a sign-on"
        return self._opened

    def _look_at_age(self, session: Session) -> None:
        slot = self._box.file().slot(session.user.id)
        session.password_expired = slot is not None and is_expired(
            slot.made_at.date(), clock.today(), self._policy()
        )

    def _probe(self) -> str:
        try:
            self._secrets.read("")
        except errors.KeyringProblem:
            return keybox.without_keyring()
        return ""

    def _policy(self) -> PasswordPolicy:
        return local_rules.password_policy(self._profile, clock.today())

    @cached_property
    def _profile(self) -> Profile:
        return self._given or profiles.load_default()

    @cached_property
    def _box(self) -> Keybox:
        steps = local_rules.lock_steps(self._profile, clock.today())
        return Keybox(self._folder, self._secrets, cost=self._cost or keys.calibrate(), steps=steps)


def _silent(_sentence: str) -> None:
    """Tell nobody."""
