"""Opens and changes the slot file: gives out the store's key for a password, a recovery code or a one-time
code.

Attempts are counted by `guesses`. Keys are derived outside of every change of the file, which lasts a
moment (`slots.change`).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from desk import clock, errors
from desk.rules.names import name_key
from desk.rules.passwords import LockStep
from desk.services import entry_key, guesses, keys, lockout, slots
from desk.services.keyring_secret import DeviceSecrets
from desk.services.slot_values import ENTRY, INVITE, PASSWORD, RECOVERY, Failed, Slot, SlotFile
from desk.text import _
from desk.wire import codes

INVITE_DAYS = 7


@dataclass(frozen=True)
class Holder:
    """Whom a slot is for: user id, and the name and role shown at the sign-on window."""

    user_id: str
    name: str
    role_label: str


class Keybox:
    """The slot file of one data folder together with the device secret that belongs to it.

    `folder`, `secrets` and `steps` (the lock-out) are what it was made with.
    """

    def __init__(
        self, folder: Path, secrets: DeviceSecrets, *, cost: keys.KdfCost, steps: Sequence[LockStep]
    ) -> None:
        self.folder = folder
        self.steps = tuple(steps)
        self.secrets = secrets
        self._cost = cost

    def at(self, folder: Path) -> "Keybox":
        """Return the same for another data folder."""
        return Keybox(folder, self.secrets, cost=self._cost, steps=self.steps)

    def file(self) -> SlotFile:
        """Return the slot file.

        Raises:
            StoreProblem: it is missing, damaged, or newer than this program.
        """
        return slots.needed(self.folder)

    # -- opening ---------------------------------------------------------------------------------------------

    def open_with_password(self, user_id: str, password: str) -> bytes:
        """Return the store's key.

        Raises:
            AccessProblem: wrong password, no slot, or a wait is on after too many failures (SEC-02).
            KeyringProblem: the keyring is missing or holds another secret than the slot was made with.
        """
        slot = self.file().slot(user_id)
        if slot is None or slot.kind != PASSWORD:
            raise errors.AccessProblem(
                _("这台电脑上没有该用户的登录密码"), way_out=_("请站长在设置里邀请，再用一次性码首次登录")
            )
        return self._open_slot(slot, password, wrong=_("密码不对"))

    def open_invite(self, name: str, code: str) -> tuple[Holder, bytes]:
        """Return whom the one-time code was issued to, and the store's key; the slot stays until it is
        replaced.

        Raises:
            InputProblem: the code was copied wrongly.
            AccessProblem: no invitation of that name, it has expired, a wrong code, or a wait is on.
            KeyringProblem: the keyring is missing or holds another secret than the slot was made with.
        """
        typed = codes.clean(code, codes.ONE_TIME)
        coded = (each for each in self.file().slots if each.kind in (INVITE, ENTRY))
        slot = next((each for each in coded if same_name(each.name, name)), None)
        if slot is None or slot.expires_at is None:
            raise errors.AccessProblem(
                _("没有发给“{name}”的一次性码").format(name=name), way_out=_("请站长在设置里邀请")
            )
        if not slot.made_at <= clock.now() < slot.expires_at:
            raise errors.AccessProblem(
                _("一次性码已过期，或电脑的日期不对"), way_out=_("请核对日期；已过期的请站长重新邀请")
            )
        key = self._open_slot(slot, typed, wrong=_("一次性码不对"))
        return Holder(slot.user_id, slot.name, slot.role_label), key

    def open_with_recovery(self, code: str) -> bytes:
        """Return the store's key for the code of the recovery sheet; needs no keyring.

        Raises:
            InputProblem: the code was copied wrongly.
            AccessProblem: another store's code, or a wait is on after too many failures.
        """
        typed = codes.clean(code, codes.RECOVERY, field="recovery_code")
        file = self.file()
        wrap = file.recovery
        if wrap is None:
            raise errors.AccessProblem(_("这台电脑没有设恢复码"))
        context = _recovery_context(file.store_id)
        guess = guesses.Guess(RECOVERY, RECOVERY, _("恢复码不对，可能是旧的恢复单"))
        return guesses.attempt(
            self.folder, self.steps, guess, lambda: keys.unwrap(wrap, typed, b"", context=context)
        )

    # -- changing --------------------------------------------------------------------------------------------

    def put_password(self, key: bytes, holder: Holder, password: str) -> None:
        """Give the user a password slot in place of any other. Raises StoreProblem when the disk is full."""
        self._put(key, holder, password, PASSWORD)

    def put_invite(self, key: bytes, holder: Holder, code: str) -> None:
        """Give the user a slot for a one-time code, good for 7 days, in place of any other."""
        self._put(key, holder, codes.clean(code, codes.ONE_TIME), INVITE)

    def put_entry(self, key: bytes, holder: Holder, half: str, until: datetime) -> None:
        """Give a user without any slot here one for a code that was issued at another PC.

        Args:
            key: the store's.
            holder: the user.
            half: the open half of the code (`entry_key`).
            until: to when it is good.

        Raises:
            ValueError: it is no open half. StoreProblem: the disk is full.
        """
        given, secret = entry_key.lock(half)
        self._put(key, holder, secret, ENTRY, until=until, given=given)

    def remove_entry(self, user_id: str) -> None:
        """Take the user's slot away if it is for a code of another PC."""
        self._change(
            lambda file: file.without_slot(user_id) if _kind(file, user_id) == ENTRY else file,
        )

    def put_recovery(self, key: bytes, code: str) -> None:
        """Replace the recovery wrap; the sheet before it is worthless from now on."""
        typed = codes.clean(code, codes.RECOVERY)
        context = _recovery_context(self.file().store_id)
        wrap = keys.wrap(key, typed, b"", context=context, cost=self._cost)
        self._change(lambda file: replace(file, recovery=wrap, recovery_pending=True))

    def remove(self, user_id: str) -> None:
        """Take the user's slot away; does nothing when there is none."""
        self._change(lambda file: file.without_slot(user_id))

    def signed_on(self, holder: Holder, journal: Sequence[Failed], audit_n: int, audit_hash: str) -> None:
        """Note a sign-on: the name and role as they are now, the end of the audit chain, and that these
        entries of the journal stand in it."""

        def noted(file: SlotFile) -> SlotFile:
            slot = file.slot(holder.user_id)
            if slot is not None:
                file = file.with_slot(replace(slot, name=holder.name, role_label=holder.role_label))
            rest = tuple(failed for failed in file.journal if failed not in journal)
            return replace(file, journal=rest, audit_n=audit_n, audit_hash=audit_hash)

        self._change(noted)

    def recovery_kept(self) -> None:
        """Note that the sheet with the recovery code is in the safe."""
        self._change(lambda file: replace(file, recovery_pending=False))

    def begin(self, store_id: str, station_name: str) -> None:
        """Write the first slot file of a new store. Raises StoreProblem when the disk is full."""
        slots.save(self.folder, SlotFile(store_id, station_name))

    # -- inside ----------------------------------------------------------------------------------------------

    def _open_slot(self, slot: Slot, typed: str, *, wrong: str) -> bytes:
        file = self.file()
        guesses.refuse_while_waiting(self.folder, slot.user_id, slot.kind)
        device_secret = self._device_secret(file.store_id, slot)
        context = _slot_context(file.store_id, slot)

        def open_wrap() -> bytes:
            return keys.unwrap(slot.wrap, _secret_of(slot, typed), device_secret, context=context)

        guess = guesses.Guess(slot.user_id, slot.kind, wrong)
        return guesses.attempt(self.folder, self.steps, guess, open_wrap)

    def _put(
        self,
        key: bytes,
        holder: Holder,
        secret: str,
        kind: str,
        *,
        until: datetime | None = None,
        given: str = "",
    ) -> None:
        store_id, now = self.file().store_id, clock.now()
        device_secret = self._own_device_secret(store_id)
        until = now + timedelta(days=INVITE_DAYS) if kind == INVITE else until
        empty = keys.Wrap(self._cost, b"", b"", b"")
        bare = Slot(
            *(holder.user_id, holder.name, holder.role_label, kind, _tag(device_secret), now, until, empty),
            given=given,
        )
        context = _slot_context(store_id, bare)
        slot = replace(bare, wrap=keys.wrap(key, secret, device_secret, context=context, cost=self._cost))

        def put(file: SlotFile) -> SlotFile:
            # A key takes a second to derive: who has signed on meanwhile, or was invited here, keeps that.
            if kind == ENTRY and _kind(file, holder.user_id) not in ("", ENTRY):
                return file
            return file.with_slot(slot).with_tries(holder.user_id, lockout.Tries())

        self._change(put)

    def _change(self, turn: Callable[[SlotFile], SlotFile]) -> SlotFile:
        return slots.change(self.folder, turn)

    def _device_secret(self, store_id: str, slot: Slot) -> bytes:
        if slot.device_tag == "":
            return b""
        secret = self.secrets.read(store_id)
        if secret is None or _tag(secret) != slot.device_tag:
            raise errors.KeyringProblem(
                _("系统密钥环里没有这台电脑的设备密钥，可能重装过系统或换了系统用户"),
                way_out=_("请用恢复单上的恢复码进入：数据都在，进入后重设密码即可；其他人请站长重新邀请"),
            )
        return secret

    def _own_device_secret(self, store_id: str) -> bytes:
        """Return the device secret of this PC, made now if there is none; empty without a usable keyring."""
        try:
            secret = self.secrets.read(store_id)
            if secret is None:
                secret = keys.new_key()
                self.secrets.write(store_id, secret)
        except errors.KeyringProblem:
            return b""
        return secret


