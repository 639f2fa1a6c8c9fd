"""`kill -9` at random moments of a reception: nothing acknowledged is lost, the draft is back (§8)."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import verify
from desk.services.drafts import Drafts
from tests.stores import KEY
from tests.unit.services import visit_stage

ROOT = Path(__file__).resolve().parents[3]


def _kill_once(folder: Path, run: int, rng: random.Random) -> list[list[str]]:
    """Let a reception go on for some steps, kill it in the next one, and return what was acknowledged."""
    command = [sys.executable, "-m", "tests.unit.services.reception_writer", str(folder), f"R{run}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        heard = [writer.stdout.readline() for _step in range(rng.randint(1, 14))]
        writer.kill()
        heard += [line for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return [line.split() for line in heard]


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.timeout(3600)
def test_killed_in_the_middle_nothing_acknowledged_is_lost(store: Store, kills: int) -> None:
    visit_stage.build(store)
    store.close()
    rng, heard = random.Random(kills), list[list[str]]()
    for run in range(kills):
        heard += _kill_once(store.folder, run, rng)
    after = Store.open(store.folder, KEY)
    assert after.check_due
    stage = visit_stage.reopened(after)
    with after.read() as rows:
        numbers = rows.scalars(select(Visit.number)).all()
        query = select(Matter.subject).join(Visit, Visit.record_id == Matter.visit_id)
        finished = set(rows.scalars(query.where(Visit.state == "finished")))
    drafts = {draft.id: draft for draft in Drafts(after, stage.session).load_all()}
    said = {step: {what for name, what in heard if name == step} for step in ("draft", "open", "finish")}
    assert len(said["draft"]) >= kills
    assert said["open"] <= set(numbers)
    assert len(numbers) == len(set(numbers))
    assert said["finish"] <= finished
    assert said["draft"] <= drafts.keys() | finished
    assert all(draft.cursor_field in {"subject", "statement"} for draft in drafts.values())
    assert after.quick_check()
    report = verify.run(after)
    assert report.ok, report.lines
    after.close()
