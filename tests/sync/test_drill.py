"""The drill of docs/hub.md: back up, cut the power, put the backup back, watch everything return."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk.errors import HubProblem
from desk.hub.own_postgres import OwnPostgres
from desk.models import plain
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import verify
from desk.services.session import Session, User
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from tests import factories
from tests.stores import KEY, SCOPE
from tests.sync.processes import ROOT, HubProcess

_PATIENCE_S = 300
"""A PostgreSQL writes down what it holds before it ends; beside other work on one disk that may take long."""

HEAD = User("u1", "周某某", frozenset({"head"}))


class Pc:
    """One PC of the station, which reaches the hub over a real socket."""

    def __init__(self, folder: Path, port: int, code: str) -> None:
        self.store = Store.create(folder, KEY, scope_id=SCOPE)
        session = Session(HEAD, bytes(32))
        address = f"http://127.0.0.1:{port}"

        def connect(way: Any) -> HubClient:
            return HubClient(replace(way, address=address))

        try:
            Enrolment(self.store, session, connect).enrol("https://hub.example", code)
        except HubProblem:
            self.store.close()
            raise
        self.rounds = Rounds(self.store, session, connect)

    def go(self) -> str:
        state = self.rounds.run().value.state
        assert verify.run(self.store).ok
        return state.light

    def save(self, name: str) -> str:
        visit = factories.visit(name_told=name, number=f"LF2026-A{ord(name[0]):04d}", spoken="")
        with self.store.write("u1") as rows:
            rows.add(visit)
        return visit.record_id

    def names(self) -> set[str]:
        with self.store.read() as rows:
            return {name for (name,) in plain.ask(rows, "SELECT name_told FROM visit")}


@pytest.fixture
def hub() -> Iterator[HubProcess]:
    """Give a hub that is not started yet, in a folder of its own beside which there is room."""
    home = Path(tempfile.mkdtemp(prefix="hub-drill-"))
    home.chmod(0o711)
    (home / "hub").mkdir(mode=0o711)
    made = HubProcess(home / "hub")
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.terminate()
        made.process.wait(_PATIENCE_S)
    own = OwnPostgres(made.folder)
    if own.is_running:
        own.stop()
    shutil.rmtree(home)


def desk_hub(data: Path, *words: str) -> list[str]:
    """Say one command, as an operator does."""
    program = [sys.executable, "-m", "desk.hub", "--data", str(data), *words]
    done = subprocess.run(program, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_power_is_cut_last_nights_backup_put_back_and_everything_returns(
    hub: HubProcess, tmp_path: Path
) -> None:
    data, night = hub.folder, hub.folder.parent / "night"
    hub.start()
    (county,) = desk_hub(data, "county", "create", "示例县")
    (station,) = desk_hub(data, "station", "create", "示例站", "--county", county, "--scope", SCOPE)
    codes = [desk_hub(data, "code", "create", "--station", station)[0] for _n in range(4)]
    front, back, stolen = (
        Pc(tmp_path / name, hub.port, code) for name, code in zip("fbs", codes, strict=False)
    )
    spare = codes[-1]
    first = front.save("甲某")
    assert (front.go(), back.go()) == ("synced", "synced")

    told, *versions = desk_hub(data, "backup", str(night))
    assert str(night) in told
    assert desk_hub(data, "durable", "--backup", str(night)) == versions

    # The next day. What the front PC writes the back one has seen; then the front PC is gone for good.
    front.save("乙某")
    with front.store.write("u1") as rows:
        rows.get_one(Visit, first).place = "会客室"
    assert (front.go(), back.go()) == ("synced", "synced")
    front.store.close()
    desk_hub(data, "device", "revoke", stolen.store.device_id)
    assert stolen.go() == "attention"
    # This was never sent.
    back.save("丙某")

    hub.kill_postmaster()
    shutil.rmtree(data)
    said = desk_hub(data, "restore", str(night))
    assert any(line.startswith(SCOPE) for line in said)
    # Who was shut out since the backup is let in again by it, and a code that was drawn before it is void.
    assert any(line.startswith(stolen.store.device_id) for line in said)
    desk_hub(data, "device", "revoke", stolen.store.device_id)
    hub.start()
    assert stolen.go() == "attention"
    with pytest.raises(HubProblem):
        Pc(tmp_path / "late", hub.port, spare)
    assert back.go() in {"synced", "waiting"}
    assert back.go() == "synced"

    _head, *records = map(json.loads, desk_hub(data, "export", SCOPE))
    there = {each["record"]: each["fields"] for each in records if each["noun"] == "visit"}
    assert {each["name_told"] for each in there.values()} == back.names() == {"甲某", "乙某", "丙某"}
    assert there[first]["place"] == "会客室"
    (scope,) = json.loads(desk_hub(data, "scopes", "--json")[0])
    assert (scope["halted"], scope["conflicts"], scope["quarantined"]) == (False, 0, 0)
    # Who comes anew finds it all.
    (code,) = desk_hub(data, "code", "create", "--station", station)
    third = Pc(tmp_path / "t", hub.port, code)
    assert third.go() == "synced"
    assert third.names() == back.names()
    for each in (back, third, stolen):
        each.store.close()
