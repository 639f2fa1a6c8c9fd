"""The hub's disk is full, and its PostgreSQL panics (sync.md 3, faults 9 and 10)."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hub.full_disk import PUSHES, way_to_mount

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="hub-full-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def play(folder: Path, way: list[str], limit: str) -> dict[str, Any]:
    program = [*way, sys.executable, "-m", "tests.hub.full_disk", str(folder), limit]
    done = subprocess.run(program, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_full_disk_is_told_nothing_is_acknowledged_and_it_goes_on_by_itself(folder: Path) -> None:
    way = way_to_mount()
    found = play(folder, way or [], "trigger" if way is None else "mount")
    assert (found["lost"], found["wrong"]) == (0, [])
    assert found["ready"] == [200, 503, 200]
    assert len(found["told"]) >= PUSHES - 2
    assert {tuple(each) for each in found["told"]} == {(507, "no_room", "60")}
