"""The hub's push over HTTP with everything that is checked, beside the same rows put in by raw SQL."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
import pytest

from desk import ids
from desk.hub import enrolment, register
from desk.hub import statements as sql
from desk.services.sync.client import HubClient
from desk.services.sync.gate import Gate
from desk.wire import codes, signing
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.messages import Push, Pushed
from tests.bench.day_ops import Station
from tests.bench.figures import Figure, Figures
from tests.sync.processes import HubProcess

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

SCOPES, OPS, BATCH = 40, 40_000, 500
CLIENTS = 4
LEAST_A_SECOND, LEAST_SHARE = 10_000, 0.3


@pytest.fixture
def hub() -> Iterator[HubProcess]:
    folder = Path(tempfile.mkdtemp(prefix="hub-bench-"))
    folder.chmod(0o711)
    made = HubProcess(folder)
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


def test_push(hub: HubProcess, figures: Figures) -> None:
    """One worker, 40 stations, batches of 500, signed; the floor writes revisions and heads and no more."""
    with psycopg.connect(hub.database()) as connection:
        desks = [_enrolled(connection, hub.port, n) for n in range(SCOPES)]
        for client, pushes in desks:
            _send([(client, pushes[:0])])
        shares = [desks[n::CLIENTS] for n in range(CLIENTS)]
        threads = [threading.Thread(target=_send, args=(share,)) for share in shares]
        began = perf_counter()
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        ours = OPS / (perf_counter() - began)
        assert connection.execute("SELECT count(*) FROM revision").fetchone() == (OPS,)
        floor = OPS / _raw(connection)
    figures.add(
        Figure(
            "hub push, 40 scopes in batches of 500, one worker, HTTP and signatures",
            f"{ours:,.0f} ops/s",
            f"the same revisions and heads by jsonb_to_recordset … ON CONFLICT: {floor:,.0f} ops/s",
            f"{ours / floor:.2f}",
            f"≥ {LEAST_SHARE} and ≥ {LEAST_A_SECOND:,} ops/s",
            ours >= LEAST_A_SECOND and ours / floor >= LEAST_SHARE,
        )
    )


def _enrolled(connection: "psycopg.Connection[Any]", port: int, n: int) -> tuple[HubClient, list[Push]]:
    scope, device, key = f"S:{ids.new_id()}", ids.new_id(), ids.random_bytes(32)
    county = register.add_county(connection, f"示例县{n}")
    station = register.add_station(connection, county, "示例站", scope=scope)
    code = enrolment.new_code(connection, station=station).code
    connection.commit()
    client = HubClient(Gate(f"http://127.0.0.1:{port}", device, key, ""))
    bare = codes.clean(code, codes.ONE_TIME, field="code")
    assert isinstance(client.enrol(Enrol(bare, device, signing.public_of(key), scope)), Enrolled)
    station_pc = Station(scope, device, n)
    hello = client.hello(HelloAsk(station_pc.incarnation, 0, "first"))
    assert isinstance(hello, Hello)
    return client, station_pc.pushes(hello.scopes[0].epoch, OPS // SCOPES, BATCH)


def _send(desks: list[tuple[HubClient, list[Push]]]) -> None:
    for client, pushes in desks:
        for push in pushes:
            answer = client.push(push)
            assert isinstance(answer, Pushed), answer
            assert {each.verdict for each in answer.answers} == {"applied"}
        if pushes:
            client.__exit__(None, None, None)


def _raw(connection: "psycopg.Connection[Any]") -> float:
    """Put the same rows into empty tables with the same indexes, a commit a batch; return the seconds."""
    batches = connection.execute(
        "SELECT scope_id, version, jsonb_agg(to_jsonb(r))::text FROM revision r GROUP BY 1, 2"
    ).fetchall()
    heads = connection.execute(
        "SELECT scope_id, version, jsonb_agg(to_jsonb(h))::text FROM head h GROUP BY 1, 2"
    ).fetchall()
    for table in ("revision", "head"):
        connection.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
    connection.commit()
    began = perf_counter()
    for rows, statement, table in (
        (batches, sql.ADD_REVISIONS, "revision"),
        (heads, sql.PUT_HEADS, "head"),
    ):
        raw = statement.replace(f"INTO {table}", f"INTO raw_{table}")
        for scope, _version, written in rows:
            connection.execute(raw, (scope, written))
            connection.commit()
    return perf_counter() - began
