"""PostgreSQL panics, as it does when an fsync fails: the hub says so, and goes on once it is back.

A panic ends in abort(); the signal sent here to the process that serves a push is the same end, and what its
first process does with it is the same.
"""

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desk.hub import register, schema
from desk.hub.main import create_app
from desk.hub.own_postgres import OwnPostgres
from desk.wire import routes, troubles
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.messages import Push, Pushed
from tests.hub.desks import enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import running

_SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
CREATE TRIGGER slow BEFORE INSERT ON revision FOR EACH ROW EXECUTE FUNCTION slow();"""
_AT_WORK = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
_PATIENCE_S = 240
_LOOK_AGAIN = threading.Event()
_LOOK_S = 0.1
"""How long a look waits behind the one before: what is waited for needs the machine itself."""


@pytest.fixture
def conninfo() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="hub-panic-"))
    folder.chmod(0o711)
    own = OwnPostgres(folder)
    made = own.start()
    schema.migrate(made)
    with psycopg.connect(made) as inside:
        register.add_station(inside, register.add_county(inside, "示例县"), "示例站", scope=SCOPE)
    yield made
    own.stop()
    shutil.rmtree(folder)


def abort_who_writes(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            found = connection.execute(_AT_WORK).fetchone()
            if found is not None:
                os.kill(int(found[0]), signal.SIGABRT)
                return
            _LOOK_AGAIN.wait(_LOOK_S)


def _once_it_is_back(conninfo: str, until: float) -> list[tuple[str]]:
    """Return the ops that are there, and take the brake off; PostgreSQL may still be ending the others."""
    while True:
        try:
            with psycopg.connect(conninfo) as connection:
                found = connection.execute("SELECT op_id FROM revision").fetchall()
                connection.execute("DROP TRIGGER slow ON revision")
            return found
        except psycopg.OperationalError:
            assert time.monotonic() < until
            _LOOK_AGAIN.wait(_LOOK_S)


def test_a_panic_in_the_middle_of_a_push(conninfo: str) -> None:
    with running(create_app(conninfo, 4)) as client:
        desk = enrolled(conninfo, client)
        epoch = Hello.decode(desk.hello(HelloAsk("i1", 1, "a")).content).scopes[0].epoch
        desk.push(op("o1"), epoch=epoch)
        with psycopg.connect(conninfo) as connection:
            connection.execute(_SLOW)
        killer = threading.Thread(target=abort_who_writes, args=(conninfo,))
        killer.start()
        raw = desk.push_of(op("o2", rec="r2"), epoch=epoch)
        answer = desk.post(routes.PUSH, raw)
        killer.join()
        # The county's desks read it as: no answer now, come again.
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert troubles.decode(answer.content).error == "unready"
        assert client.get(routes.HEALTHZ).status_code == 200
        until = time.monotonic() + _PATIENCE_S
        while client.get(routes.READYZ).status_code != 200:
            assert time.monotonic() < until
            _LOOK_AGAIN.wait(_LOOK_S)
        found = _once_it_is_back(conninfo, until)
        # What was acknowledged is there, and nothing else.
        assert found == [("o1",)]
        told = []
        while not told or told[-1] != 200:
            assert time.monotonic() < until
            answer = desk.post(routes.PUSH, raw)
            told.append(answer.status_code)
            _LOOK_AGAIN.wait(_LOOK_S)
        assert set(told) <= {200, 503}
        (done,) = Pushed.decode(answer.content, Push.decode(raw)).answers
        assert done.verdict == "applied"
