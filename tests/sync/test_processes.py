"""Level 2: real desks, the real hub and a real PostgreSQL as processes, a failing line, and kill -9 of each.

A schedule follows from its seed as far as processes can: what is done, where the line fails, who is killed.
A few run in `make test`, 50 in `make prove`, 1,000 in `make torture`.
"""

import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk import ids
from desk.hub import enrolment, register
from desk.wire.heads import EMPTY_DIGEST, add_digests
from tests.sync.fault_proxy import FAULTS, FaultProxy
from tests.sync.processes import DeskProcess, HubProcess, Killed

STEPS = 18
QUICK = 5
CI, CHUNKS = 50, 2
FIELDS = ("name", "phone", "address")
ROUNDS = 6


@pytest.fixture(scope="module")
def hub() -> Iterator[HubProcess]:
    # As root PostgreSQL runs under another user, who must get into the folder; pytest's own are closed.
    folder = Path(tempfile.mkdtemp(prefix="hub-l2-"))
    folder.chmod(0o711)
    made = HubProcess(folder)
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


class Schedule:
    """One schedule: two desks of a new station, and what they told to be saved."""

    def __init__(self, seed: int, folder: Path, hub: HubProcess, line: FaultProxy) -> None:
        self.seed, self.hub, self.line = seed, hub, line
        self.dice = random.Random(seed)
        self.scope = f"S:{ids.new_id()}"
        address = f"http://127.0.0.1:{line.port}"
        self.desks = [DeskProcess(folder / name, address, self.scope) for name in ("a", "b")]
        self.saved: dict[str, None] = {}
        self.told: dict[tuple[str, str], list[str]] = {}
        self.killed: set[str] = set()
        with psycopg.connect(hub.database()) as connection:
            county = register.add_county(connection, f"示例县{self.scope[-12:]}")
            station = register.add_station(connection, county, "示例站", scope=self.scope)
            for each in self.desks:
                code = enrolment.new_code(connection, station=station).code
                connection.commit()
                each.ask("enrol", code)

    def run(self) -> None:
        """Do everything, heal, and come to rest."""
        self.line.break_it(str(self.seed))
        # Starting the hub again takes as long as all the rest, so every other schedule does without.
        kill_at = self.dice.randrange(STEPS) if self.seed % 2 else STEPS
        for n in range(STEPS):
            if n == kill_at:
                self.kill_hub()
            self.step(f"{self.seed}-{n}")
        self.line.heal()
        for _n in range(ROUNDS):
            lights = [each.ask("round") for each in self.desks]
            if not {"offline", "waiting"} & set(lights):
                break
        for each in self.desks:
            each.ask("round")

    def step(self, token: str) -> None:
        """Save, change or sync on one of the desks, which may be killed meanwhile."""
        desk = self.dice.choice(self.desks)
        verb = self.dice.choice(["save", "change", "change", "round", "round", "round"])
        kill_after = self.dice.random() * 0.3 if self.dice.random() < 0.15 else None
        try:
            if verb == "round":
                desk.ask("round", kill_after=kill_after)
            elif verb == "save" or not self.saved:
                self.saved[desk.ask("save", token, kill_after=kill_after)] = None
            else:
                record, field = self.dice.choice(list(self.saved)), self.dice.choice(FIELDS)
                if desk.ask("change", record, field, token, kill_after=kill_after):
                    self.told.setdefault((record, field), []).append(token)
        except Killed:
            # What was not told may be there or not; whatever was told must be.
            self.killed.add("desk")

    def kill_hub(self) -> None:
        """Kill the hub, sometimes with its database, and start it again."""
        if self.seed % 4 == 1:
            self.hub.kill_postmaster()
            self.killed.add("postmaster")
        else:
            self.hub.kill()
            self.killed.add("hub")
        self.hub.start()

    def broken(self) -> list[str]:
        """Return which invariants do not hold."""
        looks = [each.ask("look") for each in self.desks]
        with psycopg.connect(self.hub.database()) as connection:
            return [*self.of_desks(looks), *self.of_hub(connection, looks)]

    def of_desks(self, looks: list[dict[str, Any]]) -> Iterator[str]:
        """Look at what only the desks know."""
        first, second = looks
        for each in looks:
            if each["sound"] is not True:
                yield f"I9 store: {each['sound']}"
            if each["outbox"]:
                yield f"I8 {each['outbox']} ops wait for ever"
        if first["people"] != second["people"] or first["conflicts"] != second["conflicts"]:
            yield "I5 apart"
        missing = self.saved.keys() - {row[0] for row in first["people"]}
        if missing:
            yield f"I1 lost {sorted(missing)}"

    def of_hub(self, connection: "psycopg.Connection[Any]", looks: list[dict[str, Any]]) -> Iterator[str]:
        """Compare the desks with what the hub holds."""
        row = connection.execute(
            "SELECT version, digest FROM scope WHERE scope_id = %s", (self.scope,)
        ).fetchone()
        assert row is not None
        version, digest = row
        ops = connection.execute(
            "SELECT version, op_id, body, result FROM revision WHERE scope_id = %s ORDER BY version, ord",
            (self.scope,),
        ).fetchall()
        heads = connection.execute("SELECT digest FROM head WHERE scope_id = %s", (self.scope,)).fetchall()
        held = connection.execute(
            "SELECT reason FROM quarantine WHERE scope_id = %s", (self.scope,)
        ).fetchall()
        if len({op[1] for op in ops}) != len(ops):
            yield "I2 twice"
        if sorted({op[0] for op in ops}) != list(range(1, version + 1)):
            yield "I3 hole"
        if [each["version"] for each in looks] != [version, version]:
            yield f"I4, I10 cursors {[each['version'] for each in looks]}, newest {version}"
        if held:
            yield f"I8 in custody: {held}"
        total = add_digests(EMPTY_DIGEST, (each[0] for each in heads))
        if not digest == total == bytes.fromhex(looks[0]["digest"]) == bytes.fromhex(looks[1]["digest"]):
            yield "I11 digests"
        yield from self.dropped(ops, looks[0])

    def dropped(self, ops: list[tuple[Any, ...]], look: dict[str, Any]) -> Iterator[str]:
        """I6: what was told to be saved is a head, was replaced by who knew it, or is in a conflict."""
        by_id = {op[1]: json.loads(op[2]) for op in ops}
        replaced = {base for body in by_id.values() for base in body["base"].items()}
        asked = {each for row in look["conflicts"] for each in (row[2], row[3])}
        people = {row[0]: dict(zip(FIELDS, row[3:6], strict=True)) for row in look["people"]}
        for (record, field), tokens in self.told.items():
            for token in tokens:
                setters = [op for op, body in by_id.items() if body["set"].get(field) == token]
                if not setters:
                    yield f"I1 {token} never came to the hub"
                elif not (
                    people[record][field] == token
                    or json.dumps(token) in asked
                    or (field, setters[0]) in replaced
                ):
                    yield f"I6 {token} dropped"


