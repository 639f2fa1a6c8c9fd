"""Commit order (sync.md 3, line 5): 16 pushers on 40 scopes, a fast poller, sleeps between the statements."""

import os

import pytest

from tests.hub.race import OPS, Race, sequence

SEED = 20261126
KILLED_WITHIN = 5000
"""Pushes: ten seconds of them on two cores, the bound of the design. They are counted, for how many go into
ten seconds says how busy the machine is.
"""


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


def test_a_cursor_over_a_sequence_is_found_out_soon(database: str) -> None:
    """The mutant: versions drawn before the commit. A race that does not see what they lose is none."""
    with sequence(database) as kind:
        race = Race(database, SEED, pushes=KILLED_WITHIN, kind=kind).run()
    assert race.skipped, "nothing was skipped, though versions were drawn before the commit"
    assert any("versions" in each for each in race.wrong), race.wrong[:3]
