"""The commands, and a hub as it is really started: workers, a request, a graceful stop."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from desk.hub import cli
from desk.hub.own_postgres import OwnPostgres
from desk.services.sync.client import HubClient, find_authority
from desk.services.sync.gate import Gate
from desk.wire import routes, signing
from desk.wire.enrolling import Enrol, Enrolled
from desk.wire.greeting import Hello, HelloAsk
from tests.hub.desks import code_for
from tests.hub.hub_ops import SCOPE
from tests.ports import free_port


def run(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert cli.main(list(words)) == 0
    return capsys.readouterr().out.splitlines()


def test_scopes_from_the_command_line(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--database", database, "durable", SCOPE, "0") == []
    said, _look = run(capsys, "--database", database, "restored", SCOPE, "--reason", "演练")
    assert "0" in said
    assert run(capsys, "--database", database, "quarantine", SCOPE) == []
    assert len(run(capsys, "--database", database, "scopes")) == 1


def test_a_problem_is_a_sentence(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--database", database, "device", "revoke", "nobody"]) == 1
    assert "没有这台设备" in capsys.readouterr().err
    assert cli.main(["--database", "host=127.0.0.1 port=1 connect_timeout=2", "scopes"]) == 1
    assert "连不上数据库" in capsys.readouterr().err


def test_a_hub_of_two_workers_serves_and_stops_when_told(database: str, tmp_path: Path) -> None:
    port = free_port()
    words = [sys.executable, "-m", "desk.hub", "--database", database, "serve"]
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        hub = subprocess.Popen([*words, "--port", str(port), "--workers", "2"], stderr=log, stdout=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(hub, address)
        code, key = code_for(database).replace("-", ""), bytes(range(32))
        with HubClient(Gate(address, "d1", key)) as client:
            assert isinstance(client.enrol(Enrol(code, "d1", signing.public_of(key), SCOPE)), Enrolled)
            said_hello = client.hello(HelloAsk("i1", 0, "n1"))
            assert isinstance(said_hello, Hello)
            assert [each.scope for each in said_hello.scopes] == [SCOPE]
    finally:
        hub.send_signal(signal.SIGTERM)
        code = hub.wait(300)
    said = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [each["event"] for each in said].count("worker_stopped") == 2
    assert said[-1]["event"] == "stopped"
    assert code == 0


def test_with_a_certificate_it_is_heard_over_the_network_and_a_pc_enrols_by_its_sheet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(folder))
    assert cli.main([*data, "serve", "--host", "0.0.0.0"]) == 1
    assert "没有证书" in capsys.readouterr().err
    assert cli.main([*data, "serve", "--certificate", "nowhere", "--key", "nowhere"]) == 1
    pin = run(capsys, *data, "certificate", "示例县", "--host", "127.0.0.1")[0].partition("：")[2]
    (county,) = run(capsys, *data, "county", "create", "示例县")
    (station,) = run(capsys, *data, "station", "create", "示例站", "--county", county)
    assert cli.main([*data, "code", "create", "--station", station, "--sheet", str(folder / "x.pdf")]) == 1
    capsys.readouterr()
    hub, address = _start(folder, 2, tls=True)
    words = ("--station", station, "--address", address, "--sheet", str(folder / "sheet.pdf"))
    (code,) = run(capsys, *data, "code", "create", *words)
    assert (folder / "sheet.pdf").read_bytes().startswith(b"%PDF")
    _wait_until_listening(hub, address)
    authority, key = find_authority(address, pin), bytes(range(32))
    with HubClient(Gate(address, "d1", key, authority)) as client:
        ask = Enrol(code.replace("-", ""), "d1", signing.public_of(key), SCOPE)
        assert isinstance(client.enrol(ask), Enrolled)
        assert isinstance(client.hello(HelloAsk("i1", 0, "n1")), Hello)
    hub.send_signal(signal.SIGTERM)
    assert hub.wait(300) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_told_to_end_it_takes_its_own_database_along(folder: Path, workers: int) -> None:
    hub, address = _start(folder, workers)
    _wait_until_ready(hub, address)
    postmaster = _postmaster(folder)
    hub.send_signal(signal.SIGTERM)
    assert hub.wait(300) == 0
    assert not _lives(postmaster)


def test_told_to_end_while_it_starts_it_leaves_nothing_running(folder: Path) -> None:
    hub, _address = _start(folder, 1)
    pid_file = folder / "postgres" / "postmaster.pid"
    until = time.monotonic() + 300
    while not pid_file.exists() and time.monotonic() < until:
        assert hub.poll() is None
    hub.send_signal(signal.SIGTERM)
    assert hub.wait(300) == 0
    assert not pid_file.exists()


def test_a_hub_that_was_killed_is_followed_by_one_that_ends_its_database(folder: Path) -> None:
    hub, address = _start(folder, 1)
    _wait_until_ready(hub, address)
    postmaster = _postmaster(folder)
    hub.kill()
    hub.wait(300)
    assert _lives(postmaster)
    # A command beside it leaves the database alone; the next hub takes it over.
    assert cli.main(["--data", str(folder), "scopes"]) == 0
    hub, address = _start(folder, 1)
    _wait_until_ready(hub, address)
    assert _postmaster(folder) == postmaster
    assert cli.main(["--data", str(folder), "serve", "--port", "1"]) == 1
    assert _lives(postmaster)
    hub.send_signal(signal.SIGTERM)
    assert hub.wait(300) == 0
    assert not _lives(postmaster)


def test_a_hub_whose_own_database_has_ended_starts_it_again(folder: Path) -> None:
    hub, address = _start(folder, 1)
    _wait_until_ready(hub, address)
    before = _postmaster(folder)
    os.kill(before, signal.SIGKILL)
    until = time.monotonic() + 300
    while not _has_followed(folder, before):
        assert time.monotonic() < until
    _wait_until_ready(hub, address)
    hub.send_signal(signal.SIGTERM)
    assert hub.wait(300) == 0
    assert not (folder / "postgres" / "postmaster.pid").exists()


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="hub-cli-"))
    made.chmod(0o711)
    yield made
    own = OwnPostgres(made)
    own.stop()
    shutil.rmtree(made)


def _start(folder: Path, workers: int, *, tls: bool = False) -> "tuple[subprocess.Popen[bytes], str]":
    port = free_port()
    words = [sys.executable, "-m", "desk.hub", "--data", str(folder), "serve", "--port", str(port)]
    with (folder / "log").open("w", encoding="utf-8") as log:
        hub = subprocess.Popen([*words, "--workers", str(workers)], stderr=log, stdout=log)
    return hub, f"{'https' if tls else 'http'}://127.0.0.1:{port}"


def _wait_until_listening(hub: "subprocess.Popen[bytes]", address: str) -> None:
    place = ("127.0.0.1", int(address.rpartition(":")[2]))
    until = time.monotonic() + 300
    while time.monotonic() < until and hub.poll() is None:
        try:
            socket.create_connection(place, 5).close()
        except OSError:
            continue
        return
    raise AssertionError("the hub never listened")


def _postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text(encoding="utf-8").split()[0])


def _has_followed(folder: Path, before: int) -> bool:
    # While one ends and the next begins its file may be away, or not written yet.
    try:
        return _postmaster(folder) != before
    except (FileNotFoundError, IndexError):
        return False


def _lives(pid: int) -> bool:
    # Where nobody collects orphans an ended one stays in the list.
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def _is_ready(address: str) -> bool:
    return httpx.get(address + routes.READYZ, timeout=60).status_code == 200


def _wait_until_ready(hub: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until and hub.poll() is None:
        try:
            if _is_ready(address):
                return
        except httpx.TransportError:
            continue
    raise AssertionError("the hub was never ready")
