"""A hub of its own for a file of measurements, and a scope of it that is full."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import psycopg

from desk.hub import admin
from tests.bench.pcs import Pc, let_in
from tests.bench.ready_pushes import Line
from tests.sync.processes import HubProcess

BATCH = 500


@contextmanager
def running() -> Iterator[HubProcess]:
    """Start a hub with a PostgreSQL of its own, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="hub-bench-"))
    folder.chmod(0o711)
    made = HubProcess(folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)


def greeted(port: int, pc: Pc) -> Line:
    """Greet as one PC, waiting where the hub says so, and return the line for what follows."""
    line = Line(port)
    while (told := line.ask(pc.hello())).wait_s:
        sleep(told.wait_s)
    assert told.status == 200, told
    return line


def fill(hub: HubProcess, connection: "psycopg.Connection[Any]", records: int, scope: str = "") -> str:
    """Push so many records and more into one scope, all of it in every backup; return the scope."""
    (pc,) = let_in(connection, 1, scope=scope)
    line = greeted(hub.port, pc)
    # Five records in six ops.
    for place, push in enumerate(pc.station.pushes(pc.epoch, records * 6 // 5, BATCH)):
        assert line.ask(pc.signer.push(place + 1, push)).status == 200
    line.close()
    ((newest,),) = connection.execute(
        "SELECT version FROM scope WHERE scope_id = %s", (pc.station.scope,)
    ).fetchall()
    admin.set_durable(connection, pc.station.scope, newest)
    connection.commit()
    return pc.station.scope
