"""One county in one process: PCs, a hub, lines that lose and repeat, disks that are restored.

Everything follows from one seed. The round of a PC and the decisions of the hub are the program's own; what
is drawn is who does what next and what breaks, also in the middle of a round.
"""

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol
from unittest.mock import patch

from desk import clock, ids
from desk.hub import sync
from desk.hub.ledger import Ledger, Scope
from desk.services.sync import engine, finding, merge
from desk.services.sync.ports import Taken
from desk.wire.enrolling import COUNTY, STATION
from desk.wire.incoming import OpIn
from desk.wire.messages import Push
from desk.wire.op import Op
from desk.wire.records import SCHEMA
from tests.sync import door, drawing, faults, happenings, invariants
from tests.sync.disk import Disk, Image, PowerCut
from tests.sync.happenings import BREAKS, Happening
from tests.sync.line import Line
from tests.sync.memory import MemoryLedger, State
from tests.sync.pc import Pc, Store

SCOPE = "S:01990000-0000-7000-8000-000000000001"
START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
STEPS = 50

_HUB = -1
_SNAPSHOT_ABOVE = 8
_CRASHES, _MEANWHILE, _QUIET_BEFORE = 0.15, 0.25, 0.2
_COUNTY = 0.5
_MOST_ROUNDS = 60

Sessions = dict[tuple[str, str], tuple[int, str]]
"""Per device and incarnation the session and nonce of its last hello."""


class Backup(Protocol):
    """A state of the hub's storage."""

    scope: Scope


class WorldLedger(Ledger, Protocol):
    """The hub's storage, with what an operator and a backup do to it."""

    @property
    def state(self) -> State:
        """The whole of it, as the invariants look at it."""

    def backup(self) -> Backup:
        """Return a copy that later writes do not reach."""

    def restore(self, backup: Any, epoch: str = "") -> None:
        """Put a backup back; with an epoch it is announced."""

    def declare(self, epoch: str, restored_to: int) -> None:
        """Begin a new life of the scope."""

    def set_durable(self, version: int) -> None:
        """Say up to which version every kept backup reaches."""


class Place:
    """Where a world stands: here in memory; `sealed.py` has the one on files and PostgreSQL."""

    searches = False

    def ledger(self, scope: str, epoch: str) -> WorldLedger:
        """Return the hub's storage with one empty scope."""
        return MemoryLedger(scope, epoch)

    def disk(self, scope: str, device: str, image: Image = None) -> Store:
        """Return a disk of a PC, empty or as a copy."""
        return Disk(scope, device, f"{device}-i1", image)

    def close(self) -> None:
        """Let go of what all of them shared."""


