"""Types and saves at a desk whose small disk fills up, and goes on once there is room.

`python -m tests.e2e.full_desk FOLDER` mounts a disk of 12 MiB on FOLDER (in a mount namespace of its own) and
prints as JSON what happened.
"""

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk.ui.pages.paper.page import PaperPage
from desk.ui.pages.visits.case import Case
from tests.e2e import station, window
from tests.e2e.station import FileSecrets
from tests.fakes import RecordingNotices
from tests.ui.pages.hands import commit, field

_SIZE = 12 << 20


def fill(folder: Path) -> Path:
    """Take every byte that is left and return the file that holds them."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 9, 1):
            while _wrote(file, bytes(size)):
                pass
    return ballast


def _wrote(file: object, block: bytes) -> bool:
    try:
        return file.write(block) == len(block)  # type: ignore[attr-defined]  # a raw file
    except OSError:
        return False


def typing(case: Case, folder: Path, notices: RecordingNotices) -> dict[str, object]:
    """Fill the disk while somebody types."""
    commit(field(case, "name"), "陈某某")
    case.keeper.save()
    ballast = fill(folder)
    long = "一下雨就积水。" * 600
    commit(field(case, "statement"), long)
    case.keeper.save()
    said = [problem.sentence for problem in notices.problems]
    kept = case.view.values().statement == long and case.keeper.dirty and case.keeper._timer.isActive()
    ballast.unlink()
    case.keeper._timer.timeout.emit()
    on_disk = [dict(draft.fields)["statement"] for draft in case._context.services.drafts.load_all()]
    return {"said": said, "kept": kept, "saved": on_disk == [long], "told": notices.said[-1][1]}


def saving(page: PaperPage, folder: Path, notices: RecordingNotices, visit_id: str) -> dict[str, object]:
    """Fill the disk while a receipt is saved as PDF."""
    notices.problems.clear()
    page.show_record(f"receipt:{visit_id}")
    target = folder / "回执.pdf"
    ballast = fill(folder)
    notices.path = target
    page.save_button.click()
    said = [problem.sentence for problem in notices.problems]
    half = [path.name for path in folder.glob("*") if "回执" in path.name]
    ballast.unlink()
    page.save_button.click()
    return {"said": said, "half": half, "saved": target.read_bytes().startswith(b"%PDF-")}


def main() -> None:
    """Play both and print what happened."""
    folder = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)], check=True)
    app = QApplication(sys.argv[:1])
    here = station.make(folder / "desk", FileSecrets(folder / "secrets"))
    visit_id = station.receive(here)
    notices = RecordingNotices()
    context = window.context_of(here, notices)
    desk = window.open_window(context)
    typed = typing(window.new_case(desk), folder, notices)
    page = PaperPage(context)
    saved = saving(page, folder, notices, visit_id)
    report = here.services.verify.run()
    print(json.dumps({"typing": typed, "saving": saved, "sound": report.ok}, ensure_ascii=False))
    desk.close()
    here.opened.store.close()
    del app


if __name__ == "__main__":
    main()
