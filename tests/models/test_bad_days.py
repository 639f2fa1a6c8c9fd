"""Bad days of the file itself (issue A §8): full, tampered with, swapped. Kills: services/test_killed.py."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models.store import FILE, Store
from tests.models.full_disk import may_mount
from tests.stores import KEY, SCOPE

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    """Fault 10: clean refusal, and it goes on by itself once there is room."""
    mount = may_mount()
    program = [sys.executable, "-m", "tests.models.full_disk", str(tmp_path), "tmpfs" if mount else "rlimit"]
    command = ["unshare", "--map-root-user", "--mount", *program] if mount else program
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["said"] == ("保存失败：磁盘已满" if mount else "保存失败：磁盘读写出错")
    assert found["typed"] == found["said"]
    assert found["backup"].startswith("备份失败：")
    assert (found["lost"], found["sound"], found["left"]) == (0, True, [])


def _refused(folder: Path) -> str:
    with pytest.raises(StoreProblem) as caught:
        Store.open(folder, KEY)
    assert caught.value.way_out
    return caught.value.field


@pytest.mark.parametrize("place", [0, 15, 100, 4000])
def test_a_tampered_header_is_refused(store: Store, place: int) -> None:
    store.close()
    body = bytearray(store.path.read_bytes())
    body[place] ^= 0x80
    store.path.write_bytes(body)
    assert _refused(store.folder) == "key"
    body[place] ^= 0x80
    store.path.write_bytes(body)


@pytest.mark.parametrize("length", [0, 1, 4095, 5000])
def test_a_cut_file_is_refused(store: Store, length: int) -> None:
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[:length])
    assert _refused(store.folder) in {"key", "damaged"}
    store.path.write_bytes(whole)


def test_the_store_of_another_station_is_refused(store: Store, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "other", bytes(32), scope_id=SCOPE)
    other.close()
    store.close()
    kept = store.path.rename(tmp_path / "kept")
    other.path.rename(store.path)
    assert _refused(store.folder) == "key"
    kept.replace(store.folder / FILE)
