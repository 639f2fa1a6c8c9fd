"""Several things to be saved, each on its own: what one refuses keeps none of the others from the record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desk.errors import Problem
from desk.services.outcome import Done


@dataclass(frozen=True)
class Attempt:
    """One thing to be saved: `keys` name whose words it is.

    Where the whole is refused, the parts of it in `instead` are tried in turn, and the first that is taken
    counts; what the others hold stays refused.
    """

    keys: tuple[str, ...]
    work: Callable[[], Done[Any]]
    instead: "tuple[Attempt, ...]" = ()


@dataclass(frozen=True)
class Tried:
    """What became of the attempts: the nouns that changed, and why the words of a key were refused."""

    changed: frozenset[str]
    refused: Mapping[str, Problem]


def each_alone(attempts: Iterable[Attempt]) -> Tried:
    """Do each attempt; a problem of one is kept for the page and stops none of the others. A bug flies."""
    changed: frozenset[str] = frozenset()
    refused: dict[str, Problem] = {}
    for attempt in attempts:
        try:
            changed |= attempt.work().changed
        except Problem as problem:
            taken, nouns = _first_taken(attempt.instead)
            changed |= nouns
            refused |= {key: problem for key in attempt.keys if key not in taken}
    return Tried(changed, refused)


def _first_taken(attempts: Iterable[Attempt]) -> tuple[tuple[str, ...], frozenset[str]]:
    for attempt in attempts:
        try:
            return attempt.keys, attempt.work().changed
        except Problem:
            # The problem of the whole is what is said.
            continue
    return (), frozenset()