def holds(seed: int, folder: Path, hub: HubProcess) -> set[str]:
    """Run one schedule and return what happened in it."""
    with FaultProxy(hub.port) as line:
        schedule = Schedule(seed, folder / str(seed), hub, line)
        schedule.run()
        wrong = schedule.broken()
        for each in schedule.desks:
            each.stop()
    assert not wrong, f"seed {seed}: {', '.join(wrong)}"
    shutil.rmtree(folder / str(seed))
    return line.struck | schedule.killed


def fresh() -> int:
    """Draw a seed nobody has played, of a schedule in which the hub lives on."""
    return int.from_bytes(os.urandom(4), "big") * 2


@pytest.mark.timeout(300)
def test_nothing_is_lost_whoever_is_killed(tmp_path: Path, hub: HubProcess) -> None:
    """I1 to I6 and I8 to I11 (sync.md 2.12) after the line is whole again."""
    happened: set[str] = set()
    for seed in (*range(QUICK - 1), fresh()):
        happened |= holds(seed, tmp_path, hub)
    assert {"hub", "postmaster"} <= happened
    assert len(happened & set(FAULTS)) >= 4, happened


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_is_lost_in_fifty_schedules(chunk: int, tmp_path: Path, hub: HubProcess) -> None:
    each = CI // CHUNKS
    happened: set[str] = set()
    for seed in (*range(100 + chunk * each, 99 + (chunk + 1) * each), fresh()):
        happened |= holds(seed, tmp_path, hub)
    assert happened >= {"hub", "postmaster", "desk", *FAULTS} - {"none"}


@pytest.mark.slow
@pytest.mark.timeout(14_400)
def test_a_thousand_schedules(tmp_path: Path, hub: HubProcess) -> None:
    for seed in range(1000, 2000):
        holds(seed, tmp_path, hub)
