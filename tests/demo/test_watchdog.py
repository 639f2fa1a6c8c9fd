"""A demo that stands still ends by itself, says so, and leaves behind where every thread stood."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desk.demo import folder
from desk.demo.record import Record
from desk.demo.watchdog import Watchdog

_STUCK = """
import sys, threading
from pathlib import Path
from desk.demo.record import Record
from desk.demo.watchdog import Watchdog
record = Record(Path(sys.argv[1]), stopped_in="建站和恢复单")
with Watchdog(record, 0.2):
    threading.Event().wait()
"""


def test_whoever_shows_life_is_left_alone(tmp_path: Path) -> None:
    left, now = list[int](), [0.0]
    with Watchdog(Record(tmp_path), 30.0, left.append, lambda: now[0]) as dog:
        for _n in range(20):
            now[0] += 29.0
            assert not dog.stands_still
            dog.alive()
    assert left == []
    assert list(tmp_path.iterdir()) == []


def test_no_life_is_a_sentence_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = threading.Event()
    record = Record(tmp_path, stopped_in="建站和恢复单")
    with Watchdog(record, 0.1, lambda _code: left.set()):
        assert left.wait(60)
    assert "没有动静" in record.problem
    assert capsys.readouterr().err.startswith("演示停在“建站和恢复单”：")
    assert "thread" in (tmp_path / folder.STOOD_STILL).read_text("utf-8").lower()


def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STUCK, str(tmp_path)], capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 1
    summary = json.loads((tmp_path / folder.SUMMARY).read_text("utf-8"))
    assert (summary["ok"], summary["stopped_in"]) == (False, "建站和恢复单")
    assert "建站和恢复单" in done.stderr.decode()
