"""Level 1: random fault schedules against the hub's real decisions, and the mutants that prove the teeth."""

import os

import pytest

from tests.sync.invariants import broken
from tests.sync.mutants import MUTANTS, Mutant, first_found
from tests.sync.world import World

FIXED, FRESH, CHUNKS = 1800, 200, 8
LONG = 2
EVERYTHING = {"restore", "silent_restore", "pc_restore", "clone", "join"}

# Schedules that once found something: custody lost with a restore (3, 15, 30, 43), pruning before both sides
# agreed on their past (158), a base only a snapshot showed (5002228), two pasts of equal values (5010295).
KEPT = (3, 15, 30, 43, 158, 5002228, 5009745, 5010227, 5010295, 5010514, 9005682)


def holds(seed: int) -> World:
    world = World(seed)
    world.run()
    wrong = broken(world)
    assert not wrong, f"seed {seed}: {', '.join(wrong)}; keep it in KEPT"
    return world


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_is_lost_whatever_fails(chunk: int) -> None:
    """I1 to I6, I8 to I11 after every quiet point (sync.md 2.12)."""
    happened: set[str] = set()
    fresh = int.from_bytes(os.urandom(4), "big") | 1 << 33
    for seed in (*range(chunk, FIXED, CHUNKS), *range(fresh, fresh + FRESH // CHUNKS)):
        happened |= holds(seed).happened
    assert happened == EVERYTHING


@pytest.mark.parametrize("seed", KEPT)
def test_what_once_failed_holds(seed: int) -> None:
    holds(seed)


def test_a_schedule_follows_from_its_seed() -> None:
    first, second = holds(7), holds(7)
    assert first.ledger.state == second.ledger.state
    assert [desk.state for desk in first.desks] == [desk.state for desk in second.desks]


def test_a_long_schedule_with_everything_in_it() -> None:
    world = World(LONG, steps=700)
    world.run()
    assert not broken(world)
    assert world.happened == EVERYTHING
    assert any(each.conflicts for each in world.ledger.state.revisions)
    assert world.ledger.state.held


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_is_found(mutant: Mutant) -> None:
    """sync.md 3, line 32: a rule whose absence nothing notices is not tested at all."""
    assert first_found(mutant, range(mutant.within)) is not None, mutant.says
