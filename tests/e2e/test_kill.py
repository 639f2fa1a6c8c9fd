"""`kill -9` at random moments of a reception: what the desk has told is kept, what was typed comes back."""

import json
import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desk.services.drafts import Draft
from desk.services.kit import Services
from desk.ui.pages.visits.form_pairs import from_pairs, to_pairs
from tests.e2e import clerk, station
from tests.e2e.station import FileSecrets
from tests.forks import FORKS

_TYPED = ("name", "subject", "statement", "request", "answer_text")


@dataclass
class Told:
    """What the desk has acknowledged over all its lives."""

    visits: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, line: str) -> None:
        """Take one line of the clerk."""
        said = json.loads(line)
        self.heard.append(said)
        assert said["what"] != "trouble", said
        if said["what"] == "visit":
            assert self.visits.get(said["id"], said)["number"] == said["number"], "a printed number changed"
            self.visits[said["id"]] = said
        elif said["what"] == "draft":
            self.drafts[said["id"]] = said
        elif said["what"] == "drop":
            self.drafts.pop(said["id"], None)


def _one_life(data: Path, secrets: Path, told: Told, rng: random.Random) -> None:
    """Let the clerk work, kill the program, and hear what it had still said."""
    line, theirs = FORKS.Pipe(duplex=False)
    life = FORKS.Process(target=clerk.serve, args=(theirs, str(data), str(secrets)), daemon=True)
    life.start()
    theirs.close()
    with line, os.fdopen(os.dup(line.fileno()), encoding="utf-8") as said_here:
        start = len(told.heard)
        try:
            while not any(said["what"] == "ready" for said in told.heard[start:]):
                told.hear(said_here.readline() or '{"what": "trouble", "text": "the clerk did not start"}')
            for _ in range(rng.randint(0, 6)):
                told.hear(said_here.readline())
            patience = 0.5
            if rng.random() < 0.5:
                # Every second life ends soon after a draft: chance alone never hits one on a quick machine.
                patience = 0.05
                while told.heard[-1]["what"] != "draft":
                    told.hear(said_here.readline())
            life.join(rng.random() * patience)
        finally:
            life.kill()
        for each in said_here:
            if each.endswith("\n"):
                told.hear(each)
    life.join()
    life.close()


def _check(services: Services, told: Told) -> Draft | None:
    """Compare what is kept with what was told; return the newest draft, which must stand there next time."""
    report = services.verify.run()
    assert report.ok, report.lines
    kept_drafts = {draft.id: draft for draft in services.drafts.load_all()}
    for draft_id, said in told.drafts.items():
        draft = kept_drafts[draft_id]
        fields = dict(draft.fields)
        for name in _TYPED:
            assert fields.get(name, "").startswith(said["fields"].get(name, "")), (name, fields, said)
        if fields == said["fields"]:
            assert draft.cursor_field == said["cursor"]
    for visit_id, said in told.visits.items():
        visit, form = services.visits.get(visit_id), services.visits.form(visit_id)
        assert visit.number == said["number"]
        assert form.statement.startswith(said["statement"])
        assert said["state"] in {visit.state, "received"}
    numbers = [row.number for row in services.visits.page(limit=10_000).rows]
    assert len(numbers) == len(set(numbers))
    return next(reversed(kept_drafts.values()), None)


_HOURS = [pytest.mark.slow, pytest.mark.timeout(7200)]


@pytest.mark.parametrize(
    "kills", [pytest.param(20, marks=pytest.mark.timeout(1800)), pytest.param(200, marks=_HOURS)]
)
def test_nothing_told_is_lost_and_the_draft_comes_back(tmp_path: Path, kills: int) -> None:
    data, secrets = tmp_path / "desk", tmp_path / "secrets"
    station.make(data, FileSecrets(secrets)).opened.store.close()
    told, rng, came_back = Told(), random.Random(kills), 0
    newest: Draft | None = None
    for _ in range(kills):
        start = len(told.heard)
        _one_life(data, secrets, told, rng)
        back = [said for said in told.heard[start:] if said["what"] == "back"]
        came_back += len(back)
        if newest is not None:
            # Beside the form a draft keeps what it began with, which no field shows.
            shown = (newest.id, dict(to_pairs(from_pairs(newest.fields))), newest.cursor_field)
            assert [(said["id"], said["fields"], said["cursor"]) for said in back] == [shown]
        here = station.enter(data, FileSecrets(secrets))
        newest = _check(here.services, told)
        here.opened.store.close()
    assert told.visits
    assert came_back > kills // 4, "hardly a draft came back: the kills do not hit"
