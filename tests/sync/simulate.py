"""Many schedules at once: `python -m tests.sync.simulate --schedules 100000 --jobs 2` (make simulate).

One in a hundred is played on sealed files and PostgreSQL. Prints what happened in them and how many a second
were played; a schedule that breaks an invariant is named by its seed, to be kept in test_schedules.py.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from tests.hub import servers
from tests.sync.happenings import BREAKS
from tests.sync.sealed import SealedPlace
from tests.sync.world import World

SEALED_EVERY = 100
_AT_ONCE = 50
_TELL_EVERY = 1000


@dataclass(frozen=True)
class Played:
    """One schedule: what does not hold, what happened, conflicts kept, rounds until all was at rest."""

    seed: int
    wrong: tuple[str, ...]
    happened: tuple[str, ...]
    conflicts: int
    rounds: int


def play(seed: int, database: str = "", breaks: Collection[str] = BREAKS) -> Played:
    """Play one schedule: in memory, or with a database on that and on sealed files."""
    if not database:
        return _played(World(seed, breaks=breaks))
    # A scope of its own in the database, and a folder of its own.
    place = SealedPlace(Path(tempfile.mkdtemp(prefix="desk-schedule-")), database)
    return _played(World(seed, breaks=breaks, place=place, scope=f"S:{seed:032x}"))


def _played(world: World) -> Played:
    try:
        world.run()
        conflicts = sum(len(each.conflicts) for each in world.ledger.state.revisions)
        happened = tuple(sorted(world.happened))
        return Played(world.seed, tuple(world.wrong), happened, conflicts, world.rounds_to_rest)
    finally:
        world.close()


def _asked(asked: tuple[int, str]) -> Played:
    return play(*asked)


@dataclass
class Tally:
    """What came out of them."""

    began: float
    count: int = 0
    failing: int = 0
    conflicts: int = 0
    most_rounds: int = 0

    def add(self, played: Played, happened: "Counter[str]") -> None:
        """Count one, and name it if it failed."""
        self.count += 1
        self.conflicts += played.conflicts
        self.most_rounds = max(self.most_rounds, played.rounds)
        happened.update(played.happened)
        if played.wrong:
            self.failing += 1
            print(f"seed {played.seed}: {', '.join(played.wrong)}", flush=True)
        if self.count % _TELL_EVERY == 0:
            print(self.line(), flush=True)

    def line(self) -> str:
        """Say how it stands."""
        a_second = self.count / (time.monotonic() - self.began)
        return f"{self.count} schedules, {self.failing} failing; {a_second:.1f} a second"


def asked_of(first: int, count: int, database: str) -> Iterator[tuple[int, str]]:
    """Walk over the seeds; one in a hundred goes to the database."""
    for seed in range(first, first + count):
        yield seed, database if seed % SEALED_EVERY == 0 else ""


def main() -> int:
    """Play them all; 1 if an invariant broke."""
    parser = argparse.ArgumentParser(prog="simulate")
    parser.add_argument("--schedules", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    happened: Counter[str] = Counter()
    tally = Tally(time.monotonic())
    with servers.server() as conninfo, multiprocessing.Pool(options.jobs) as pool:
        database = make_conninfo(conninfo, dbname=servers.EMPTY)
        seeds = asked_of(options.first, options.schedules, database)
        for played in pool.imap_unordered(_asked, seeds, _AT_ONCE):
            tally.add(played, happened)
    print(tally.line())
    print(", ".join(f"{name} in {count}" for name, count in happened.most_common()))
    print(f"{tally.conflicts} conflicts kept; at rest after at most {tally.most_rounds} rounds")
    return bool(tally.failing)


if __name__ == "__main__":
    sys.exit(main())
