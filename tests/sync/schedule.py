"""One schedule of real processes: two desks of a new station, in some a county's PC or one that joins late.

It follows from its seed as far as processes can: what is done, where the line fails, who is killed.
"""

import random
from pathlib import Path
from typing import Final

import psycopg

from desk import ids
from desk.hub import admin, enrolment, register
from tests.sync.desk_process import HEADS, SHOWN
from tests.sync.fault_proxy import FaultProxy
from tests.sync.processes import DeskProcess, HubProcess, Killed

STEPS: Final = 18
ROUNDS: Final = 6
WITH_COUNTY: Final = frozenset({1, 3})
"""Seeds that leave these, divided by eight, have a county: with the database killed, with the hub alone."""

JOINING: Final = frozenset({0, 5, 7})
"""Seeds that leave these have a PC of the station that joins halfway, and begins with a snapshot."""

LEAST_PAGES: Final = 3
_FORBIDDEN: Final = 0.5
_VERSION: Final = "SELECT version FROM scope WHERE scope_id = %s"

Key = tuple[str, str]


class Schedule:
    """What is done, and what was told to be saved.

    saved: records whose beginning was acknowledged; told: per record and field the texts that were.
    forbidden: texts the county wrote where only a station may, as a desk would that asks nobody; kept: those
    of them that were acknowledged by its PC. own: the county's own scope. joiner: the PC that joins late.
    """

    def __init__(self, seed: int, folder: Path, hub: HubProcess, line: FaultProxy) -> None:
        self.seed, self.hub, self.line = seed, hub, line
        self.dice = random.Random(seed)
        self.scope, self.own = f"S:{ids.new_id()}", ""
        address = f"http://127.0.0.1:{line.port}"
        self.pcs = [DeskProcess(folder / name, address, self.scope) for name in ("a", "b")]
        self.county: DeskProcess | None = None
        self.joiner: DeskProcess | None = None
        if seed % 8 in JOINING:
            self.joiner = DeskProcess(folder / "joiner", address, self.scope, joins=True)
            self.pcs.append(self.joiner)
        self.saved: dict[Key, None] = {}
        self.told: dict[tuple[Key, str], list[str]] = {}
        self.forbidden: set[str] = set()
        self.kept: list[str] = []
        self.happened: set[str] = set()
        with psycopg.connect(hub.database()) as connection:
            name = register.add_county(connection, f"示例县{self.scope[-12:]}")
            station = register.add_station(connection, name, "示例站", scope=self.scope)
            codes = [enrolment.new_code(connection, station=station).code for _pc in self.pcs]
            if seed % 8 in WITH_COUNTY:
                user = register.add_user(connection, name, "王某某", "county")
                codes.append(enrolment.new_code(connection, user=user).code)
        if seed % 8 in WITH_COUNTY:
            self.county = DeskProcess(folder / "county", address, self.scope, begun=f"S:{ids.new_id()}")
            self.pcs.append(self.county)
            self.happened.add("county")
        for pc, code in zip(self.pcs, codes, strict=True):
            self.own = pc.ask("enrol", code)

    def run(self) -> None:
        """Do everything, heal, and come to rest."""
        if self.county is not None:
            self.begin_together(self.pcs[0], self.county)
        if self.joiner is not None:
            self.pcs.remove(self.joiner)
            self.begin_before(self.pcs[0])
        self.line.break_it(str(self.seed))
        # Starting the hub again takes as long as all the rest, so every other schedule does without.
        kill_at = self.dice.randrange(STEPS) if self.seed % 2 else STEPS
        for n in range(STEPS):
            if n == kill_at:
                self.kill_hub()
            if n == STEPS // 2 and self.joiner is not None:
                self.join(self.joiner)
            self.step(f"{self.seed}-{n}")
        self.line.heal()
        for _n in range(ROUNDS):
            lights = [each.ask("round") for each in self.pcs]
            if not {"offline", "waiting"} & set(lights):
                break
        for each in self.pcs:
            each.ask("round")
        if self.joiner is not None and self.joiner.pages() >= LEAST_PAGES:
            self.happened.add("snapshot")

    def begin_together(self, station: DeskProcess, county: DeskProcess) -> None:
        """Let the county have the station's card and somebody's data: of nothing it could change nothing."""
        self.saved["station", station.ask("card", f"{self.seed}-card")] = None
        self.saved["person", station.ask("save", f"{self.seed}-first")] = None
        for each in (station, county):
            each.ask("round")

    def begin_before(self, station: DeskProcess) -> None:
        """Let the hub have enough for some pages of heads, durable all of it, and a little more.

        A snapshot's tail is at the durable version: what is below it comes as heads or not at all.
        """
        for part, count in (("before", HEADS * LEAST_PAGES), ("above", HEADS)):
            for n in range(count):
                self.saved["person", station.ask("save", f"{self.seed}-{part}-{n}")] = None
            for _n in range(ROUNDS):
                if station.ask("round") == "synced":
                    break
            if part == "before":
                self.set_durable()

    def set_durable(self) -> None:
        """Say that a backup reaches up to where the scope stands."""
        with psycopg.connect(self.hub.database()) as connection:
            found = connection.execute(_VERSION, (self.scope,)).fetchone()
            assert found is not None
            admin.set_durable(connection, self.scope, found[0])

    def join(self, pc: DeskProcess) -> None:
        """Let a PC that has nothing yet begin over the failing line; it may be killed between two pages."""
        self.pcs.append(pc)
        # It is up before the time runs in which it may be killed.
        pc.ask("known", "person")
        for kill_after in (self.dice.random() * 0.5, None):
            try:
                pc.ask("round", kill_after=kill_after)
            except Killed:
                self.happened.add("desk")

    def step(self, token: str) -> None:
        """Save, change or sync on one of the PCs, which may be killed meanwhile."""
        pc = self.dice.choice(self.pcs)
        verb = self.dice.choice(["save", "change", "change", "round", "round", "round"])
        kill_after = self.dice.random() * 0.3 if self.dice.random() < 0.15 else None
        try:
            if verb == "round":
                pc.ask("round", kill_after=kill_after)
            elif pc is self.county:
                self.by_county(pc, token, kill_after)
            elif verb == "save" or not self.saved:
                self.saved["person", pc.ask("save", token, kill_after=kill_after)] = None
            else:
                self.change(pc, self.dice.choice(list(self.saved)), token, kill_after)
        except Killed:
            # What was not told may be there or not; whatever was told must be.
            self.happened.add("desk")

    def by_county(self, pc: DeskProcess, token: str, kill_after: float | None) -> None:
        """Change the card of the station, as the county may, or somebody's data, as it may not."""
        mine = [key for key in self.saved if key[0] == "station"]
        theirs = pc.ask("known", "person")
        if theirs and self.dice.random() < _FORBIDDEN:
            self.forbidden.add(token)
            record, field = self.dice.choice(theirs), self.dice.choice(SHOWN["person"])
            if pc.ask("change", "person", record, field, token, kill_after=kill_after):
                self.kept.append(token)
                self.happened.add("forbidden")
        elif self.change(pc, self.dice.choice(mine), token, kill_after):
            self.happened.add("card")

    def change(self, pc: DeskProcess, key: Key, token: str, kill_after: float | None) -> bool:
        """Give one field of a record a new text; False where this PC does not have the record yet."""
        field = self.dice.choice(SHOWN[key[0]])
        done: bool = pc.ask("change", *key, field, token, kill_after=kill_after)
        if done:
            self.told.setdefault((key, field), []).append(token)
        return done

    def kill_hub(self) -> None:
        """Kill the hub, sometimes with its database, and start it again."""
        if self.seed % 4 == 1:
            self.hub.kill_postmaster()
            self.happened.add("postmaster")
        else:
            self.hub.kill()
            self.happened.add("hub")
        self.hub.start()

    def stop(self) -> None:
        """Let every PC close its store."""
        for each in self.pcs:
            each.stop()
