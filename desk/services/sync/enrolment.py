"""Enrolling this PC at the county's hub, and leaving it again.

The device key is drawn here, kept in the encrypted store and never leaves it; the hub gets its public half.
Whoever lost the answer enrols once more with the same code: the key is kept before anything is sent.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy.orm import Session as Rows

from desk import ids
from desk.errors import HubProblem, InputProblem
from desk.models import new_scope, plain
from desk.models.local import DeviceSecret, SettingValue
from desk.models.store import Store
from desk.services import audit, own_work
from desk.services.outcome import Done
from desk.services.session import Session
from desk.services.sync import address, client, engine, gate, rotation
from desk.services.sync.gate import Gate
from desk.settings import HUB_ADDRESS
from desk.text import _
from desk.wire import codes, signing
from desk.wire.enrolling import STATION, Enrol, Enrolled, Ticket
from desk.wire.troubles import AnyTrouble, Trouble

_NEXT: Final = "hub_key_next"
_READ = "SELECT coalesce(county, ''), coalesce(station, ''), coalesce(role, '') FROM hub WHERE row = 1"
_KEEP = (
    "INSERT INTO hub (row, authority, time_key, county, station, role, reached_at, failing_since, fails,"
    " trouble, sentence) VALUES (1, ?, ?, ?, ?, ?, NULL, NULL, 0, '', '') ON CONFLICT (row) DO UPDATE SET"
    " authority = excluded.authority, time_key = excluded.time_key, county = excluded.county,"
    " station = excluded.station, role = excluded.role, reached_at = NULL, failing_since = NULL, fails = 0,"
    " trouble = '', sentence = ''"
)


class Entrance(Protocol):
    """The hub as a PC sees it that is not known there yet."""

    def enrol(self, ask: Enrol) -> Enrolled | AnyTrouble:
        """Ask to be let in. Raises HubProblem."""


Connect = Callable[[Gate], AbstractContextManager[Any]]
"""Opens the way to a hub."""


@dataclass(frozen=True)
class HubKnown:
    """Where this PC is enrolled, empty if nowhere; `device` is what the county calls it by.

    station: its name, or that of the county's user the PC was enrolled for. role: what it is to the hub.
    """

    address: str
    county: str
    station: str
    device: str
    role: str = ""


@dataclass(frozen=True)
class Typed:
    """What somebody typed or scanned, tidied: address, bare code, bare pin ("" for none)."""

    address: str
    code: str
    pin: str


def typed(where: str, code: str, pin: str) -> Typed:
    """Read what the county's sheet says; a code that was scanned brings address and pin along.

    Raises:
        InputProblem: something was typed wrongly; names the field.
    """
    ticket = Ticket.read(code) or Ticket(where, code, pin)
    cleaned = address.cleaned(ticket.address)
    if not cleaned:
        raise InputProblem(_("请写县级平台的地址"), field="address")
    bare = codes.clean(ticket.code, codes.ONE_TIME, field="code")
    return Typed(cleaned, bare, codes.clean(ticket.pin, codes.PIN, field="pin") if ticket.pin else "")


def let_in(answer: Enrolled | AnyTrouble) -> Enrolled:
    """Return the answer if a PC of a station was let in. Raises HubProblem in the hub's own words."""
    if not isinstance(answer, Enrolled):
        raise engine.refused(answer)
    if answer.role != STATION:
        raise HubProblem(
            _("这张登记单是县里的电脑用的，不是站点的"), way_out=_("请向县里要本站的登记单。"), field="code"
        )
    return answer


def remember(rows: Rows, way: Gate, answer: Enrolled) -> None:
    """Keep, in the caller's block, the way to the hub that has let this PC in."""
    rows.merge(DeviceSecret(name=gate.KEY, secret=way.key))
    rows.merge(SettingValue(key=HUB_ADDRESS.key, value=way.address))
    rows.flush()
    told = (way.authority, answer.time_key.hex(), answer.county, answer.station, answer.role)
    plain.write(rows, _KEEP, told)


def _require_fresh(rows: Rows) -> None:
    # Looked at before the hub was asked; somebody may have saved a record since.
    if not new_scope.is_fresh(rows):
        raise HubProblem(
            _("登记的时候本机存进了新的记录，不能改作县里的电脑"),
            way_out=_("请换一台还没有记录的电脑，向县里要新的登记单。"),
            field="not_empty",
        )


