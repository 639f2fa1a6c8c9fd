"""Types and saves at a desk whose small disk fills up, and goes on once there is room.

`python -m tests.e2e.full_desk FOLDER LIMIT` prints what happened as JSON. LIMIT tmpfs: FOLDER is mounted as a
disk of 12 MiB first, in a mount namespace of its own. LIMIT rlimit: the kernel refuses to make files longer,
for machines where nothing may be mounted; that is an error of the disk, after which the store takes nothing
until it is opened again, so nothing is saved on paper then.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from io import FileIO
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk.ui.pages.paper.page import PaperPage
from desk.ui.pages.visits.case import Case
from tests.e2e import station, window
from tests.e2e.station import FileSecrets
from tests.fakes import RecordingNotices
from tests.ui.pages.hands import commit, field

NoRoom = Callable[[], AbstractContextManager[None]]

_SIZE = 12 << 20


@contextmanager
def full(folder: Path, limit: str) -> Iterator[None]:
    """Leave no room for a while."""
    ballast = folder / "ballast"
    if limit == "rlimit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    else:
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 9, 1):
                while _wrote(file, bytes(size)):
                    pass
    yield
    ballast.unlink(missing_ok=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _wrote(file: FileIO, block: bytes) -> bool:
    try:
        return file.write(block) == len(block)
    except OSError:
        return False


def typing(case: Case, no_room: NoRoom, notices: RecordingNotices) -> dict[str, object]:
    """Fill the disk while somebody types."""
    commit(field(case, "name"), "陈某某")
    case.keeper.save()
    long = "一下雨就积水。" * 600
    with no_room():
        commit(field(case, "statement"), long)
        case.keeper.save()
    said = [problem.sentence for problem in notices.problems]
    kept = case.view.values().statement == long and case.keeper.dirty and case.keeper._timer.isActive()
    case.keeper._timer.timeout.emit()
    on_disk = [dict(draft.fields).get("statement") for draft in case._context.services.drafts.load_all()]
    return {"said": said, "kept": kept, "on disk": on_disk == [long], "told": notices.said[-1][1]}


def saving(page: PaperPage, target: Path, no_room: NoRoom, notices: RecordingNotices) -> dict[str, object]:
    """Fill the disk while the receipt in view is saved as PDF."""
    notices.path = target
    with no_room():
        page.save_button.click()
    said = [problem.sentence for problem in notices.problems]
    half = [path.name for path in target.parent.glob("*") if "回执" in path.name]
    page.save_button.click()
    return {"said": said, "half": half, "saved": target.read_bytes().startswith(b"%PDF-")}


def main() -> None:
    """Play both and print what happened."""
    folder, limit = Path(sys.argv[1]), sys.argv[2]
    no_room = partial(full, folder, limit)
    if limit == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)], check=True)
    app = QApplication(sys.argv[:1])
    here = station.make(folder / "desk", FileSecrets(folder / "secrets"))
    visit_id = station.receive(here)
    notices = RecordingNotices()
    desk = window.open_window(window.context_of(here, notices))
    found: dict[str, object] = {"typing": typing(window.new_case(desk), no_room, notices)}
    desk.close()
    if limit == "tmpfs":
        notices.problems.clear()
        page = PaperPage(window.context_of(here, notices))
        page.show_record(f"receipt:{visit_id}")
        found["saving"] = saving(page, folder / "回执.pdf", no_room, notices)
    found["sound"] = here.services.verify.run().ok
    print(json.dumps(found, ensure_ascii=False))
    here.opened.store.close()
    del app


if __name__ == "__main__":
    main()
