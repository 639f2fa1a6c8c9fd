"""Fills a small disk with attachments and goes on once there is room.

`python -m tests.unit.services.attachments.full_disk FOLDER LIMIT` prints what happened as JSON; LIMIT as in
tests/models/full_disk.py.
"""

import itertools
import json
import resource
import subprocess
import sys
from pathlib import Path

from desk.errors import StoreProblem
from desk.models.store import Store
from desk.services import verify
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Source
from tests.models.full_disk import SIZE
from tests.stores import KEY, SCOPE
from tests.unit.services import visit_stage
from tests.unit.services.attachments.conftest import service


def main() -> None:
    """Fill, be refused, make room, add on, and open everything that was acknowledged."""
    folder, limit = Path(sys.argv[1]), sys.argv[2]
    if limit == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    (folder / "ballast").write_bytes(bytes(1 << 20))
    store = Store.create(folder / "store", KEY, scope_id=SCOPE)
    stage = visit_stage.build(store)
    visit_id, attachments = stage.finished(), service(stage)
    large = 5 << 20 if limit == "rlimit" else 150_000
    if limit == "rlimit":
        attachments.add("visit", visit_id, _words(0, 1000))
        resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, resource.RLIM_INFINITY))
    said = _fill(attachments, visit_id, large)
    hanging = attachments.list("visit", visit_id)
    opened = sum(bool(attachments.open(each.id).content) for each in hanging)
    (folder / "ballast").unlink()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    attachments.settle()
    attachments.add("visit", visit_id, _words(10_000, 1000))
    found = {
        "said": said,
        "acknowledged": len(hanging),
        "opened": opened,
        "after": "added",
        "left": len(list((folder / "store" / "attachments" / "new").iterdir())),
        "sound": verify.run(store).ok,
    }
    store.close()
    print(json.dumps(found))


def _fill(attachments: Attachments, visit_id: str, large: int) -> str:
    try:
        for step in itertools.count(1):
            attachments.add("visit", visit_id, _words(step, large + step * 700))
    except StoreProblem as problem:
        return problem.sentence
    return ""


def _words(step: int, length: int) -> Source:
    return Source("a.txt", data=(f"{step} ".encode() * length)[:length])


if __name__ == "__main__":
    main()
