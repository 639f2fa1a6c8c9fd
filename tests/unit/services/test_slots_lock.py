"""One change of a slot file at a time: of this program's lanes, and of programs beside it."""

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from desk.services import slots_lock

_HOLDER = (
    "import sys; from pathlib import Path; from desk.services import slots_lock\n"
    "with slots_lock.held(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.readline()\n"
)


def _taken(folder: Path) -> bool:
    with slots_lock.held(folder):
        return True


def test_another_lane_waits_until_the_block_ends(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as lane:
        with slots_lock.held(tmp_path):
            asked: Future[bool] = lane.submit(_taken, tmp_path)
            assert not wait([asked], timeout=0.2).done
        assert asked.result(timeout=60)


def test_another_program_makes_us_wait_and_its_end_lets_us_in(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other, ThreadPoolExecutor(1) as lane:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        asked: Future[bool] = lane.submit(_taken, tmp_path)
        assert not wait([asked], timeout=0.2).done
        other.kill()
        assert asked.result(timeout=60)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), slots_lock.held(tmp_path / "absent"):
        pass
