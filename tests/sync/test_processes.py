"""Level 2: real desks, the real hub and a real PostgreSQL as processes, a failing line, and kill -9 of each.

In every fourth schedule a desk of the county is there as well; in three of eight a PC of the station joins
halfway and begins with a snapshot, a page ahead as always. A schedule follows from its seed as far as
processes can. A few run in `make test`, 50 in `make prove`, 1,000 in `make torture`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desk import ids
from desk.hub import enrolment, register
from tests.sync import at_rest
from tests.sync.fault_proxy import FAULTS, FaultProxy
from tests.sync.processes import DeskProcess, HubProcess
from tests.sync.schedule import Schedule

QUICK = 5
CI, CHUNKS = 50, 2
KILLS = {"hub", "postmaster"}


@pytest.fixture(scope="module")
def hub() -> Iterator[HubProcess]:
    # As root PostgreSQL runs under another user, who must get into the folder; pytest's own are closed.
    folder = Path(tempfile.mkdtemp(prefix="hub-l2-"))
    folder.chmod(0o711)
    made = HubProcess(folder)
    made.start()
    neighbours(made, folder / "neighbour")
    yield made
    made.stop()
    shutil.rmtree(folder)


def neighbours(hub: HubProcess, folder: Path) -> None:
    """Let a station of another county have something that nobody else may see."""
    scope = f"S:{ids.new_id()}"
    with psycopg.connect(hub.database()) as connection:
        county = register.add_county(connection, "邻县")
        station = register.add_station(connection, county, "邻站", scope=scope)
        code = enrolment.new_code(connection, station=station).code
    pc = DeskProcess(folder, f"http://127.0.0.1:{hub.port}", scope)
    pc.ask("enrol", code)
    pc.ask("save", "邻县的话")
    assert pc.ask("round") == "synced"
    pc.stop()


def holds(seed: int, folder: Path, hub: HubProcess) -> set[str]:
    """Run one schedule and return what happened in it."""
    with FaultProxy(hub.port) as line:
        schedule = Schedule(seed, folder / str(seed), hub, line)
        schedule.run()
        wrong = at_rest.broken(schedule)
        schedule.stop()
    assert not wrong, f"seed {seed}: {', '.join(wrong)}"
    shutil.rmtree(folder / str(seed))
    return line.struck | schedule.happened


def fresh() -> int:
    """Draw a seed nobody has played, of a schedule in which the hub lives on."""
    return int.from_bytes(os.urandom(4), "big") * 2


@pytest.mark.timeout(1200)
def test_nothing_is_lost_whoever_is_killed(tmp_path: Path, hub: HubProcess) -> None:
    """I1 to I9 and I11 (sync.md 2.12) after the line is whole again; of I10 nothing is seen at rest."""
    happened: set[str] = set()
    for seed in (*range(QUICK - 1), fresh()):
        happened |= holds(seed, tmp_path, hub)
    assert happened >= KILLS | {"county", "snapshot"}
    assert len(happened & set(FAULTS)) >= 4, happened


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_is_lost_in_fifty_schedules(chunk: int, tmp_path: Path, hub: HubProcess) -> None:
    each = CI // CHUNKS
    happened: set[str] = set()
    for seed in (*range(100 + chunk * each, 99 + (chunk + 1) * each), fresh()):
        happened |= holds(seed, tmp_path, hub)
    assert happened >= KILLS | {"desk", "county", "card", "forbidden", "snapshot", *FAULTS} - {"none"}


@pytest.mark.slow
@pytest.mark.timeout(14_400)
def test_a_thousand_schedules(tmp_path: Path, hub: HubProcess) -> None:
    for seed in range(1000, 2000):
        holds(seed, tmp_path, hub)
