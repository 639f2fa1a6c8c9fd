"""A further PC of a station: enrolled by the county's code, filled from the hub, its first user let in.

Everything is made in a folder beside, as at a first start (staging.py), and only moved in when somebody can
sign on: a PC that gives up on the way leaves nothing. Each PC has a store key, slots and a recovery code of
its own; the scope, its records and its users are the station's.
"""

import json
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock, errors, ids
from desk.errors import HubProblem
from desk.models import plain
from desk.models.base import alive
from desk.models.device import Device
from desk.models.meta import ROW, Meta
from desk.models.station import Station
from desk.models.store import Store
from desk.models.user import User
from desk.rules.numbers import LETTERS
from desk.rules.passwords import PasswordPolicy
from desk.services import audit, entry_codes, keys, passwords, receipts, roles, slots, staging, station
from desk.services.keybox import Holder, Keybox, same_name
from desk.services.login_values import Progress
from desk.services.opening import Opened, open_desk
from desk.services.session import Session
from desk.services.session import User as SignedOn
from desk.services.slot_values import INVITE
from desk.services.sync import client, enrolment, gate
from desk.services.sync.engine import run_round
from desk.services.sync.enrolment import Connect, Entrance
from desk.services.sync.gate import Gate
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.ports import Taken
from desk.text import _
from desk.wire import codes, signing
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import Snapshot
from desk.wire.messages import Page

_LETTERED: Final = "SELECT version, body FROM revision_log WHERE noun = 'device' AND record_id = ?"


@dataclass(frozen=True)
class Joined:
    """Which station this PC belongs to now, as the county calls it, and as it calls itself."""

    county: str
    station: str


@dataclass(frozen=True)
class _Admitted:
    """Whose code was used up here: its symbols and its record."""

    bare: str
    record_id: str
    user: User


