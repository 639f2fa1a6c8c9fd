"""`kill -9` at random moments of a reception: nothing acknowledged is lost, the draft is back (§8)."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import verify
from desk.services.drafts import Drafts
from tests.forks import FORKS
from tests.stores import KEY
from tests.unit.services import reception_writer, visit_stage


def _kill_once(folder: Path, run: int, rng: random.Random) -> list[tuple[str, str]]:
    """Let a reception go on for some steps, kill it in the next one, and return what was acknowledged."""
    line, theirs = FORKS.Pipe(duplex=False)
    writer = FORKS.Process(target=reception_writer.serve, args=(theirs, str(folder), f"R{run}"), daemon=True)
    writer.start()
    theirs.close()
    with line:
        heard: list[tuple[str, str]] = [line.recv() for _step in range(rng.randint(1, 14))]
        writer.kill()
        with suppress(EOFError):
            while True:
                heard.append(line.recv())
    writer.join()
    writer.close()
    return heard


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.timeout(3600)
def test_killed_in_the_middle_nothing_acknowledged_is_lost(store: Store, kills: int) -> None:
    visit_stage.build(store)
    store.close()
    rng, heard = random.Random(kills), list[tuple[str, str]]()
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
