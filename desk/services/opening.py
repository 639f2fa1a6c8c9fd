"""From the store's key to a desk somebody works at: opens the store, asks who the user is, writes it down."""

from contextlib import ExitStack
from dataclasses import dataclass

from desk import errors, log
from desk.models.store import Store
from desk.models.user import User as UserRow
from desk.services import audit, entry_codes, roles
from desk.services.audit import AuditHead, FailedUnlock
from desk.services.keybox import Holder, Keybox
from desk.services.pins import Pins
from desk.services.session import Session, User
from desk.services.slot_values import ENTRY, SlotFile
from desk.services.sync import gate, refolding
from desk.text import _

_log = log.get("opening")


@dataclass(frozen=True)
class Opened:
    """An open store with somebody at the desk.

    `recovery_code` only at the first start, to print it. `recovery_pending`: nobody has said yet that the
    sheet is in the safe. `notes`: what the clerk should know, as sentences.
    """

    store: Store
    session: Session
    pins: Pins
    recovery_code: str = ""
    recovery_pending: bool = False
    notes: tuple[str, ...] = ()


def open_desk(
    box: Keybox, key: bytes, user_id: str, *, how: str, new_password: str = "", entry: str = ""
) -> Opened:
    """Open the store for a user whose secret gave the key, and write the sign-on into the audit chain
    (SEC-05).

    Failed attempts of the journal go into the chain first. The name and role shown at the sign-on window
    follow the user's record, which may have changed elsewhere. `how` is password, recovery, invite or entry;
    a `new_password` becomes the user's own. `entry` is the digest of the code of an entry, which is spent
    before the password is there: whatever breaks in between, it opens nothing a second time.

    Raises:
        StoreProblem: the store does not open with this key, is damaged, newer, or missing.
        AccessProblem: the user was disabled, or is not of this station (SEC-04), or the code of an entry is
            used up or replaced by now; its slot goes.
    """
    with ExitStack() as undo:
        store = Store.open(box.folder, key)
        undo.callback(store.close)
        behind = _caught_up(store)
        user = admitted(store, user_id, box)
        if how == ENTRY:
            _spend(store, user, entry, box)
        if new_password:
            box.put_password(key, _holder(user), new_password)
        file = box.file()
        notes = [behind, _older_copy(store, file)]
        head = _written_down(store, file, user, how)
        box.signed_on(_holder(user), file.journal, head.n, head.hash)
        session = Session(user, key)
        with store.read() as rows:
            session.desk = gate.role(rows)
        pins = Pins(store, box.steps)
        seal_under_pin(session, pins)
        undo.pop_all()
    pending = file.recovery_pending
    return Opened(store, session, pins, recovery_pending=pending, notes=tuple(filter(None, notes)))


def admitted(store: Store, user_id: str, box: Keybox) -> User:
    """Return the user of a record that may sign on; the slot of one who may not is removed.

    Raises:
        AccessProblem: disabled, or not of this station (SEC-04).
    """
    with store.read() as rows:
        row = rows.get(UserRow, user_id)
        if row is not None and not row.disabled and not row.void and row.scope_id == store.scope_id:
            return User(row.record_id, row.name, roles.parsed(row.roles))
        elsewhere = row is not None and row.scope_id != store.scope_id
    box.remove(user_id)
    sentence = _("该用户是别的站点的，不能在这台电脑登录") if elsewhere else _("该用户已停用，不能登录")
    raise errors.AccessProblem(sentence, way_out=_("请联系站长"))


def seal_under_pin(session: Session, pins: Pins) -> None:
    """Let the user come back by PIN after a lock, if they have one on this PC."""
    digest = pins.digest_of(session.user.id)
    if digest is not None:
        session.accept_pin_digest(digest)


def take_up_codes(store: Store, session: Session, box: Keybox) -> None:
    """Let what came behind the lock count here: codes for others, or their end. Raises StoreProblem."""
    entry_codes.take_up(store, session, box)


def note_unlock(store: Store, user_id: str, how: str, *, ok: bool) -> None:
    """Write an unlock, or a failed one, into the audit chain (SEC-05)."""
    with store.write(user_id) as rows:
        audit.append(rows, "unlock", user_id=user_id, fields=how, ok=ok)


def _spend(store: Store, user: User, digest: str, box: Keybox) -> None:
    try:
        with store.write(user.id) as rows:
            entry_codes.use_up(rows, user.id, digest)
    except errors.AccessProblem:
        box.remove(user.id)
        raise


def _written_down(store: Store, file: SlotFile, user: User, how: str) -> AuditHead:
    failures = [FailedUnlock(failed.at, failed.user_id) for failed in file.journal]
    if failures:
        audit.fold_failures(store, failures)
    with store.write(user.id) as rows:
        return audit.append(rows, "unlock", user_id=user.id, fields=how)


def _caught_up(store: Store) -> str:
    """Take up what a newer desk wrote before this program knew it; return a warning if that failed.

    Its words come from other PCs: a value that does not fit may keep nobody out. The block is undone, and
    the next sign-on tries again.
    """
    try:
        refolding.catch_up(store)
    except errors.Problem:
        raise
    except Exception as failure:  # noqa: BLE001 - what a record of a newer desk can break is not known beforehand
        _log.error("not caught up after an upgrade: %s", type(failure).__name__)
        return _("升级前由新版本写下的内容，有些还没有读进来；别的照常使用。请把这句话告诉维护人员。")
    return ""


def _older_copy(store: Store, file: SlotFile) -> str:
    """Return a warning if the store lacks the end of the audit chain seen at the last sign-on."""
    with store.read() as rows:
        if audit.holds(rows, AuditHead(file.audit_n, file.audit_hash)):
            return ""
    return _("数据文件比上次登录时旧：可能恢复过备份，也可能被人换过。请站长核对，并记下原因。")


def _holder(user: User) -> Holder:
    return Holder(user.id, user.name, roles.label(user.roles))
