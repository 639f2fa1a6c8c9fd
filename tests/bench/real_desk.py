"""A desk on its own encrypted store, known to a running hub, for the measurements of rounds."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from desk.hub import enrolment
from desk.models.store import Store
from desk.services.session import Session, User
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from tests.stores import KEY

_HEAD = User("u1", "周某某", frozenset({"head"}))
_STATION = "SELECT station_id FROM station WHERE scope_id = %s"


def code_of(connection: "psycopg.Connection[Any]", scope: str) -> str:
    """Draw a code for one more PC of the station of a scope."""
    ((station,),) = connection.execute(_STATION, (scope,)).fetchall()
    code = enrolment.new_code(connection, station=station).code
    connection.commit()
    return code


@contextmanager
def enrolled(connection: "psycopg.Connection[Any]", scope: str, port: int) -> Iterator[tuple[Store, Rounds]]:
    """Give an empty store of a scope that has enrolled at the hub behind a port, and its rounds."""
    folder = Path(tempfile.mkdtemp(prefix="desk-bench-round-"))
    store = Store.create(folder, KEY, scope_id=scope)
    try:
        session = Session(_HEAD, bytes(32))
        address = f"http://127.0.0.1:{port}"
        Enrolment(store, session, HubClient).enrol(address, code_of(connection, scope))
        yield store, Rounds(store, session, HubClient)
    finally:
        store.close()
        shutil.rmtree(folder)