class Joining:
    """One PC on its way into a station. One verb at a time; `give_up` may be called from another thread.

    Args:
        box: of the data folder, which holds no store.
        policy: what a password must be.
        entered: is told what was opened.
        replaces: whether there is a store, just set up, that is set aside in the end.
        connect, find_authority: stand in for the network in tests.
    """

    def __init__(
        self,
        box: Keybox,
        policy: PasswordPolicy,
        entered: Callable[[Opened], None] = lambda _opened: None,
        *,
        replaces: bool = False,
        connect: Connect = client.HubClient,
        find_authority: Callable[[str, str], str] = client.find_authority,
    ) -> None:
        self._box = box
        self._stage = box.at(staging.folder_of(box.folder))
        self._policy = policy
        self._entered = entered
        self._replaces = replaces
        self._connect = connect
        self._find_authority = find_authority
        # The same at every try: whoever lost the answer enrols once more with the same code.
        self._device, self._seed = ids.new_id(), ids.random_bytes(signing.KEY_LENGTH)
        self._key = keys.new_key()
        self._store: Store | None = None
        self._known = Joined("", "")
        self._admitted: _Admitted | None = None
        self._given_up = False

    @property
    def is_enrolled(self) -> bool:
        """Whether the code has been used: who leaves now needs another one."""
        return self._store is not None

    def enrol(self, where: str, code: str, pin: str, progress: Progress) -> Joined:
        """Enrol with the county's code and fetch the station's records; again after a failure goes on.

        Args:
            where, code, pin: as `Enrolment.enrol` takes them.
            progress: is told each step.

        Raises:
            InputProblem: something was typed wrongly. StoreProblem: there is a store, or the disk is full.
            HubProblem: no line, a certificate that is not the sheet's, the hub's refusal, or given up.
        """
        self._given_up = False
        if self._store is None:
            progress(_("正在登记"))
            said = enrolment.typed(where, code, pin)
            with _worded():
                self._store, self._known = self._enrolled(said)
        progress(_("正在取回本站的记录"))
        self._round(progress)
        with self._store.read() as rows:
            if rows.scalars(alive(User).limit(1)).first() is None:
                raise HubProblem(
                    _("县里还没有这个站的用户，没有人能在这台电脑登录"),
                    way_out=_("请在第一台电脑上点“立即同步”，再来这里试一次。"),
                    field="no_users",
                )
        return self._known

    def enter(self, name: str, code: str, password: str, progress: Progress) -> Opened:
        """Let the first user of this PC in and make the store; the value holds the recovery code to print.

        Args:
            name, code: a user of the station, and the code the head issued for another PC.
            password: the user's own from now on at this PC.
            progress: is told each step.

        Raises:
            InputProblem: the code was copied wrongly, or the password is too weak.
            AccessProblem: no such user or code (`entry_codes.find`).
            HubProblem: no line, or given up. StoreProblem: the disk is full.
        """
        self._given_up = False
        passwords.require_good(password, self._policy)
        bare = codes.clean(code, codes.ONE_TIME, field="one_time")
        progress(_("正在核对登录码"))
        # The head may have issued it a moment ago.
        self._round(progress)
        user = self._admit(name, bare)
        progress(_("正在登记这台电脑的编号字母"))
        self._settle_letter(user)
        self._see_code_was_ours()
        progress(_("正在生成登录密钥"))
        recovery = codes.new(codes.RECOVERY)
        self._make_ways_in(user, password, recovery)
        self._close()
        staging.move_in(self._box.folder)
        progress(_("正在打开"))
        opened = replace(open_desk(self._box, self._key, user.record_id, how=INVITE), recovery_code=recovery)
        self._entered(opened)
        return opened

    def give_up(self) -> None:
        """End what is under way after the answer it waits for; the same verb may be tried again."""
        self._given_up = True

    def discard(self) -> None:
        """Leave nothing behind. Raises StoreProblem: the disk cannot be written."""
        self._given_up = True
        self._close()
        staging.discard(self._box.folder, self._box.secrets)

    # -- with the county ------------------------------------------------------------------------------------

    def _enrolled(self, said: enrolment.Typed) -> tuple[Store, Joined]:
        authority = self._find_authority(said.address, said.pin) if said.pin else ""
        way = Gate(said.address, self._device, self._seed, authority)
        with self._connect(way) as hub:
            entrance: Entrance = hub
            answer = entrance.enrol(Enrol(said.code, self._device, signing.public_of(self._seed), ""))
        told = enrolment.let_in(answer)
        if not told.scope:
            raise HubProblem(
                _("县级平台的版本太旧，还不能让第二台电脑加入"),
                way_out=_("请联系县里升级。"),
                field="too_old",
            )
        return self._made_store(way, told), Joined(told.county, told.station)

    def _made_store(self, way: Gate, answer: Enrolled) -> Store:
        held = slots.path(self._box.folder).exists() or (self._box.folder / staging.STORE_FILE).exists()
        if held and not self._replaces:
            raise errors.StoreProblem(
                _("这个文件夹里已有数据文件"), way_out=_("请直接登录，或另选文件夹。"), field="exists"
            )
        staging.discard(self._box.folder, self._box.secrets)
        store = Store.create(self._stage.folder, self._key, scope_id=answer.scope, device_id=self._device)
        with store.write_local() as rows:
            enrolment.remember(rows, way, answer)
        return store

    def _round(self, progress: Progress = lambda _sentence: None) -> None:
        store = self._opened()
        with store.read() as rows:
            way = gate.read(rows, self._device)
        with self._connect(way) as hub:
            report = run_round(_Telling(store, progress), hub, go_on=lambda: not self._given_up)
        if not report.reached or report.trouble:
            raise HubProblem(
                report.sentence or _("县级平台没有接受这次请求"),
                way_out=_("登记过了，不用再要登记码；线路通了，再点一次接着来。"),
                field=report.trouble,
            )

    # -- at this PC -----------------------------------------------------------------------------------------

    def _admit(self, name: str, bare: str) -> User:
        """Recognise the user, use the code up and write this PC down, in one block; a second try goes on."""
        before = self._admitted
        if before is not None and before.bare == bare and same_name(before.user.name, name):
            return before.user
        store = self._opened()
        with store.read() as rows:
            user_id = entry_codes.find(rows, name, bare).user.record_id
        with store.write(user_id) as rows:
            # Once more in the block that spends it: what was true before may have changed.
            found = entry_codes.find(rows, name, bare)
            entry_codes.spend(rows, found.record_id)
            if rows.get(Device, self._device) is None:
                self._write_device(rows, found.user)
        self._admitted = _Admitted(bare, found.record_id, found.user)
        return found.user

    def _see_code_was_ours(self) -> None:
        """See that no other PC has used the code up before us: of two that join at once the hub lets in one.

        Raises:
            AccessProblem: another was first; whoever is here needs another code, all else stays done.
        """
        assert self._admitted is not None, "somebody was admitted"
        with self._opened().read() as rows:
            ours = entry_codes.was_spent_by(rows, self._admitted.record_id, self._device)
        if not ours:
            self._admitted = None
            raise entry_codes.used_elsewhere()

    def _write_device(self, rows: Rows, user: User) -> None:
        rows.add(
            Device(
                record_id=self._device,
                letter=_free_letter(rows),
                name=platform.node(),
                incarnation=rows.get_one(Meta, ROW).incarnation,
                added_at=clock.now(),
            )
        )
        rows.flush()
        receipts.ensure_key(rows)
        audit.append(rows, "join", user_id=user.record_id, noun="device", target_id=self._device)

    def _settle_letter(self, user: User) -> None:
        """Hand the letter in and see that nobody was before us with the same: then draw another one."""
        store = self._opened()
        for _again in LETTERS:
            self._round()
            with store.read() as rows:
                if not _is_taken(rows, self._device):
                    return
            with store.write(user.record_id) as rows:
                rows.get_one(Device, self._device).letter = _free_letter(rows)
        raise errors.StoreProblem(
            _("电脑字母已经用完"), way_out=_("请联系上级平台换发站点代码。"), field="letter"
        )

    def _make_ways_in(self, user: User, password: str, recovery: str) -> None:
        holder = Holder(user.record_id, user.name, roles.label(roles.parsed(user.roles)))
        with self._opened().read() as rows:
            row = rows.scalars(alive(Station).limit(1)).first()
        name = row.name if row is not None else self._known.station
        self._stage.begin(self._device, name)
        self._stage.put_password(self._key, holder, password)
        entry_codes.take_up(
            self._opened(), Session(SignedOn(holder.user_id, user.name, frozenset()), self._key), self._stage
        )
        # The last piece: a stage that is whole is moved in, by the next start if need be, and only then does
        # the store that is there give way (staging.py). Before, a crash leaves the desk as it was.
        self._stage.put_recovery(self._key, recovery)

    def _opened(self) -> Store:
        assert self._store is not None, "enrol comes first"
        return self._store

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


