"""The hub and the desks as processes of their own, and how they are killed and started again."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import httpx

from desk.hub.own_postgres import OwnPostgres
from tests.forks import FORKS
from tests.house import ROOT
from tests.ports import free_port
from tests.sync import desk_process

_TRIES = 60


@dataclass
class HubProcess:
    """`desk-hub serve` on its own PostgreSQL in one folder."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it is ready; after a postmaster died the first tries may find it dying."""
        for _n in range(_TRIES):
            words = ["--data", str(self.folder), "serve", "--port", str(self.port)]
            with self._log.open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "desk.hub", *words], cwd=ROOT, stdout=log, stderr=log
                )
            if self._is_ready():
                return
        raise AssertionError(self._log.read_text(encoding="utf-8")[-2000:])

    def database(self) -> str:
        """Return how to reach its database."""
        return OwnPostgres(self.folder).start()

    def kill(self) -> None:
        """Kill the serving process; its database lives on."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def kill_postmaster(self) -> None:
        """Kill the database server, and then who served from it."""
        told = (self.folder / "postgres" / "postmaster.pid").read_text(encoding="utf-8")
        os.kill(int(told.splitlines()[0]), signal.SIGKILL)
        self.kill()

    def stop(self) -> None:
        """End it as an operator does."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(300)

    @property
    def _log(self) -> Path:
        return self.folder / "hub.log"

    def _is_ready(self) -> bool:
        assert self.process is not None
        while self.process.poll() is None:
            with suppress(httpx.HTTPError):
                answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5, trust_env=False)
                if answer.status_code == 200:
                    return True
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.1)
        return False


class Killed(Exception):
    """The desk was killed before it answered."""


@dataclass
class DeskProcess:
    """One desk (`desk_process.py`); started when it is asked something.

    scope: the one that is looked at. begun: the one its store is set up in, where that is another. joins: it
    begins with a snapshot in small pages, however short the history is.
    """

    folder: Path
    address: str
    scope: str
    begun: str = ""
    joins: bool = False
    process: ForkServerProcess | None = None
    line: Connection | None = None

    def ask(self, verb: str, *words: str, kill_after: float | None = None) -> Any:
        """Have it do something and return its answer; with `kill_after` it is killed after so many seconds.

        Raises:
            Killed: it was, before it answered.
        """
        process, line = self._running()
        line.send((verb, *words))
        if kill_after is not None:
            process.join(kill_after)
            process.kill()
        try:
            return line.recv()
        except (EOFError, ConnectionResetError):
            assert kill_after is not None, f"{verb} {words}: the desk died of itself"
            raise Killed from None
        finally:
            if kill_after is not None:
                self.stop()

    def pages(self) -> int:
        """Return how many pages of heads have come to it, also before it was killed."""
        noted = self.folder / desk_process.PAGES
        return len(noted.read_bytes()) if noted.exists() else 0

    def stop(self) -> None:
        """Let it close its store, if it lives."""
        if self.process is not None and self.line is not None:
            self.line.close()
            self.process.join(300)
            self.process.close()
            self.process = self.line = None

    def _running(self) -> tuple[ForkServerProcess, Connection]:
        if self.process is None or self.line is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.line, theirs = FORKS.Pipe()
            where = (str(self.folder), self.address, self.begun or self.scope, self.scope)
            words = (theirs, where, self.joins)
            self.process = FORKS.Process(target=desk_process.serve, args=words, daemon=True)
            self.process.start()
            theirs.close()
        return self.process, self.line
