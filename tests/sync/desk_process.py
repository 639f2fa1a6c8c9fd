"""One desk in a process of its own, on a real encrypted store: does what it is told, one thing after another.

Each answer is sent after the commit; what was not answered may or may not have happened.
"""

import json
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.base import Base
from desk.models.store import FILE, Store
from desk.models.tables import SYNCED
from desk.services import verify
from desk.services.session import Session, User
from desk.services.sync import engine
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.gate import Gate
from desk.services.sync.rounds import Connect, Rounds
from desk.wire import routes
from desk.wire.greeting import Snapshot
from desk.wire.troubles import AnyTrouble
from tests import factories
from tests.stores import KEY

HEAD = User("u1", "周某某", frozenset({"head"}))
SHOWN: Final = {"person": ("name", "phone", "address"), "station": ("phone", "area")}
"""What is written in a schedule: the kinds of record, and of each the fields that get texts of their own."""
HEADS: Final = 2
"""How many heads a PC that joins late asks for at a time: a page is seldom the last one."""

PAGES: Final = "pages"
"""A file in the folder of such a PC with a byte for each page that came."""

_RECORDS = (
    "SELECT record_id, version, void, {names}, field_op FROM {noun} WHERE scope_id = ? ORDER BY record_id"
)
_CONFLICTS = (
    "SELECT record_id, field, mine, theirs, state FROM conflict WHERE scope_id = ?"
    " ORDER BY record_id, field, mine"
)
_HELD = "SELECT noun, record_id FROM outbox WHERE held = 1"
_STANDS = "SELECT scope_id, version, digest, trail FROM cursor"


class Desk:
    """The store and what may be asked of it. begun: the scope it is set up in; scope: the one looked at."""

    def __init__(self, folder: Path, address: str, begun: str, scope: str, connect: Connect) -> None:
        there = (folder / FILE).exists()
        self.store = Store.open(folder, KEY) if there else Store.create(folder, KEY, scope_id=begun)
        session = Session(HEAD, bytes(32))
        self._address, self._scope = address, scope
        self._enrolment = Enrolment(self.store, session, HubClient)
        self._rounds = Rounds(self.store, session, connect)

    def enrol(self, code: str) -> str:
        """Come in by a code, and say whose scope this desk's own is."""
        self._enrolment.enrol(self._address, code)
        return self.store.scope_id

    def save(self, token: str) -> str:
        return self._begin(factories.person(name=token, phone=token, address=token))

    def card(self, token: str) -> str:
        return self._begin(factories.station(phone=token, area=token))

    def known(self, noun: str) -> list[str]:
        """Say which records of a kind have come so far."""
        with self.store.read() as rows:
            return list(self._shown(rows, noun))

    def change(self, noun: str, record_id: str, field: str, token: str) -> bool:
        """Change one field past the services; False where the record has not come yet."""
        with self.store.write("u1") as rows:
            row = rows.get(SYNCED[noun], record_id)
            if row is None:
                return False
            setattr(row, field, token)
        return True

    def round(self) -> str:
        return self._rounds.run().value.state.light

    def look(self) -> dict[str, Any]:
        """Say all that is there: what the scope shows, what waits, where it stands, whose rows lie here."""
        found = verify.run(self.store)
        with self.store.read() as rows:
            return {
                "sound": found.ok or found.lines,
                "records": {noun: self._shown(rows, noun) for noun in SHOWN},
                "conflicts": [list(row) for row in plain.ask(rows, _CONFLICTS, (self._scope,))],
                "outbox": plain.ask(rows, "SELECT count(*) FROM outbox WHERE held = 0")[0][0],
                "held": [tuple(row) for row in plain.ask(rows, _HELD)],
                "attention": [
                    json.loads(row[0])["set"] for row in plain.ask(rows, "SELECT body FROM attention")
                ],
                "stands": {scope: tuple(stands) for scope, *stands in plain.ask(rows, _STANDS)},
                "scopes": _scopes(rows),
            }

    def _begin(self, row: Any) -> str:
        with self.store.write("u1") as rows:
            rows.add(row)
        return str(row.record_id)

    def _shown(self, rows: Rows, noun: str) -> dict[str, list[Any]]:
        words = _RECORDS.format(noun=noun, names=", ".join(SHOWN[noun]))
        return {row[0]: list(row[1:]) for row in plain.ask(rows, words, (self._scope,))}


def _scopes(rows: Rows) -> set[str]:
    """Return whose rows lie anywhere in the store."""
    tables = sorted(name for name, table in Base.metadata.tables.items() if "scope_id" in table.columns)
    words = " UNION ".join(f"SELECT scope_id FROM {name}" for name in tables)
    return {row[0] for row in plain.ask(rows, words)}


class FewHeads(HubClient):
    """The program's own client, which asks for few heads at a time and notes each page that came."""

    def __init__(self, noted: Path, gate: Gate) -> None:
        super().__init__(gate)
        self._noted = noted

    def _heads(self, scope: str, after: str) -> Snapshot | AnyTrouble:
        path = routes.of_scope(routes.SNAPSHOT, scope)
        said = {"most": str(HEADS)} | ({"after": after} if after else {})
        page = self._asked_next("GET", path, Snapshot.decode, params=said)
        if isinstance(page, Snapshot):
            with self._noted.open("ab") as pages:
                pages.write(b".")
        return page


def serve(told: Connection, where: tuple[str, str, str, str], joins: bool) -> None:
    """Do what is told until nobody tells any more; `joins`: begin with heads, however few there are."""
    folder = Path(where[0])
    connect: Connect = partial(FewHeads, folder / PAGES) if joins else HubClient
    above = 0 if joins else engine.SNAPSHOT_ABOVE
    with patch.object(engine, "SNAPSHOT_ABOVE", above):
        desk = Desk(folder, *where[1:], connect)
        try:
            while True:
                verb, *words = told.recv()
                told.send(getattr(desk, verb)(*words))
        except EOFError:
            desk.store.close()
