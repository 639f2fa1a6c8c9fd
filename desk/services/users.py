"""The station's users: synced records, and beside them the slots of this PC. Every change is audited
(SEC-05)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session as Rows

from desk import clock, errors
from desk.models.own import own
from desk.models.store import Store
from desk.models.user import User
from desk.rules import local_rules, rights
from desk.rules.names import check_name
from desk.rules.passwords import PasswordPolicy
from desk.rules.pinyin import readings
from desk.rules.profile import Profile
from desk.services import audit, entry_codes, passwords, roles
from desk.services.keybox import Holder, Keybox, keyring_note, same_name
from desk.services.outcome import Done
from desk.services.pins import Pins
from desk.services.session import Session
from desk.services.slot_values import ENTRY, INVITE, PASSWORD
from desk.text import _
from desk.wire import codes

_CHANGED = frozenset({"user"})


@dataclass(frozen=True)
class UserRow:
    """One user as listed: role codes and their words; whether this PC has a password slot, or a code not
    used yet."""

    id: str
    name: str
    roles: frozenset[str]
    roles_text: str
    disabled: bool
    has_slot: bool
    invited: bool


@dataclass(frozen=True, repr=False)
class Invite:
    """A one-time code to hand to the user in person: shown once, good for 7 days, at this PC or another."""

    user_id: str
    code: str


class Users:
    """The verbs of the users page, for whoever is signed on."""

    def __init__(
        self, store: Store, session: Session, box: Keybox, pins: Pins, current: Callable[[], Profile]
    ) -> None:
        """`current` returns the profile in force."""
        self._store = store
        self._session = session
        self._box = box
        self._pins = pins
        self._current = current

    def list(self) -> tuple[UserRow, ...]:
        """Return all users by their initials, the disabled ones last."""
        self._session.require("read", "user")
        kinds = {slot.user_id: slot.kind for slot in self._box.file().slots}
        with self._store.read() as rows:
            users = rows.scalars(own(rows, User).order_by(User.disabled, User.initials, User.record_id)).all()
        return tuple(_listed(user, kinds.get(user.record_id, "")) for user in users)

    def keyring_note(self) -> str:
        """Return what it means that this PC has no keyring, "" if the passwords hang on one."""
        return keyring_note(self._box.file())

    def invite(
        self, name: str, role_codes: Iterable[str], *, licence_no: str = "", posts_reason: str = ""
    ) -> Done[Invite]:
        """Add a user and issue the one-time code for the first sign-on at this PC.

        Args:
            name: shown at the sign-on window; unique within the station, the disabled included (SEC-01).
            role_codes: of roles.LABELS, at least one.
            licence_no: of a lawyer, if any.
            posts_reason: why one person holds two administrators' posts, where they do (SEC-11).

        Raises:
            AccessProblem: the signed-on user may not change users.
            InputProblem: the name or the roles cannot be used; names the field.
        """
        self._session.require("write", "user")
        held = self._checked(role_codes, posts_reason)
        cleaned = check_name(name)
        if cleaned.problem:
            raise errors.InputProblem(cleaned.problem, field="name")
        user = User(
            name=cleaned.clean,
            initials=next(iter(readings(cleaned.clean).initials), ""),
            roles=roles.written(held),
            licence_no=licence_no.strip(),
        )
        with self._store.write(self._session.user.id) as rows:
            _refuse_namesake(rows, cleaned.clean)
            rows.add(user)
            self._note(rows, "user_add", user.record_id, "name,roles" + (",posts" if posts_reason else ""))
        return self._issue(Holder(user.record_id, user.name, roles.label(held)))

    def invite_again(self, user_id: str) -> Done[Invite]:
        """Issue a new one-time code: a password was forgotten, the user signs on at this PC for the first
        time, or was disabled and comes back. The old password stops working here.

        Raises:
            AccessProblem: the signed-on user may not change users.
            InputProblem: it is the user at the desk, who changes the password instead.
        """
        self._session.require("write", "user")
        if user_id == self._session.user.id:
            raise errors.InputProblem(_("不能给自己发一次性码"), way_out=_("改密码请用“修改密码”"))
        with self._store.write(self._session.user.id) as rows:
            user = rows.get_one(User, user_id)
            user.disabled = False
            self._note(rows, "user_invite", user_id, "disabled")
        return self._issue(Holder(user_id, user.name, roles.label(roles.parsed(user.roles))))

    def invite_elsewhere(self, user_id: str) -> Done[Invite]:
        """Issue a one-time code for the user's first sign-on at another PC of the station.

        It travels with the next round; password and slot of this PC stay as they are.

        Raises:
            AccessProblem: the signed-on user may not change users.
            InputProblem: the user is disabled.
        """
        self._session.require("write", "user")
        with self._store.write(self._session.user.id) as rows:
            if rows.get_one(User, user_id).disabled:
                raise errors.InputProblem(_("这位用户已停用"), way_out=_("请先在这台电脑上重发登录码。"))
            code = entry_codes.issue(rows, user_id)
            self._note(rows, "user_invite", user_id, "entry_code")
        return Done(Invite(user_id, code), _CHANGED)

    def shared_posts(self, role_codes: Iterable[str]) -> frozenset[str]:
        """Return the posts which one person would hold together by a choice, none if there is nothing to
        choose.

        Raises:
            AccessProblem: the signed-on user may not change users.
            InputProblem: no role, or the rules allow no such choice (SEC-11): then nobody is asked for it.
        """
        self._session.require("write", "user")
        return roles.posts_held_together(self._checked(role_codes, _("由一人兼任")))

    def set_roles(self, user_id: str, role_codes: Iterable[str], *, posts_reason: str = "") -> Done[None]:
        """Give a user other roles; they hold from the user's next sign-on.

        Raises:
            AccessProblem: the signed-on user may not change users.
            InputProblem: no role, two posts without a reason (SEC-11), or nobody would be left to run the
            station.
        """
        self._session.require("write", "user")
        held = self._checked(role_codes, posts_reason)
        with self._store.write(self._session.user.id) as rows:
            self._refuse_last(rows, user_id, held)
            rows.get_one(User, user_id).roles = roles.written(held)
            self._note(rows, "user_change", user_id, "roles" + (",posts" if posts_reason else ""))
        return Done(None, _CHANGED)

    def disable(self, user_id: str) -> Done[None]:
        """Keep a user from signing on: the record says so everywhere, the slot and PIN of this PC are
        removed.

        Raises:
            AccessProblem: the signed-on user may not change users.
            InputProblem: it is the user at the desk, or nobody would be left to run the station (SEC-04).
        """
        self._session.require("write", "user")
        if user_id == self._session.user.id:
            raise errors.InputProblem(_("不能停用自己"), way_out=_("请另一位站长登录后停用"))
        with self._store.write(self._session.user.id) as rows:
            self._refuse_last(rows, user_id, frozenset())
            rows.get_one(User, user_id).disabled = True
            self._pins.remove(rows, user_id)
            self._note(rows, "user_disable", user_id, "disabled")
        self._box.remove(user_id)
        return Done(None, _CHANGED)

    def change_password(self, old: str, new: str) -> Done[None]:
        """Change the password of whoever is signed on.

        Raises:
            AccessProblem: the old password is wrong, or a wait is on (SEC-02).
            InputProblem: the new one is too weak or the same (SEC-01).
        """
        user = self._session.user
        passwords.require_good(new, self._policy())
        if old == new:
            raise errors.InputProblem(_("新密码不能和旧密码相同"), field="password")
        key = self._box.open_with_password(user.id, old)
        self._box.put_password(key, Holder(user.id, user.name, roles.label(user.roles)), new)
        self._session.password_expired = False
        self._written("password_change", user.id)
        return Done(None)

    def set_pin(self, user_id: str, pin: str) -> Done[None]:
        """Set the PIN with which a user comes back after a lock; everybody sets their own, the head
        anybody's.

        Raises:
            AccessProblem: somebody else's, without the right to change users.
            InputProblem: not six digits, or too simple.
        """
        own = user_id == self._session.user.id
        if not own:
            self._session.require("write", "user")
        with self._store.write(self._session.user.id) as rows:
            digest = self._pins.set(rows, user_id, pin)
            self._note(rows, "pin_set", user_id)
        if own:
            self._session.accept_pin_digest(digest)
        return Done(None)

    def new_recovery_code(self, password: str) -> Done[str]:
        """Return a new recovery code to print; the sheet before it is worthless from now on.

        Raises:
            AccessProblem: no right to change users, or not the password of whoever is signed on.
        """
        self._session.require("write", "user")
        key = self._box.open_with_password(self._session.user.id, password)
        code = codes.new(codes.RECOVERY)
        self._box.put_recovery(key, code)
        self._written("recovery_new", "")
        return Done(code)

    def recovery_kept(self) -> Done[None]:
        """Note that the recovery sheet was printed and lies in the safe.

        Raises:
            AccessProblem: no right to change users.
        """
        self._session.require("write", "user")
        self._box.recovery_kept()
        self._written("recovery_kept", "")
        return Done(None)

    def _issue(self, holder: Holder) -> Done[Invite]:
        code = codes.new(codes.ONE_TIME)
        self._box.put_invite(self._session.key, holder, code)
        return Done(Invite(holder.user_id, code), _CHANGED)

    def _refuse_last(self, rows: Rows, user_id: str, held: frozenset[str]) -> None:
        """Refuse what would leave the station without a head, or without anybody who can change users."""
        others = rows.scalars(own(rows, User).where(User.disabled.is_(False), User.record_id != user_id))
        everybody = [held, *(roles.parsed(user.roles) for user in others)]
        split = self._session.split_admins
        has_head = any("head" in each for each in everybody)
        if not has_head or not any(
            rights.may(each, "write", "user", split_admins=split) for each in everybody
        ):
            raise errors.InputProblem(
                _("这是最后一位能管理用户的站长，不能停用或改掉"), way_out=_("请先把另一位用户设为站长")
            )

    def _checked(self, role_codes: Iterable[str], posts_reason: str) -> frozenset[str]:
        apart = self._current().flag("dengbao.split_admins", clock.today())
        return _checked_roles(role_codes, "" if apart else posts_reason, may_share=not apart)

    def _policy(self) -> PasswordPolicy:
        return local_rules.password_policy(self._current(), clock.today())

    def _note(self, rows: Rows, action: str, target_id: str, fields: str = "") -> None:
        by = self._session.user.id
        audit.append(rows, action, user_id=by, noun="user", target_id=target_id, fields=fields)

    def _written(self, action: str, target_id: str) -> None:
        with self._store.write(self._session.user.id) as rows:
            self._note(rows, action, target_id)


def _listed(user: User, kind: str) -> UserRow:
    held = roles.parsed(user.roles)
    return UserRow(
        id=user.record_id,
        name=user.name,
        roles=held,
        roles_text=roles.words(held),
        disabled=user.disabled,
        has_slot=kind == PASSWORD,
        invited=kind in (INVITE, ENTRY),
    )


def _checked_roles(role_codes: Iterable[str], posts_reason: str, *, may_share: bool) -> frozenset[str]:
    held = frozenset(role_codes)
    if not held or not held <= roles.LABELS.keys():
        raise errors.InputProblem(_("请至少选一个角色"), field="roles")
    if roles.posts_held_together(held) and not posts_reason.strip():
        raise errors.InputProblem(
            _("系统、安全、审计管理员应由不同的人担任"),
            way_out=_("确需兼任的，请写明理由") if may_share else _("本地规则不许一人兼任，请分给不同的人"),
            field="posts_reason",
        )
    return held


def _refuse_namesake(rows: Rows, name: str) -> None:
    for user in rows.scalars(own(rows, User)):
        if same_name(user.name, name):
            raise errors.InputProblem(
                _("已有叫“{name}”的用户").format(name=user.name),
                way_out=_("同名的请加一个区别，例如“王某（南街）”；停用过的请重新邀请"),
                field="name",
            )
