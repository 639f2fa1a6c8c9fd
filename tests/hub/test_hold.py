"""One holder of a folder at a time, and none behind the end of its process."""

import subprocess
import sys
from pathlib import Path

from desk.hub.hold import Hold

_HOLDER = """
import sys
from pathlib import Path
from desk.hub.hold import Hold
hold = Hold(Path(sys.argv[1]))
print(hold.take(), flush=True)
sys.stdin.read()
"""


def test_a_second_hold_waits_for_the_first_to_let_go(tmp_path: Path) -> None:
    first, second = Hold(tmp_path), Hold(tmp_path)
    assert first.take()
    assert not second.take(wait_s=0.2)
    with second.if_free() as free:
        assert not free
    first.let_go()
    with second.if_free() as free:
        assert free
    assert first.take()
    first.let_go()


def test_a_process_that_dies_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not Hold(tmp_path).take()
        holder.kill()
    hold = Hold(tmp_path)
    assert hold.take(wait_s=60)
    hold.let_go()
