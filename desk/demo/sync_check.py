"""After the last window of the second half: both stores and the hub hold the same. Loaded only then.

Each desk runs a last round, then every synced table is compared row by row, and the digests of both desks
with the one the hub tells.
"""

import hashlib
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from desk.demo import folder, setting_up
from desk.demo.play import DemoProblem
from desk.demo.record import HubMade, Record
from desk.services.login import Login
from desk.services.opening import Opened
from desk.services.sync import gate
from desk.services.sync.client import HubClient
from desk.services.sync.keeper import StoreKeeper
from desk.services.sync.rounds import Rounds
from desk.services.verify import run as verify
from desk.wire.greeting import Hello
from desk.wire.messages import Page, Pull, Pulled, Want
from desk.wire.records import RECORDS, SCHEMA

_DESKS: Final = (folder.DATA, folder.SECOND, folder.COUNTY)
_LOCAL: Final = ("field_op", "extra")
_CONFLICTS: Final = (
    "SELECT conflict_id, noun, record_id, field, mine, theirs, state FROM conflict WHERE scope_id = ?"
    " ORDER BY conflict_id"
)


def compare(record: Record, made: HubMade) -> HubMade:
    """Let every desk catch up and hold all of them and the hub against each other.

    Raises:
        DemoProblem: something waits, is refused or differs; names what.
    """
    with ExitStack() as stack:
        # Each sign-on is a record too: all are signed on before the last rounds.
        desks = {name: _opened(record.out / name) for name in _DESKS}
        for opened in desks.values():
            stack.callback(opened.store.close)
        for name, opened in (*desks.items(), *desks.items()):
            _catch_up(opened, name)
        first, *others = desks.values()
        scope = first.store.scope_id
        told = _tables(first, scope)
        for opened in others:
            theirs = _tables(opened, scope)
            different = sorted(noun for noun in told if told[noun] != theirs[noun])
            if different:
                raise DemoProblem(f"几台电脑的数据不一样：{'、'.join(different)}")
        digests = {_own_digest(opened, scope) for opened in desks.values()}
        hub = _hub_digest(first)
    if digests != {hub}:
        raise DemoProblem("几台电脑和县级平台的校验值不一样")
    return made.as_equal(digest=hub, tables=len(told))


def _opened(data: Path) -> Opened:
    login = Login(data)
    return login.sign_on(login.state().users[0].id, setting_up.PASSWORD)


def _catch_up(opened: Opened, name: str) -> None:
    state = Rounds(opened.store, opened.session).run().value.state
    if state.light != "synced":
        raise DemoProblem(f"“{name}”没有同步完：{state.light} {state.sentence}")
    report = verify(opened.store)
    if not report.ok:
        raise DemoProblem(f"核对数据文件“{name}”没有通过")


def _tables(opened: Opened, scope: str) -> dict[str, str]:
    """Return what each synced table and the conflicts hold of a scope, as one hash each."""
    connection = opened.store.connect()
    try:
        found = {noun: f"SELECT * FROM {noun} WHERE scope_id = ? ORDER BY record_id" for noun in RECORDS}  # noqa: S608 - our own nouns
        return {
            name: _hash(connection.execute(words, (scope,)))
            for name, words in (found | {"conflict": _CONFLICTS}).items()
        }
    finally:
        connection.close()


def _hash(found: Any) -> str:
    names = [column[0] for column in found.description]
    told = hashlib.sha256()
    for row in found:
        # These two are maps: their order says nothing.
        values = [
            json.dumps(json.loads(value), sort_keys=True) if name in _LOCAL and value else repr(value)
            for name, value in sorted(zip(names, row, strict=True))
        ]
        told.update("\x1f".join(values).encode() + b"\x1e")
    return told.hexdigest()


def _own_digest(opened: Opened, scope: str) -> str:
    connection = opened.store.connect()
    try:
        rows = connection.execute("SELECT digest FROM cursor WHERE scope_id = ?", (scope,)).fetchall()
        return str(rows[0][0]) if rows else ""
    finally:
        connection.close()


def _hub_digest(opened: Opened) -> str:
    """Return the digest the hub tells of the scope where this desk stands. Raises DemoProblem."""
    keeper, store = StoreKeeper(opened.store), opened.store
    with store.read() as rows:
        way = gate.read(rows, store.device_id)
    with HubClient(way) as hub:
        hello = hub.hello(keeper.ask())
        if not isinstance(hello, Hello):
            raise DemoProblem("县级平台没有应答")
        keeper.greeted(hello, 0)
        place = keeper.place()
        answer = hub.pull(Pull(SCHEMA, (Want(place.scope, place.epoch, place.version),)))
    if not isinstance(answer, Pulled) or not isinstance(answer.parts[0], Page) or answer.parts[0].revisions:
        raise DemoProblem("县级平台上还有没取回的改动")
    return answer.parts[0].digest
