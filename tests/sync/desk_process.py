"""One desk in a process of its own, on a real encrypted store: does what it is told, one thing after another.

Each answer is sent after the commit; what was not answered may or may not have happened.
"""

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desk.models import plain
from desk.models.person import Person
from desk.models.store import FILE, Store
from desk.services import verify
from desk.services.session import Session, User
from desk.services.sync import cursor
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from tests import factories
from tests.stores import KEY

HEAD = User("u1", "周某某", frozenset({"head"}))
_PEOPLE = "SELECT record_id, version, void, name, phone, address, field_op FROM person ORDER BY record_id"
_CONFLICTS = "SELECT record_id, field, mine, theirs, state FROM conflict ORDER BY record_id, field, mine"


class Desk:
    """The store and what may be asked of it."""

    def __init__(self, folder: Path, address: str, scope: str) -> None:
        there = (folder / FILE).exists()
        self.store = Store.open(folder, KEY) if there else Store.create(folder, KEY, scope_id=scope)
        session = Session(HEAD, bytes(32))
        self._address, self._scope = address, scope
        self._enrolment = Enrolment(self.store, session, HubClient)
        self._rounds = Rounds(self.store, session, HubClient)

    def enrol(self, code: str) -> None:
        self._enrolment.enrol(self._address, code)

    def save(self, token: str) -> str:
        person = factories.person(name=token, phone=token, address=token)
        with self.store.write("u1") as rows:
            rows.add(person)
        return person.record_id

    def change(self, record_id: str, field: str, token: str) -> bool:
        with self.store.write("u1") as rows:
            row = rows.get(Person, record_id)
            if row is None:
                return False
            setattr(row, field, token)
        return True

    def round(self) -> str:
        return self._rounds.run().value.state.light

    def look(self) -> dict[str, Any]:
        found = verify.run(self.store)
        with self.store.read() as rows:
            mark = cursor.read(rows, self._scope)
            return {
                "sound": found.ok or found.lines,
                "people": [list(row) for row in plain.ask(rows, _PEOPLE)],
                "conflicts": [list(row) for row in plain.ask(rows, _CONFLICTS)],
                "outbox": plain.ask(rows, "SELECT count(*) FROM outbox")[0][0],
                "version": mark.version,
                "digest": mark.digest,
                "epoch": mark.epoch,
            }


def serve(told: Connection, folder: str, address: str, scope: str) -> None:
    """Do what is told until nobody tells any more."""
    desk = Desk(Path(folder), address, scope)
    try:
        while True:
            verb, *words = told.recv()
            told.send(getattr(desk, verb)(*words))
    except EOFError:
        desk.store.close()
