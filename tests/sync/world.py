"""One county in one process: desks, a hub, a network that loses and repeats, disks that are restored.

Everything follows from one seed. The hub's code is the real one on storage in memory; what is drawn is who
does what next, which message is delivered, lost or doubled, and what breaks.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from desk import clock
from desk.hub import sync
from desk.wire.epochs import Epoch
from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pull, Pulled, Push, Pushed, Want
from desk.wire.op import Op
from desk.wire.records import SCHEMA
from desk.wire.troubles import EpochChanged
from tests.sync import drawing, faults
from tests.sync.client import Client, State
from tests.sync.memory import MemoryLedger
from tests.sync.memory import State as HubState

SCOPE = "S:01990000-0000-7000-8000-000000000001"
START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


@dataclass(frozen=True)
class Envelope:
    """One message on its way, with the desk it belongs to."""

    kind: str
    desk: int
    message: Any


class World:
    """A schedule of `steps` drawn from a seed, then a healing until all is quiet."""

    def __init__(self, seed: int, *, switches: frozenset[str] = frozenset(), steps: int = 90) -> None:
        self.draw = random.Random(seed)
        self.switches = switches
        self.steps = steps
        self.count = 0
        epoch = Epoch(self.new_id("e"), 0)
        self.ledger = MemoryLedger(SCOPE, epoch.epoch)
        self.desks = [Client(f"d{n}", epoch, switches) for n in range(3)]
        self.offsets = [timedelta(days=self.draw.randint(-365, 365)) for _desk in self.desks]
        # The third desk is two schemas behind: it neither knows nor writes what came later.
        self.schemas = [SCHEMA, SCHEMA, max(1, SCHEMA - 2)]
        self.net: list[Envelope] = []
        self.backups: list[HubState] = []
        self.disks: dict[int, State] = {}
        self.ops: dict[str, Op] = {}
        self.poisoned: set[str] = set()
        self.happened: set[str] = set()
        self.healing = False

    def new_id(self, mark: str) -> str:
        """Return an id that no other thing of this world has."""
        self.count += 1
        return f"{mark}-{self.count}"

    def run(self) -> None:
        """Let everything happen, then heal."""
        table = self._happenings()
        names, weights = list(table), [weight for weight, _verb in table.values()]
        clock.set_source(lambda: START + timedelta(seconds=self.count))
        try:
            for _step in range(self.steps):
                table[self.draw.choices(names, weights)[0]][1]()
            self._heal()
        finally:
            clock.set_source(None)

    def _happenings(self) -> dict[str, tuple[float, Callable[[], None]]]:
        return {
            "edit": (24, self._edit),
            "push": (12, lambda: self._push(self.some_desk())),
            "pull": (12, lambda: self._pull(self.some_desk())),
            "deliver": (34, self._deliver),
            "web": (3, self.web),
            "backup": (5, lambda: faults.backup(self)),
            "restore": (1.5, lambda: faults.restore(self)),
            "silent_restore": (0.3, lambda: faults.silent_restore(self)),
            "operator": (1, lambda: faults.operator(self)),
            "pc_backup": (3, lambda: faults.pc_backup(self)),
            "pc_restore": (1, lambda: faults.pc_restore(self)),
            "clone": (1, lambda: faults.clone(self)),
            "join": (0.7, lambda: faults.join(self)),
            "poison": (0.7, lambda: faults.poison(self)),
        }

    def some_desk(self) -> int:
        return self.draw.randrange(len(self.desks))

    def _edit(self) -> None:
        n = self.some_desk()
        desk = self.desks[n]
        ops = [drawing.op(self, n, desk) for _op in range(2 if self.draw.random() < 0.1 else 1)]
        tx = self.new_id("t")
        self.save(n, [op if len(ops) == 1 else _in_one(op, tx) for op in _apart(ops)])

    def save(self, n: int, ops: list[Op]) -> None:
        """Keep what a user did at one desk, and remember that it was done."""
        before = len(self.desks[n].state.outbox)
        self.desks[n].save(ops)
        for entry in self.desks[n].state.outbox[before:]:
            self.ops[entry.given.op] = entry.op

    def at(self, n: int) -> str:
        """Return what the clock of a desk shows, a year off as it may be."""
        return (START + self.offsets[n] + timedelta(seconds=self.count)).isoformat(timespec="milliseconds")

    def _push(self, n: int, most: int | None = None) -> None:
        desk = self.desks[n]
        waiting = desk.state.outbox[: most or self.draw.randint(1, 5)]
        if waiting:
            state = desk.state
            push = Push(
                desk.device,
                state.incarnation,
                SCOPE,
                state.epoch,
                self.schemas[n],
                state.cursor,
                tuple(entry.given for entry in waiting),
                desk.highest,
            )
            self.net.append(Envelope("push", n, self._over_the_wire(push)))
            desk.sent(len(waiting))

    def _pull(self, n: int) -> None:
        desk = self.desks[n]
        want = Want(SCOPE, desk.state.epoch, desk.state.cursor, desk.highest)
        most = 1000 if self.healing else self.draw.randint(1, 8)
        self.net.append(Envelope("pull", n, self._over_the_wire(Pull(self.schemas[n], (want,), most))))

    def _over_the_wire(self, message: Any) -> Any:
        # One message in ten as the bytes that really travel; the others would only cost time.
        if self.draw.random() >= 0.1:
            return message
        if isinstance(message, Pushed):
            # A desk reads the answer beside the push it sent.
            return Pushed.decode(message.encode(), message.to)
        return type(message).decode(message.encode())

    def _deliver(self) -> None:
        if not self.net:
            return
        place, luck = self.draw.randrange(len(self.net)), self.draw.random()
        envelope = self.net[place]
        if luck < 0.85:
            del self.net[place]
        if luck >= 0.15:
            self.route(envelope)

    def route(self, envelope: Envelope) -> None:
        """Deliver one message."""
        answer: Any = None
        match envelope.kind:
            case "push":
                answer = sync.push(self.ledger, envelope.message)
            case "pull":
                answer = sync.pull(self.ledger, envelope.message)
            case "answer":
                self._answered(self.desks[envelope.desk], envelope.message)
        if answer is not None and (self.healing or self.draw.random() < 0.8):
            self.net.append(Envelope("answer", envelope.desk, self._answer_over_the_wire(answer)))

    def _answer_over_the_wire(self, answer: Any) -> Any:
        return self._over_the_wire(answer) if isinstance(answer, Pushed | Pulled) else answer

    def _answered(self, desk: Client, answer: Any) -> None:
        crash = not self.healing and self.draw.random() < 0.05
        if isinstance(answer, Pushed):
            if not crash:
                desk.on_pushed(answer)
        elif isinstance(answer, Pulled):
            for part in answer.parts:
                self._answered(desk, part)
        elif isinstance(answer, Page):
            # A crash before the commit leaves nothing; only a mutant has something to leave.
            if not crash or "cursor_first" in self.switches:
                desk.on_page(answer, crash=crash)
        elif isinstance(answer, EpochChanged):
            desk.on_epoch(answer)

    def web(self) -> None:
        """A rating from the public page: born on the hub, held by no desk yet."""
        scope = self.ledger.state.scope
        op = drawing.rating(self, "web")
        self.ops[op.op] = op
        given = (OpIn(op.op, op.to_bytes()),)
        sync.push(self.ledger, Push("web", "web-i", SCOPE, scope.epoch, SCHEMA, scope.version, given))

    def wanted(self) -> set[str]:
        """Return the ops that somebody still holds: none of these may be missing at the end."""
        held = set(self.ledger.state.seen) | set(self.ledger.state.held)
        for desk in self.desks:
            state = desk.state
            held |= {entry.given.op for entry in state.outbox} | set(state.acked) | set(state.log)
            held |= set(state.attention)
        return held

    def _heal(self) -> None:
        """No more faults: deliver what is on its way in any order, then rounds until nothing changes."""
        self.healing = True
        self.draw.shuffle(self.net)
        late, self.net = self.net, []
        for envelope in late:
            self.route(envelope)
        self.net = []
        self.want = self.wanted()
        for _round in range(60):
            before = self._standing()
            for n in range(len(self.desks)):
                for verb in (lambda n=n: self._push(n, 200), lambda n=n: self._pull(n)):
                    verb()
                    while self.net:
                        self.route(self.net.pop(0))
                faults.operator(self)
            if self._standing() == before:
                return

    def _standing(self) -> list[Any]:
        places = [
            (
                desk.state.epoch,
                desk.state.cursor,
                len(desk.state.outbox),
                len(desk.state.acked),
                desk.state.digest,
            )
            for desk in self.desks
        ]
        return [*places, self.ledger.state.scope]


def _apart(ops: list[Op]) -> list[Op]:
    """Leave one op of each record, so that two of one save do not stand on each other."""
    return list({(op.type, op.rec): op for op in ops}.values())


def _in_one(op: Op, tx: str) -> Op:
    return replace(op, tx=tx)
