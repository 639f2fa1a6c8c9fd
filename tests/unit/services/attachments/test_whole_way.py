"""The whole way with the real process apart: every good photo, killed at any moment, nothing in clear."""

import io
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from desk.models.store import Store
from desk.services import verify
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Source
from tests.models.full_disk import may_mount
from tests.stores import KEY
from tests.unit.services import visit_stage
from tests.unit.services.attachments import samples
from tests.unit.services.attachments.conftest import service
from tests.unit.services.visit_stage import Stage

ROOT = Path(__file__).resolve().parents[4]


def test_no_bytes_of_a_picture_lie_in_clear(
    attachments: Attachments, stage: Stage, visit_id: str, tmp_path: Path
) -> None:
    """Fault 19: neither beside the store, nor in it, nor in a temporary file."""
    made = attachments.add("visit", visit_id, Source("a.pdf", data=samples.pdf(3))).value
    content = attachments.open(made.id).content
    small = attachments.thumbnail(made.id)
    pieces = [content[start : start + 24] for start in range(0, len(content) - 24, 997)]
    pieces += [small[start : start + 24] for start in range(0, len(small) - 24, 97)]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            assert not any(piece in body for piece in pieces), path


@pytest.mark.parametrize("name", ["alpha.png", "cmyk.jpg", "tiny.jpg", "wide-landscape.jpg"])
def test_every_good_photo_goes_the_whole_way(attachments: Attachments, visit_id: str, name: str) -> None:
    made = attachments.add("visit", visit_id, samples.photo(name)).value
    assert Image.open(io.BytesIO(attachments.open(made.id).content)).size == (made.width, made.height)
    assert attachments.thumbnail(made.id)


@pytest.mark.parametrize("kills", [6, pytest.param(150, marks=pytest.mark.slow)])
@pytest.mark.timeout(3600)
def test_killed_in_the_middle_no_row_lacks_its_bytes(store: Store, kills: int) -> None:
    """Fault 6: whatever was acknowledged is there and opens; the rest is cleared away."""
    stage = visit_stage.build(store)
    visit_id = stage.finished()
    store.close()
    rng, heard = random.Random(kills), set[str]()
    for run in range(kills):
        heard |= _kill_once(store.folder, visit_id, run, rng)
    after = Store.open(store.folder, KEY)
    attachments = service(visit_stage.reopened(after))
    hanging = attachments.list("visit", visit_id)
    assert heard <= {each.id for each in hanging}
    assert len(heard) >= kills // 2
    for each in hanging:
        assert attachments.open(each.id).content
    attachments.settle()
    for each in hanging:
        assert attachments.open(each.id).content
    assert {path.name for path in (store.folder / "attachments" / "new").iterdir()} <= {
        path.name for path in (store.folder / "attachments" / "new").glob("*.part")
    }
    assert verify.run(after).ok
    after.close()


def _kill_once(folder: Path, visit_id: str, run: int, rng: random.Random) -> set[str]:
    """Let somebody add files, kill them after some, and return what was acknowledged."""
    program = "tests.unit.services.attachments.writer"
    command = [sys.executable, "-m", program, str(folder), visit_id, f"R{run}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        heard = [writer.stdout.readline() for _step in range(rng.randint(0, 6))]
        os.kill(writer.pid, signal.SIGKILL)
        heard += [line for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return {line.strip() for line in heard if line.strip()}


def test_a_full_disk_is_told_and_nothing_half_is_left(tmp_path: Path) -> None:
    """Fault 10: clean refusal at any fill level, and it goes on by itself once there is room."""
    mount = may_mount()
    arguments = [str(tmp_path), "tmpfs" if mount else "rlimit"]
    command = [sys.executable, "-m", "tests.unit.services.attachments.full_disk", *arguments]
    if mount:
        command = ["unshare", "--map-root-user", "--mount", *command]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["said"] == "保存失败：磁盘已满"
    assert found["opened"] == found["acknowledged"] > 0
    assert found["after"] == "added"
    assert found["left"] == 0
    assert found["sound"]
