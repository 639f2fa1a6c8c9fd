"""Many schedules at once: `python -m tests.sync.simulate --schedules 100000 --jobs 2` (make simulate).

Prints what happened in them and how many a second were played; a schedule that breaks an invariant is named
by its seed, to be kept in test_schedules.py.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter

from tests.sync.invariants import broken
from tests.sync.world import World

_AT_ONCE = 50


def play(seed: int) -> tuple[int, list[str], list[str], int]:
    """Play one schedule: its seed, what does not hold, what happened, how many conflicts were kept."""
    world = World(seed)
    world.run()
    conflicts = sum(len(each.conflicts) for each in world.ledger.state.revisions)
    return seed, broken(world), sorted(world.happened), conflicts


def main() -> int:
    """Play them all; 1 if an invariant broke."""
    parser = argparse.ArgumentParser(prog="simulate")
    parser.add_argument("--schedules", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    happened: Counter[str] = Counter()
    failing: list[int] = []
    conflicts, began = 0, time.monotonic()
    with multiprocessing.Pool(options.jobs) as pool:
        seeds = range(options.first, options.first + options.schedules)
        for seed, wrong, faults, kept in pool.imap_unordered(play, seeds, _AT_ONCE):
            happened.update(faults)
            conflicts += kept
            if wrong:
                failing.append(seed)
                print(f"seed {seed}: {', '.join(wrong)}", flush=True)
    took = time.monotonic() - began
    faults_told = ", ".join(f"{name} in {count}" for name, count in happened.most_common())
    print(f"{options.schedules} schedules, {len(failing)} failing; {options.schedules / took:.0f} a second")
    print(f"{faults_told}; {conflicts} conflicts kept")
    return bool(failing)


if __name__ == "__main__":
    sys.exit(main())
