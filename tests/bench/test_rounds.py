"""Rounds of a real desk and a real hub: the first of an empty desk, nothing new, a week over a thin line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson
import psycopg
import pytest
import zstandard

from desk.models import plain
from desk.models.store import Store
from desk.services.seed import station
from desk.services.seed.run import Plan
from desk.services.sync.rounds import Rounds
from desk.wire.op import Op, digest
from tests.bench import hubs, seeded, window
from tests.bench.day_ops import Station
from tests.bench.figures import Figure, Figures
from tests.bench.pcs import let_in
from tests.bench.real_desk import code_of, enrolled
from tests.bench.slow_line import Count, SlowLine
from tests.bench.statements import noted, replayed
from tests.sign_on import PASSWORD
from tests.sync.processes import HubProcess

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

RECORDS, A_DAY, A_WEEK = 50_000, 300, 3_000
BITS, RTT_S = 64_000, 0.3
LEVEL = 6

_KEEP_OP = (
    "INSERT INTO outbox (op_id, noun, record_id, incarnation, seq, body, sha256, scope_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@pytest.fixture(scope="module")
def hub() -> Iterator[HubProcess]:
    with hubs.running() as made:
        yield made


@pytest.fixture
def database(hub: HubProcess) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(hub.database()) as made:
        yield made


def _round(rounds: Rounds) -> float:
    began = perf_counter()
    done = rounds.run().value
    assert (done.report.trouble, done.state.light) == ("", "synced"), done
    return perf_counter() - began


@contextmanager
def _at_work(
    hub: HubProcess, database: "psycopg.Connection[Any]", ops: int, *, bits: int = 0, way_s: float = 0.0
) -> Iterator[tuple[Rounds, SlowLine, list[Op]]]:
    """Give the rounds of a desk whose outbox holds so many ops, over a line that counts."""
    scope = let_in(database, 1)[0].station.scope
    with (
        SlowLine(hub.port, bits, way_s) as line,
        enrolled(database, scope, line.port) as (store, rounds),
    ):
        _round(rounds)
        written = _write(store, ops)
        line.count = Count()
        yield rounds, line, written


def _write(store: Store, count: int) -> list[Op]:
    """Put the ops of some days into the outbox, as saves leave them there."""
    station = Station(store.scope_id, store.device_id, 1)
    with store.write_local() as rows:
        ((station.incarnation,),) = plain.ask(rows, "SELECT incarnation FROM meta")
        ops = list(station.ops(count))
        written = [(each, each.to_bytes()) for each in ops]
        lines = [
            (each.op, each.type, each.rec, each.incarnation, each.seq, body, digest(body), each.scope)
            for each, body in written
        ]
        plain.write_many(rows, _KEEP_OP, lines)
    return ops


def test_nothing_new(hub: HubProcess, database: "psycopg.Connection[Any]", figures: Figures) -> None:
    with _at_work(hub, database, A_DAY) as (rounds, line, _ops):
        _round(rounds)
        line.count = Count()
        _round(rounds)
        count = line.count
    figures.add(
        Figure(
            "a round with nothing new",
            f"{count.requests} request, {count.there} bytes there and {count.back} back",
            "one request: 1",
            f"{count.requests:.1f} ×",
            "= 1, < 1 KB each way without TLS",
            count.requests == 1 and max(count.there, count.back) < 1024,
        )
    )


def test_a_day_on_the_wire(hub: HubProcess, database: "psycopg.Connection[Any]", figures: Figures) -> None:
    """All bytes of the round against what the changed fields alone need, packed as one piece."""
    with _at_work(hub, database, A_DAY) as (rounds, line, ops):
        _round(rounds)
        count = line.count
    fields = zstandard.ZstdCompressor(level=LEVEL).compress(orjson.dumps([each.set for each in ops]))
    ratio = count.both / len(fields)
    figures.add(
        Figure(
            "wire bytes of a day's work",
            f"{count.there:,} bytes there, {count.back:,} back, {A_DAY} ops",
            f"zstd of the changed fields alone: {len(fields):,}",
            f"{ratio:.2f} × ({count.there / len(fields):.2f} × there)",
            "≤ 1.4 ×",
            ratio <= 1.4,
        )
    )


def test_a_week_over_a_thin_line(
    hub: HubProcess, database: "psycopg.Connection[Any]", figures: Figures
) -> None:
    with _at_work(hub, database, A_WEEK, bits=BITS, way_s=RTT_S / 2) as (rounds, line, _ops):
        took_s = _round(rounds)
        count = line.count
    least_s = count.both * 8 / BITS
    figures.add(
        Figure(
            "drain of a week offline, 3,000 ops at 64 kbit/s and 300 ms",
            f"{took_s:.1f} s, {count.there:,} bytes there, {count.back:,} back",
            f"bytes / bandwidth: {least_s:.1f} s",
            f"{took_s / least_s:.2f} ×",
            "≤ 1.5 ×",
            took_s <= 1.5 * least_s,
        )
    )


def test_a_window_while_records_arrive(
    hub: HubProcess, database: "psycopg.Connection[Any]", figures: Figures, tmp_path: Path
) -> None:
    """The window stands at 今日 while the first round of its station brings everything."""
    folder = tmp_path / "desk"
    station.make(seeded.login_of(folder), PASSWORD, Plan(1, seeded.SEED, seeded.UNTIL))
    with seeded.at_work(folder) as (opened, _services):
        scope = opened.store.scope_id
    hubs.fill(hub, database, RECORDS, scope)
    with seeded.at_work(folder) as (_opened, services):
        services.enrolment.enrol(f"http://127.0.0.1:{hub.port}", code_of(database, scope))
    told = window.run("arriving", str(folder), PASSWORD, str(RECORDS), timeout_s=1200)
    assert told["records"] - told["before"] >= RECORDS / 2, told
    figures.add(
        Figure(
            "longest stretch of the Qt thread while 50,000 records arrive",
            f"{told['longest_ms']:.0f} ms, the thread's own work {told['hardest_ms']:.0f} ms,"
            f" all there in {told['seconds']:.0f} s",
            "–",
            "–",
            "≤ 50 ms",
            told["longest_ms"] <= 50,
        )
    )


def test_an_empty_desk(hub: HubProcess, database: "psycopg.Connection[Any]", figures: Figures) -> None:
    scope = hubs.fill(hub, database, RECORDS)
    with enrolled(database, scope, hub.port) as (store, rounds), noted(store) as statements:
        took_s = _round(rounds)
        with store.read() as rows:
            ((records,),) = plain.ask(rows, "SELECT count(*) FROM shadow_head")
    assert records >= RECORDS
    with enrolled(database, let_in(database, 1)[0].station.scope, hub.port) as (empty, _rounds):
        floor_s = replayed(empty, statements)
    a_second = records / took_s
    figures.add(
        Figure(
            "snapshot of 50,000 records into an empty desk",
            f"{took_s:.1f} s, {a_second:,.0f} records/s",
            f"the same writing statements raw: {floor_s:.1f} s",
            f"{floor_s / took_s:.2f}",
            "≥ 0.4 and ≥ 3,000 records/s",
            floor_s / took_s >= 0.4 and a_second >= 3000,
        )
    )