class World:
    """A schedule of `steps` drawn from a seed, and once or twice a healing until all is quiet."""

    def __init__(
        self,
        seed: int,
        *,
        switches: frozenset[str] = frozenset(),
        steps: int = STEPS,
        breaks: Collection[str] = BREAKS,
        place: Place | None = None,
        scope: str = SCOPE,
    ) -> None:
        self.seed = seed
        self.draw = random.Random(seed)
        self.switches, self.steps, self.scope = switches, steps, scope
        self.breaks = frozenset(breaks)
        self.place = place or Place()
        self.count = 0
        self.whole_line = "line" not in self.breaks
        self.ledger = self.place.ledger(scope, self.new_id("e"))
        own = door.countys(scope)
        self.countys = self.place.ledger(own, "e-county")
        # By a die of its own: schedules without a county are those their seeds always gave.
        self.has_county = "county" in self.breaks and random.Random(f"county {seed}").random() < _COUNTY
        countys = self.draw.randrange(3) if self.has_county else -1
        self.sessions: Sessions = {}
        self.desks: list[Pc] = []
        self.offsets: list[timedelta] = []
        self.schemas: list[int] = []
        # The third desk is two schemas behind: it neither knows nor writes what came later.
        for n, schema in enumerate((SCHEMA, SCHEMA, max(1, SCHEMA - 2))):
            role = COUNTY if n == countys else STATION
            disk = self.place.disk(own if n == countys else scope, f"d{n}")
            self.add(disk, self.a_clock(), schema, role)
        self.late: list[tuple[int, str, Any]] = []
        self.backups: list[tuple[Backup, Sessions]] = []
        self.images: dict[int, Image] = {}
        self.ops: dict[str, Op] = {}
        self.poisoned: set[str] = set()
        self.spoilt: set[str] = set()
        self.happened: set[str] = {"county"} if self.has_county else set()
        self.alarmed = False
        self.busy: list[int] = []
        self.healing = False
        self.want: set[str] = set()
        self.wrong: list[str] = []
        self.rounds_to_rest = 0
        self.begun_again = 0

    def add(self, disk: Store, offset: timedelta, schema: int, role: str = STATION) -> Pc:
        """Put one more PC into the county; role: of a station or of the county itself."""
        self.desks.append(Pc(disk, self.scope, role))
        self.offsets.append(offset)
        self.schemas.append(schema)
        return self.desks[-1]

    def new_id(self, mark: str) -> str:
        """Return an id that no other thing of this world has."""
        self.count += 1
        return f"{mark}-{self.count}"

    def a_clock(self) -> timedelta:
        """Draw how far off a clock is: up to a year."""
        return timedelta(days=self.draw.randint(-365, 365))

    def run(self) -> None:
        """Let everything happen, heal, and look."""
        pauses = {self.draw.randrange(self.steps)} if self.draw.random() < _QUIET_BEFORE else set()
        with self._own_time():
            for step in range(self.steps):
                happenings.let_happen(self, happenings.table(self))
                if step in pauses:
                    self.quiet()
            self.quiet()

    def close(self) -> None:
        """Let go of the disks."""
        for desk in self.desks:
            desk.disk.close()
        self.place.close()

    def quiet(self) -> None:
        """No more faults: what is on its way comes in any order, then rounds until nothing changes; look."""
        self.healing = True
        self.draw.shuffle(self.late)
        while self.late:
            self.arrive(*self.late.pop())
        self.want = invariants.wanted(self)
        for count in range(_MOST_ROUNDS):
            before = _standing(self)
            for n in range(len(self.desks)):
                self.round(n)
                faults.operator(self)
            if _standing(self) == before:
                self.rounds_to_rest = max(self.rounds_to_rest, count)
                break
        else:
            self.wrong.append("I5 no rest")
        self.wrong += invariants.broken(self)
        self.healing = False

    @contextmanager
    def _own_time(self) -> Iterator[None]:
        clock.set_source(self._now)
        ids.set_source(lambda: self.new_id("u"))
        another_past = merge.another_past

        def begun_again(rows: Any, scope: str) -> Taken:
            self.begun_again += 1
            return another_past(rows, scope)

        try:
            with (
                patch.object(engine, "SNAPSHOT_ABOVE", _SNAPSHOT_ABOVE),
                patch.object(merge, "another_past", begun_again),
            ):
                if self.place.searches:
                    yield
                else:
                    with patch.multiple(finding, refresh=_nothing, finish=_nothing, forget=_nothing):
                        yield
        finally:
            clock.set_source(None)
            ids.set_source(None)

    def meanwhile(self, may: Callable[["World"], dict[str, Happening]] = happenings.beside) -> None:
        """Let something else happen between two steps of a round; another's round too."""
        if self.draw.random() < _MEANWHILE:
            happenings.let_happen(self, may(self))

    def some_desk(self, *, idle: bool = False) -> int:
        """Draw a PC; `idle`: none that is in the middle of a round, -1 if there is none."""
        free = [n for n in range(len(self.desks)) if not (idle and n in self.busy)]
        return self.draw.choice(free) if free else -1

    def some_round(self) -> None:
        """Let any PC that is not in the middle of one run a round."""
        n = self.some_desk(idle=True)
        if n >= 0:
            self.round(n)

    def round(self, n: int) -> None:
        """Let one PC run a round, which may be cut off at any statement."""
        desk = self.desks[n]
        if not self.healing and self.draw.random() < _CRASHES and "crash" in self.breaks:
            desk.disk.power.cut_after(self.draw.randint(0, 90))
        self.busy.append(n)
        try:
            desk.round(Line(self, n))
        except PowerCut:
            desk.disk.power.restore()
            self.happened.add("crash")
            self.wrong += invariants.torn(self, desk)
        finally:
            self.busy.pop()
            desk.disk.power.restore()

    def edit(self) -> None:
        """Let a user save something at any PC, also while its round runs."""
        n = self.some_desk()
        desk = self.desks[n]
        ops = [op for _op in range(2 if self.draw.random() < 0.1 else 1) for op in drawing.ops(self, n, desk)]
        if ops:
            self.save(n, _in_one(ops))

    def save(self, n: int, ops: Sequence[Op]) -> None:
        """Keep what a user did at one PC, and remember that it was done."""
        for op in self.desks[n].disk.save(ops):
            self.ops[op.op] = op

    def at(self, n: int) -> str:
        """Return what the clock of a PC shows, a year off as it may be."""
        return (START + self.offsets[n] + timedelta(seconds=self.count)).isoformat(timespec="milliseconds")

    def _now(self) -> datetime:
        whose = self.busy[-1] if self.busy else _HUB
        offset = timedelta() if whose == _HUB else self.offsets[whose]
        return START + offset + timedelta(seconds=self.count)

    def late_one(self) -> None:
        """Let one of the late requests come."""
        if self.late:
            self.arrive(*self.late.pop(self.draw.randrange(len(self.late))))

    def arrive(self, n: int, verb: str, message: Any) -> Any:
        """Give one request to the hub, by whose clock it is decided."""
        self.busy.append(_HUB)
        try:
            return door.asked(self, self.desks[n], verb, message)
        finally:
            self.busy.pop()

    def take_push(self, desk: Pc, message: Push) -> Any:
        """Let the hub decide a push."""
        return door.pushed(self, desk, message)

    def web(self) -> None:
        """A rating from the public page: born on the hub, held by no desk yet."""
        scope = self.ledger.scope(self.scope)
        assert scope is not None
        op = drawing.rating(self)
        self.ops[op.op] = op
        given = (OpIn(op.op, op.to_bytes()),)
        sync.push(self.ledger, Push("web", "web-1", self.scope, scope.epoch, SCHEMA, scope.version, given))


def _standing(world: World) -> list[Any]:
    return [*((desk.mark, desk.outbox) for desk in world.desks), world.ledger.scope(world.scope)]


def _in_one(ops: Sequence[Op]) -> list[Op]:
    """Make one save of them; one op of each record, so that two of one save do not stand on each other."""
    apart = {(op.type, op.rec): op for op in ops}.values()
    return [Op(**{**vars(op), "tx": ops[0].tx}) for op in apart]


def _nothing(*_said: Any, **_named: Any) -> None:
    """Stand in for the search index, which needs a session."""
