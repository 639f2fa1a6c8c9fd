"""The commands, and a hub as it is really started: workers, a request, a graceful stop."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from desk.hub import cli
from desk.wire import frame, routes
from desk.wire.greeting import Hello, HelloAsk
from tests.hub.hub_ops import SCOPE


def run(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert cli.main(list(words)) == 0
    return capsys.readouterr().out.splitlines()


def test_scopes_and_devices_from_the_command_line(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    (scope,) = run(capsys, "--database", database, "add-scope", "新站")
    device, token = run(capsys, "--database", database, "add-device", "前台", "--scope", scope)
    assert len(token) == 64
    assert run(capsys, "--database", database, "revoke", device) == []
    assert run(capsys, "--database", database, "durable", scope, "0") == []
    (said,) = run(capsys, "--database", database, "restored", scope, "--reason", "演练")
    assert "0" in said
    assert run(capsys, "--database", database, "quarantine", scope) == []
    assert len(run(capsys, "--database", database, "scopes")) == 2


def test_a_problem_is_a_sentence(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--database", database, "revoke", "nobody"]) == 1
    assert "没有这台设备" in capsys.readouterr().err
    assert cli.main(["--database", "host=127.0.0.1 port=1 connect_timeout=2", "scopes"]) == 1
    assert "连不上数据库" in capsys.readouterr().err


def test_a_hub_of_two_workers_serves_and_stops_when_told(
    database: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    device, token = run(capsys, "--database", database, "add-device", "前台", "--scope", SCOPE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "desk.hub", "--database", database, "serve"]
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        hub = subprocess.Popen([*words, "--port", str(port), "--workers", "2"], stderr=log, stdout=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(hub, address)
        answer = httpx.get(
            address + routes.HELLO,
            params=HelloAsk("i1", 0, "n1").query(),
            headers=routes.headers(device, token, packed=False),
        )
        assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, frame.ENCODING)
        assert Hello.decode(answer.content).scopes[0].scope == SCOPE
    finally:
        hub.send_signal(signal.SIGTERM)
        code = hub.wait(60)
    said = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [each["event"] for each in said].count("worker_stopped") == 2
    assert said[-1]["event"] == "stopped"
    assert code == 0


def _wait_until_ready(hub: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and hub.poll() is None:
        try:
            if httpx.get(address + routes.READYZ).status_code == 200:
                return
        except httpx.TransportError:
            continue
    raise AssertionError("the hub was never ready")
