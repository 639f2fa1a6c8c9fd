"""Commit order (sync.md 3, line 5): 16 pushers on 40 scopes, a fast poller, sleeps between the statements."""

import os
from time import monotonic

import pytest

from tests.hub.race import OPS, Race, sequence

SEED = 20261126
KILLED_WITHIN_S = 10


@pytest.mark.parametrize(
    ("seed", "pushes"),
    [
        (SEED, 500),
        (int.from_bytes(os.urandom(4), "big"), 300),
        pytest.param(SEED + 1, 40_000, marks=pytest.mark.slow),
    ],
    ids=["fixed", "fresh", "long"],
)
def test_a_poller_beside_16_pushers_on_40_scopes_misses_nothing(
    database: str, seed: int, pushes: int
) -> None:
    """I3 and I4: no version is skipped, none comes twice, and whoever was answered is found."""
    race = Race(database, seed, pushes=pushes).run()
    assert not race.wrong, f"seed {seed}: {race.wrong[:3]}"
    assert not race.skipped, f"seed {seed}: {race.skipped}"
    assert race.pulled == race.pushed, f"seed {seed}"
    assert sum(map(len, race.pulled.values())) == pushes * OPS


def test_a_cursor_over_a_sequence_is_found_out_within_10_s(database: str) -> None:
    """The mutant: versions drawn before the commit. A race that does not see what they lose is none."""
    with sequence(database) as kind:
        began = monotonic()
        race = Race(database, SEED, pushes=100_000, kind=kind, until=began + KILLED_WITHIN_S).run()
    assert race.skipped, "nothing was skipped, though versions were drawn before the commit"
    assert min(race.skipped.values()) - began < KILLED_WITHIN_S
    assert any("versions" in each for each in race.wrong), race.wrong[:3]
