"""Pulls and saves on a small disk that fills up, level by level, and goes on once there is room.

`python -m tests.unit.services.sync.full_disk FOLDER LIMIT` prints what happened as JSON. LIMIT tmpfs: FOLDER
is mounted as a disk of 96 MiB first, in a mount namespace of its own; each level leaves more room on it.
LIMIT rlimit: the kernel refuses to make files longer, which SQLite takes for a failure of the disk, after
which the store takes nothing until it is opened again.
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desk.errors import StoreProblem
from desk.models import plain
from desk.models.store import Store
from desk.services import verify
from desk.services.sync.engine import run_round
from desk.services.sync.keeper import StoreKeeper
from tests import factories
from tests.fake_hub import FakeHub, foreign
from tests.stores import KEY, SCOPE

DISK = 96 << 20
LEVELS = (0, 16, 64, 128, 256, 512, 1024)
"""KiB of room that are left while a page is laid and a record is saved."""

VERSIONS, RECORDS = 5, 12
_LONG = "经过" * 3000


@dataclass
class Found:
    """said: sentences of what was refused. lost: records acknowledged and gone. wrong: what did not hold."""

    said: list[str] = field(default_factory=list)
    went_through: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)


class Play:
    """One store, one hub, and what was acknowledged so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.create(folder / "store", KEY, scope_id=SCOPE)
        self.hub = FakeHub(SCOPE, versions_a_page=1)
        self.saved: list[str] = []
        self.found = Found()
        self.brought = 0

    def county_writes(self) -> None:
        """Let others write some versions that this desk has not seen."""
        for _version in range(VERSIONS):
            n = self.brought
            rows = [
                foreign(f"o{n + i}", "matter", f"m{n + i}", subject="路灯", statement=_LONG)
                for i in range(RECORDS)
            ]
            self.hub.write(rows)
            self.brought += RECORDS

    def attempt(self) -> None:
        """Run a round and save a record; each goes through or is refused as a whole."""
        before = self._cursor(), self._count("outbox"), self._count("matter")
        for act in (self._round, self._save):
            try:
                act()
                self.found.went_through += 1
            except StoreProblem as problem:
                self.found.said.append(problem.sentence)
        cursor, matters = self._cursor(), self._count("matter")
        if cursor < before[0]:
            self.found.wrong.append(f"the cursor went back: {before[0]} {cursor}")
        pulled = sum(each.version <= cursor and each.op.op.startswith("o") for each in self.hub.revisions)
        if matters != pulled + len(self.saved):
            self.found.wrong.append(f"cursor {cursor}: {matters} records of {pulled}+{len(self.saved)}")

    def settle(self) -> None:
        """Go on with room: everything goes through and nothing is missing on either side."""
        report = run_round(StoreKeeper(self.store), self.hub)
        if not report.reached or report.trouble:
            self.found.wrong.append(f"the round after: {report}")
        if (self._cursor(), self._count("outbox")) != (self.hub.version, 0):
            self.found.wrong.append("the round after did not bring all")
        self.found.lost += sum(("matter", rec) not in self.hub.heads for rec in self.saved)
        self.found.lost += self.brought + len(self.saved) - self._count("matter")
        if not verify.run(self.store).ok:
            self.found.wrong.append(str(verify.run(self.store).lines))

    def _round(self) -> None:
        run_round(StoreKeeper(self.store), self.hub)

    def _save(self) -> None:
        row = factories.matter(statement=_LONG)
        with self.store.write("u1") as rows:
            rows.add(row)
        self.saved.append(row.record_id)

    def _cursor(self) -> int:
        return StoreKeeper(self.store).place().version

    def _count(self, table: str) -> int:
        with self.store.read() as rows:
            return int(plain.ask(rows, f"SELECT count(*) FROM {table}")[0][0])


def levels(play: Play) -> None:
    """Leave some room and take it away again, level by level."""
    for room in LEVELS:
        play.county_writes()
        ballast = play.folder / "ballast"
        ballast.write_bytes(bytes(max(0, shutil.disk_usage(play.folder).free - (room << 10))))
        play.attempt()
        ballast.unlink()
        play.settle()


def failing(play: Play) -> None:
    """Let the disk fail in the middle of a page, and open the store again."""
    play.county_writes()
    most = play.store.path.stat().st_size + (256 << 10)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    play.attempt()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    # There is room again, but nobody knows what reached the disk: it must be opened anew first.
    play.attempt()
    play.store.close()
    play.store = Store.open(play.folder / "store", KEY)
    play.settle()


def main() -> None:
    """Play and print."""
    folder, limit = Path(sys.argv[1]), sys.argv[2]
    if limit == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], check=True)
    play = Play(folder)
    plays: dict[str, Callable[[Play], None]] = {"tmpfs": levels, "rlimit": failing}
    plays[limit](play)
    play.store.close()
    print(json.dumps(vars(play.found), ensure_ascii=False))


if __name__ == "__main__":
    main()