class Enrolment:
    """Enrols this PC; `connect` and `find_authority` stand in for the network in tests."""

    def __init__(
        self,
        store: Store,
        session: Session,
        connect: Connect = client.HubClient,
        find_authority: Callable[[str, str], str] = client.find_authority,
    ) -> None:
        self._store = store
        self._session = session
        self._connect = connect
        self._find_authority = find_authority

    def state(self) -> HubKnown:
        """Return where this PC is enrolled."""
        with self._store.read() as rows:
            return self._known(rows)

    def enrol(self, where: str, code: str, pin: str = "") -> Done[HubKnown]:
        """Enrol with what the county's sheet says; a code that was scanned brings address and pin along.

        With a code for one of the county's people this PC becomes a desk of the county, if nobody has worked
        with it yet: its own few records then belong to the county's scope.

        Args:
            where: the hub's address.
            code: as typed, or the whole text of the sheet's QR code.
            pin: short for the county's own certificate authority; "" where the system knows the hub's.

        Raises:
            InputProblem: something was typed wrongly. AccessProblem: it is an administrator's choice.
            HubProblem: no line, a certificate that is not the sheet's, or the hub's own refusal. `joinable`:
                the code is of a station that has PCs already, and this one holds nothing but its set-up.
        """
        self._session.require("write", "setting")
        said = typed(where, code, pin)
        authority = self._find_authority(said.address, said.pin) if said.pin else ""
        key = self._drawn_key()
        way = Gate(said.address, self._store.device_id, key, authority)
        with self._store.read() as rows:
            empty = new_scope.is_fresh(rows)
        public, scope = signing.public_of(key), self._store.scope_id
        ask = Enrol(said.code, self._store.device_id, public, scope, empty=empty)
        with self._connect(way) as hub:
            entrance: Entrance = hub
            answer = entrance.enrol(ask)
        if isinstance(answer, Trouble) and answer.error == "other_scope":
            raise self._elsewhere()
        if not isinstance(answer, Enrolled):
            raise engine.refused(answer)
        if answer.role != STATION and not answer.scope:
            raise HubProblem(
                _("县级平台的程序较旧，还不能登记县里的电脑"), way_out=_("请先升级县级平台。"), field="code"
            )
        return self._keep(way, answer)

    def leave(self) -> Done[HubKnown]:
        """End the sync and throw the device key away; every record stays. Raises AccessProblem."""
        self._session.require("write", "setting")
        with self._store.write(self._session.user.id) as rows:
            rows.merge(SettingValue(key=HUB_ADDRESS.key, value=""))
            for name in (gate.KEY, _NEXT, rotation.PENDING):
                plain.write(rows, "DELETE FROM device_secret WHERE name = ?", (name,))
            self._note(rows)
            rows.flush()
            # What this PC is stays: the records it holds are what they were.
            plain.write(rows, _KEEP, ("", "", "", "", gate.role(rows)))
            return Done(self._known(rows), frozenset({"setting"}))

    def renew_key(self) -> Done[None]:
        """Take a new key in the place of this PC's own, which opens nothing from then on.

        Raises:
            AccessProblem: it is an administrator's choice.
            HubProblem: not enrolled, no line, or the hub's own refusal; the old key stands then.
        """
        self._session.require("write", "setting")
        rotation.renew(self._store, self._session.user.id, self._connect)
        return Done(None, frozenset({"setting"}))

    def _elsewhere(self) -> HubProblem:
        with self._store.read() as rows:
            work = own_work.found(rows)
        if not work:
            return HubProblem(
                _("登记单上的站已有电脑在用；本机是另建的，还没有自己的记录"),
                way_out=_("可以把本机并入那个站。"),
                field="joinable",
            )
        return HubProblem(
            _("登记单上的站已有电脑在用；本机是另建的，有自己的记录（{work}），不能并过去").format(
                work=_("、").join(work)
            ),
            way_out=_(
                "请向县里核对登记单。真要并过去：先备份本机，把数据文件夹改名，再打开程序选“加入已有的站”。"
            ),
            field="code",
        )

    def _drawn_key(self) -> bytes:
        with self._store.write(self._session.user.id) as rows:
            drawn = rows.get(DeviceSecret, _NEXT)
            if drawn is None:
                drawn = DeviceSecret(name=_NEXT, secret=ids.random_bytes(signing.KEY_LENGTH))
                rows.add(drawn)
            return bytes(drawn.secret)

    def _keep(self, way: Gate, answer: Enrolled) -> Done[HubKnown]:
        with self._store.write(self._session.user.id) as rows:
            plain.write(rows, "DELETE FROM device_secret WHERE name = ?", (_NEXT,))
            rotation.forget(rows)
            self._note(rows)
            rows.flush()
            if answer.scope and answer.scope != self._store.scope_id:
                _require_fresh(rows)
                new_scope.take_on(rows, answer.scope)
            remember(rows, way, answer)
            known = self._known(rows)
        self._store.follow()
        self._session.desk = answer.role
        return Done(known, frozenset({"setting"}))

    def _note(self, rows: Rows) -> None:
        user_id = self._session.user.id
        audit.append(rows, "setting_change", user_id=user_id, noun="setting", fields=HUB_ADDRESS.key)

    def _known(self, rows: Rows) -> HubKnown:
        where = gate.read(rows, self._store.device_id).address
        county, station, role = next(iter(plain.ask(rows, _READ)), ("", "", ""))
        if not where:
            county = station = ""
        return HubKnown(where, county, station, self._store.device_id, role)