def same_name(one: str, other: str) -> bool:
    """Tell whether two typed names are the same: blanks, separators and case do not matter (SEC-01,
    NM-07)."""
    return name_key(one).casefold() == name_key(other).casefold()


def keyring_note(file: SlotFile) -> str:
    """Return what the clerk should know about slots made without a keyring; empty when there are none."""
    return without_keyring() if any(slot.device_tag == "" for slot in file.slots) else ""


def without_keyring() -> str:
    """Return what it means that this PC has no usable keyring."""
    return _(
        "本机没有可用的系统密钥环，数据仍然加密，但只由密码保护：请用更长的密码，并打开整盘加密。"
        "以后装好密钥环，改一次密码就能用上。"
    )


def key_by_sheet(slot_file: Path, recovery_code: str) -> bytes:
    """Return the store's key from the slot file of a backup, to restore it on a PC that has none of its own.

    Raises:
        InputProblem: the code was copied wrongly.
        AccessProblem: it is another store's code, or an old one.
        StoreProblem: the slot file is missing, damaged, or newer.
    """
    typed = codes.clean(recovery_code, codes.RECOVERY, field="recovery_code")
    file = slots.read(slot_file)
    if file is None or file.recovery is None:
        raise errors.StoreProblem(_("备份旁边没有密钥文件"), way_out=_("请把同名的 .slots.json 放在备份旁边"))
    try:
        return keys.unwrap(file.recovery, typed, b"", context=_recovery_context(file.store_id))
    except keys.WrongSecret:
        raise errors.AccessProblem(_("恢复码不对，可能是旧的恢复单"), field="recovery_code") from None


def _tag(device_secret: bytes) -> str:
    """Return a name of the secret that gives nothing away (it is random, 256 bit)."""
    return hashlib.sha256(b"desk device secret" + device_secret).hexdigest()[:32] if device_secret else ""


def _kind(file: SlotFile, user_id: str) -> str:
    slot = file.slot(user_id)
    return slot.kind if slot is not None else ""


def _secret_of(slot: Slot, typed: str) -> str:
    """Return what the slot was wrapped under. Raises WrongSecret: it was altered."""
    if slot.kind != ENTRY:
        return typed
    try:
        return entry_key.unlock(slot.user_id, typed, slot.given)
    except ValueError:
        raise keys.WrongSecret from None


def _slot_context(store_id: str, slot: Slot) -> bytes:
    until = slot.expires_at.isoformat() if slot.expires_at else ""
    said = ["slot", store_id, slot.user_id, slot.kind, slot.device_tag, until]
    return "|".join([*said, slot.given] if slot.given else said).encode()


def _recovery_context(store_id: str) -> bytes:
    return f"recovery|{store_id}".encode()
