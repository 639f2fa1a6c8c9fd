"""The parts of a play: a step is a generator that acts and, in between, gives the event loop its turn."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from desk.errors import Problem

PATIENCE_S = 120.0
"""Beside other programs a page may take a minute; what never comes is found out all the same."""


class DemoProblem(Problem):
    """The demo could not go on as a person would have."""


@dataclass(frozen=True)
class Until:
    """Go on when `holds`; `what` says in words what is waited for. Gives up after `seconds`."""

    what: str
    holds: Callable[[], bool]
    seconds: float = PATIENCE_S


T = TypeVar("T")

Play = Generator[Until | None, None, T]
"""Yields None for one turn of the event loop, or an Until; returns what it found out."""


@dataclass(frozen=True)
class Step:
    """One part of the morning: its name in a clerk's words and what is done."""

    name: str
    act: Callable[[], Play[None]]
