"""The hub's push over HTTP with everything that is checked, beside the same rows put in by raw SQL."""

import threading
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import psutil
import psycopg
import pytest

from tests.bench import hubs
from tests.bench.figures import Figure, Figures
from tests.bench.pcs import Pc, let_in
from tests.bench.ready_pushes import Line, Told
from tests.sync.processes import HubProcess

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

SCOPES, OPS, BATCH = 40, 40_000, 500
CLIENTS = 4
LEAST_A_SECOND, LEAST_SHARE = 10_000, 0.3

_REVISIONS = """
INSERT INTO raw_revision (scope_id, version, ord, op_id, noun, record_id, kind, body, result, sets, body_hash,
       device_id, incarnation, seq, user_id, tx, claimed_at, clock_offset_ms, received_at, schema_v)
SELECT %s, version, ord, op_id, noun, record_id, kind, body, result, sets, body_hash, device_id, incarnation,
       seq, user_id, tx, claimed_at, clock_offset_ms, received_at, schema_v
  FROM jsonb_to_recordset(%s) AS r(version bigint, ord integer, op_id text, noun text, record_id text,
       kind text, body text, result text, sets jsonb, body_hash bytea, device_id text, incarnation text,
       seq bigint, user_id text, tx text, claimed_at text, clock_offset_ms bigint, received_at text,
       schema_v integer)
ON CONFLICT DO NOTHING"""
_HEADS = """
INSERT INTO raw_head (scope_id, noun, record_id, version, fields, field_op, device_id, digest, bucket)
SELECT %s, noun, record_id, version, fields, field_op, device_id, digest, bucket
  FROM jsonb_to_recordset(%s) AS r(noun text, record_id text, version bigint, fields jsonb, field_op jsonb,
       device_id text, digest bytea, bucket text)
ON CONFLICT (scope_id, noun, record_id) DO UPDATE SET version = excluded.version, fields = excluded.fields,
       field_op = excluded.field_op, device_id = excluded.device_id, digest = excluded.digest"""


@pytest.fixture
def hub() -> Iterator[HubProcess]:
    with hubs.running() as made:
        yield made


def test_push(hub: HubProcess, figures: Figures) -> None:
    """One worker, 40 stations, batches of 500, signed; the floor writes revisions and heads and no more."""
    with psycopg.connect(hub.database()) as connection:
        desks = [_ready(hub.port, pc) for pc in let_in(connection, SCOPES)]
        shares = [desks[n::CLIENTS] for n in range(CLIENTS)]
        told: list[Told] = []
        threads = [threading.Thread(target=_send, args=(hub.port, share, told)) for share in shares]
        used = _cpu_s(hub)
        began = perf_counter()
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        ours = OPS / (perf_counter() - began)
        used = [after - before for before, after in zip(used, _cpu_s(hub), strict=True)]
        verdicts = set().union(*(each.verdicts() for each in told))
        assert verdicts == {"applied"}
        assert connection.execute("SELECT count(*) FROM revision").fetchone() == (OPS,)
        floor = OPS / _raw(connection)
    worker, database = (f"{each / OPS * 1e6:.0f} µs" for each in used)
    spent = f"{worker} an op of the worker's processor time, {database} of the database's"
    figures.add(
        Figure(
            "hub push, 40 scopes in batches of 500, one worker, HTTP and signatures",
            f"{ours:,.0f} ops/s, {spent}",
            f"the same revisions and heads by jsonb_to_recordset … ON CONFLICT: {floor:,.0f} ops/s",
            f"{ours / floor:.2f}",
            f"≥ {LEAST_SHARE} and ≥ {LEAST_A_SECOND:,} ops/s",
            ours >= LEAST_A_SECOND and ours / floor >= LEAST_SHARE,
        )
    )


def _ready(port: int, pc: Pc) -> list[bytes]:
    """Greet as one PC and return its requests, signed."""
    hubs.greeted(port, pc).close()
    pushes = pc.station.pushes(pc.epoch, OPS // SCOPES, BATCH)
    return [pc.signer.push(place + 1, push) for place, push in enumerate(pushes)]


def _send(port: int, desks: list[list[bytes]], told: list[Told]) -> None:
    line = Line(port)
    for requests in desks:
        told += [line.ask(each) for each in requests]
    line.close()


def _cpu_s(hub: HubProcess) -> list[float]:
    """Return the processor's seconds of the worker and of the database so far."""
    pid = int((hub.folder / "postgres" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    assert hub.process is not None
    database = [psutil.Process(pid), *psutil.Process(pid).children()]
    worker = psutil.Process(hub.process.pid)
    return [_used(worker), sum(map(_used, database))]


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


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
    for rows, statement in ((batches, _REVISIONS), (heads, _HEADS)):
        for scope, _version, written in rows:
            connection.execute(statement, (scope, written))
            connection.commit()
    return perf_counter() - began
