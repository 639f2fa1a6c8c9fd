"""The desk's disk is full, or fails, while a page is laid and an op written (sync.md 3, faults 9 and 10)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models.full_disk import may_mount

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def mounts() -> bool:
    return may_mount()


def play(folder: Path, limit: str) -> dict[str, Any]:
    program = [sys.executable, "-m", "tests.unit.services.sync.full_disk", str(folder), limit]
    command = ["unshare", "--map-root-user", "--mount", *program] if limit == "tmpfs" else program
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_full_disk_takes_whole_pages_or_none_and_the_next_round_brings_the_rest(
    tmp_path: Path, mounts: bool
) -> None:
    found = play(tmp_path, "tmpfs" if mounts else "rlimit")
    assert (found["lost"], found["wrong"]) == (0, [])
    assert set(found["said"]) == {"保存失败：磁盘已满" if mounts else "保存失败：磁盘读写出错"}
    # Some rounds and saves found no room; with a MiB left a save does.
    assert len(found["said"]) >= 2
    assert not mounts or found["went_through"]


def test_a_failing_disk_stops_the_round_and_all_writing_until_the_store_is_opened_anew(
    tmp_path: Path,
) -> None:
    found = play(tmp_path, "rlimit")
    assert (found["lost"], found["wrong"], found["went_through"]) == (0, [], 0)
    assert found["said"] == ["保存失败：磁盘读写出错"] * 4
