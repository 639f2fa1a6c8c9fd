"""A hub of its own for a file of measurements, and a scope of it that is full."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from desk.hub import admin
from tests.bench.pcs import Pc, let_in
from tests.bench.ready_pushes import Line
from tests.sync.processes import HubProcess

BATCH = 40
"""Ops of one push: few, as after saves, so that the history is long enough to be taken as heads."""


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
    line, patience = Line(port), threading.Event()
    while (told := line.ask(pc.hello())).wait_s:
        patience.wait(told.wait_s)
    assert told.status == 200, told
    return line


def fill(hub: HubProcess, connection: "psycopg.Connection[Any]", records: int, scope: str = "") -> str:
    """Push so many records and more into one scope, all of it in every backup; return the scope."""
    (pc,) = let_in(connection, 1, scope=scope)
    # Five records in six ops. Written before the line is there: a hub hangs up on who says nothing.
    pushes = pc.station.pushes(pc.epoch, records * 6 // 5, BATCH)
    line = greeted(hub.port, pc)
    for place, push in enumerate(pushes):
        assert line.ask(pc.signer.push(place + 1, push)).status == 200
    line.close()
    ((newest,),) = connection.execute(
        "SELECT version FROM scope WHERE scope_id = %s", (pc.station.scope,)
    ).fetchall()
    admin.set_durable(connection, pc.station.scope, newest)
    connection.commit()
    return pc.station.scope