class _Telling(StoreKeeper):
    """Tells how many records have come."""

    def __init__(self, store: Store, progress: Progress) -> None:
        super().__init__(store)
        self._progress = progress
        self._n = 0

    def take_page(self, page: Page) -> Taken:
        """Keep a page and tell."""
        return self._told(super().take_page(page))

    def take_snapshot(self, snapshot: Snapshot) -> Taken:
        """Keep a page of heads and tell."""
        return self._told(super().take_snapshot(snapshot))

    def _told(self, taken: Taken) -> Taken:
        self._n += taken.revisions
        self._progress(_("正在取回本站的记录，已取回 {n} 条").format(n=self._n))
        return taken


@contextmanager
def _worded() -> Iterator[None]:
    """Say of a line that is dead what helps a PC that has no records of its own yet."""
    try:
        yield
    except HubProblem as problem:
        if problem.field == "no_line":
            problem.way_out = _("请检查网线和地址，再点一次接着来；填的都还在。")
        raise


def _free_letter(rows: Rows) -> str:
    return station.next_letter(rows.scalars(select(Device.letter)))


def _is_taken(rows: Rows, device: str) -> bool:
    """Tell whether another PC had handed in this PC's letter before it, in the hub's order."""
    mine = rows.get_one(Device, device)
    same = rows.scalars(alive(Device).where(Device.letter == mine.letter, Device.record_id != device)).all()
    at = _handed_in(rows, device)
    return any(_handed_in(rows, each.record_id) < at for each in same)


def _handed_in(rows: Rows, device: str) -> int:
    """Return the version at which a PC took its letter; 0 if that was before this PC's log begins."""
    found: list[tuple[Any, ...]] = plain.ask(rows, _LETTERED, (device,))
    return max((version for version, body in found if "letter" in json.loads(body)["set"]), default=0)
