"""One-time codes for a first sign-on at another PC of the station.

A slot lies beside one PC's store and opens only that (keybox.py). What travels to the other PCs, as a record,
is the open half of a pair of keys that the code makes (entry_key.py): whoever types the code there is the
user it was issued to, and it is void from then on. The code itself is shown once and handed over on paper.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import AccessProblem
from desk.models import plain
from desk.models.base import alive
from desk.models.own import own
from desk.models.store import Store
from desk.models.user import EntryCode, User
from desk.services import entry_key, roles
from desk.services.keybox import INVITE_DAYS, Holder, Keybox, same_name
from desk.services.session import Session
from desk.services.slot_values import ENTRY, Slot
from desk.text import _
from desk.wire import codes

_USED: Final = "已使用"
_REPLACED: Final = "另发了新码"
_REVISIONS = "SELECT body FROM revision_log WHERE noun = 'entry_code' AND record_id = ? ORDER BY version, ord"
_OFFSET = "SELECT coalesce(clock_offset_ms, 0) FROM meta"


@dataclass(frozen=True)
class Entry:
    """A code that was recognised: its record, and whom it lets in."""

    record_id: str
    user: User


def issue(rows: Rows, user_id: str) -> str:
    """Draw a code for a user, good for 7 days at any PC of the station; an older one ends. Returns it."""
    older = rows.scalars(select(EntryCode).where(EntryCode.user_id == user_id)).all()
    for each in older:
        if not each.void:
            each.tombstone(_REPLACED)
    code = codes.new(codes.ONE_TIME)
    digest = entry_key.open_half(user_id, codes.clean(code, codes.ONE_TIME))
    # No two codes of a user end at the same moment: by that a slot knows whose it is.
    until = hub_now(rows) + timedelta(days=INVITE_DAYS, seconds=len(older))
    rows.add(EntryCode(user_id=user_id, digest=digest, until=until))
    return code


def find(rows: Rows, name: str, bare: str) -> Entry:
    """Return whom a code lets in.

    Args:
        name: as typed; it must be the user's the code was issued to.
        bare: the symbols of the code.

    Raises:
        AccessProblem: nobody is called so, the user is disabled, the code is wrong, used up or over; `field`
            is `name` or `one_time`.
    """
    users = [user for user in rows.scalars(alive(User)) if same_name(user.name, name)]
    if not users:
        raise AccessProblem(
            _("站里没有叫“{name}”的用户").format(name=name),
            way_out=_("请照站长那台电脑“设置 › 用户”里的写法填写；刚加的用户，等那台电脑同步以后再试。"),
            field="name",
        )
    able = [user for user in users if not user.disabled]
    if not able:
        raise AccessProblem(_("该用户已停用，不能登录"), way_out=_("请联系站长"), field="name")
    user = able[0]
    issued = rows.scalars(select(EntryCode).where(EntryCode.user_id == user.record_id)).all()
    digest = entry_key.open_half(user.record_id, bare)
    found = next((each for each in issued if each.digest == digest), None)
    if found is None:
        raise _refused(has_any=any(not each.void for each in issued), name=user.name)
    if found.void:
        raise _over(_("这个登录码已经用过，或者站长另发了新的"))
    if found.until is None or hub_now(rows) >= found.until:
        raise _over(_("登录码过期了"))
    return Entry(found.record_id, user)


def spend(rows: Rows, record_id: str) -> None:
    """Make a code void once somebody has signed on by it."""
    rows.get_one(EntryCode, record_id).tombstone(_USED)


def was_spent_by(rows: Rows, record_id: str, device: str) -> bool:
    """Tell whether a PC was the first to make a code void, in the hub's order, after its round has pushed.

    Two PCs that join at once both find the code good, each in its own store; the hub decides whose it was.
    """
    told = (json.loads(body) for (body,) in plain.ask(rows, _REVISIONS, (record_id,)))
    first = next((op for op in told if op["kind"] == "void"), None)
    return first is not None and first["device"] == device


def used_elsewhere() -> AccessProblem:
    """Return what is said to whoever came second with a code."""
    return _over(_("这个登录码刚刚在另一台电脑上用过"))


def use_up(rows: Rows, user_id: str, digest: str) -> None:
    """Make every code of a user void who signs on by the one of this open half, out of a slot of this PC.

    A slot may be older than what the records say: a round behind the lock leaves the slots as they are.

    Raises:
        AccessProblem: the code is used up or replaced; `field` is `one_time`.
    """
    live = rows.scalars(own(rows, EntryCode).where(EntryCode.user_id == user_id)).all()
    if all(each.digest != digest for each in live):
        raise _over(_("这个登录码已经用过，或者站长另发了新的"))
    for each in live:
        each.tombstone(_USED)


def take_up(store: Store, session: Session, box: Keybox) -> None:
    """Let users who came with a round sign on here too: a slot for each code whose user has none at this PC.

    A desk of the county holds the users and codes of its stations, too: none of those is let in here. Slots
    of codes that are used up or replaced go. Behind the lock nothing happens, the key is away then: the
    unlock does it. A second for each slot that is made; with nothing to do, a look.

    Raises:
        StoreProblem: the disk is full.
    """
    if session.locked:
        return
    key = session.key
    with store.read() as rows:
        now = hub_now(rows)
        issued = [
            each for each in rows.scalars(own(rows, EntryCode)) if each.until is not None and each.until > now
        ]
        users = {user.record_id: user for user in rows.scalars(own(rows, User)) if not user.disabled}
    codes_ = {each.user_id: each for each in issued if each.user_id in users}
    slots = {slot.user_id: slot for slot in box.file().slots}
    for user_id, slot in slots.items():
        if slot.kind == ENTRY and not _is_of(slot, codes_.get(user_id)):
            box.remove_entry(user_id)
    for user_id, code in codes_.items():
        slot_here = slots.get(user_id)
        if code.until is not None and (
            slot_here is None or (slot_here.kind == ENTRY and not _is_of(slot_here, code))
        ):
            user = users[user_id]
            holder = Holder(user_id, user.name, roles.label(roles.parsed(user.roles)))
            # What is no half of a key can be nobody's code.
            with suppress(ValueError):
                box.put_entry(key, holder, code.digest, code.until)


def _is_of(slot: Slot, code: EntryCode | None) -> bool:
    return code is not None and slot.expires_at == code.until


def hub_now(rows: Rows) -> datetime:
    """Return the time as the hub had it at the last round: two PCs' clocks may differ by days."""
    return clock.now() + timedelta(milliseconds=plain.ask(rows, _OFFSET)[0][0])


def _refused(*, has_any: bool, name: str) -> AccessProblem:
    if has_any:
        return AccessProblem(_("登录码不对"), way_out=_("请对照站长给的登录码再输一遍。"), field="one_time")
    return AccessProblem(
        _("还没有收到发给“{name}”的登录码").format(name=name),
        way_out=_(
            "请站长在已经用着的电脑上到“设置 › 用户”选中这个人，点“发另一台电脑的登录码”，"
            "那台电脑同步以后再试。"
        ),
        field="one_time",
    )


def _over(sentence: str) -> AccessProblem:
    return AccessProblem(sentence, way_out=_("请站长在已经用着的电脑上再发一个。"), field="one_time")
