"""The hub's own PostgreSQL has ended, and is started again."""

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desk.hub import minder
from desk.hub.hold import MINDING, Hold
from desk.hub.own_postgres import OwnPostgres


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="hub-mind-"))
    made.chmod(0o711)
    yield made
    own = OwnPostgres(made)
    if own.is_running:
        own.stop()
    shutil.rmtree(made)


def kill(folder: Path) -> None:
    """End the first process; those it started notice and end by themselves."""
    pid = int((folder / "postgres" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    os.kill(pid, signal.SIGKILL)
    own, until = OwnPostgres(folder), time.monotonic() + 120
    while own.is_running:
        assert time.monotonic() < until


def test_one_that_has_ended_is_started_at_the_same_place_by_one_of_them(folder: Path) -> None:
    own = OwnPostgres(folder)
    conninfo = own.start()
    with psycopg.connect(conninfo) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    first, second = Hold(folder, MINDING), Hold(folder, MINDING)
    assert not minder.look(own, first)
    kill(folder)
    with second.if_free():
        assert not minder.look(own, first)
        assert not own.is_running
    # Another worker, which did not start it, does as well.
    until = time.monotonic() + 120
    while not minder.look(OwnPostgres(folder), first):
        # What the dead one had started still holds its memory for a moment.
        assert time.monotonic() < until
    with psycopg.connect(conninfo) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_it_is_looked_at_only_when_the_hub_is_not_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minder, "EVERY_S", 0.01)
    own = OwnPostgres(folder)
    own.start()
    asked: list[bool] = []
    looked: list[bool] = []
    monkeypatch.setattr(minder, "look", lambda *_given: looked.append(True))

    def is_ready() -> bool:
        asked.append(len(asked) < 3)
        return asked[-1]

    async def play() -> None:
        async with minder.minding(own, Hold(folder, MINDING), is_ready):
            while not looked:
                await asyncio.sleep(0)

    asyncio.run(play())
    assert asked[:3] == [True] * 3
    assert len(looked) <= len(asked) - 3
