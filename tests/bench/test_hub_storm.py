"""Five hundred desks that come back within a minute after a day without a line."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter

import psycopg
import pytest

from desk.services.sync import backoff
from desk.wire import frame
from desk.wire.greeting import Hello
from tests.bench import hubs
from tests.bench.figures import Figure, Figures
from tests.bench.pcs import Pc, let_in
from tests.bench.ready_pushes import Line
from tests.sync.processes import HubProcess

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

DESKS, WITHIN_S, OPS, BATCH = 500, 60.0, 300, 500
MOST_S, MOST_P99_S = 600.0, 2.0
BUSY = 429


@pytest.fixture
def hub() -> Iterator[HubProcess]:
    with hubs.running() as made:
        yield made


@dataclass
class Storm:
    """What came of it: seconds of each push, how often a desk was told to wait, what else was answered.

    over: set as soon as something is wrong; then nobody waits for his moment any more.
    """

    pushes_s: list[float] = field(default_factory=list)
    waits: int = 0
    wrong: list[str] = field(default_factory=list)
    last_s: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def fail(self, what: str) -> None:
        """Note what is wrong, and end."""
        self.wrong.append(what)
        self.over.set()


def test_storm(hub: HubProcess, figures: Figures) -> None:
    """Each has a day's ops, waits as the desk's own backoff says, and never gives up its place."""
    with psycopg.connect(hub.database()) as connection:
        pcs = let_in(connection, DESKS)
        ready = [(pc, _pushes(pc)) for pc in pcs]
        storm, began = Storm(), perf_counter()
        threads = [
            threading.Thread(target=_come_back, args=(hub.port, pc, pushes, began, storm))
            for pc, pushes in ready
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert not storm.wrong, storm.wrong[:3]
        assert connection.execute("SELECT count(*) FROM revision").fetchone() == (DESKS * OPS,)
    p99 = quantiles(storm.pushes_s, n=100)[-1]
    figures.add(
        Figure(
            "500 desks back within 60 s after a day, one worker",
            f"all in after {storm.last_s:.0f} s, p99 of a push {p99:.2f} s, {storm.waits} times told to wait",
            "–",
            "–",
            "≤ 10 min, p99 < 2 s",
            storm.last_s <= MOST_S and p99 < MOST_P99_S,
        )
    )


def _pushes(pc: Pc) -> list[bytes]:
    pushes = pc.station.pushes(pc.epoch, OPS, BATCH)
    return [pc.signer.push(place + 1, push) for place, push in enumerate(pushes)]


def _come_back(port: int, pc: Pc, pushes: list[bytes], began: float, storm: Storm) -> None:
    dice = random.Random(pc.signer.device)
    storm.over.wait(dice.random() * WITHIN_S)
    while not storm.over.is_set():
        line = Line(port)
        try:
            wait_s = _round(line, pc, pushes, storm)
        finally:
            line.close()
        if not wait_s:
            storm.last_s = max(storm.last_s, perf_counter() - began)
            return
        storm.waits += 1
        storm.over.wait(backoff.delay_s(1, dice.random(), wait_s))


def _round(line: Line, pc: Pc, pushes: list[bytes], storm: Storm) -> int:
    """Greet and push; return how long the hub asks to wait, or 0 when all is there."""
    told = line.ask(pc.hello())
    if told.status == BUSY:
        return told.wait_s
    if told.status != 200 or Hello.decode(frame.unpack(told.body)).session != 1:
        storm.fail(f"hello: {told}")
        return 0
    while pushes:
        at = perf_counter()
        told = line.ask(pushes[0])
        if told.status == BUSY:
            return told.wait_s
        storm.pushes_s.append(perf_counter() - at)
        if told.verdicts() != {"applied"}:
            storm.fail(f"push: {told.status}")
            return 0
        del pushes[0]
    return 0
