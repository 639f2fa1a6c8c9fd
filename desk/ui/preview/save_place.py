"""Where files are saved: the folder somebody chose last on this PC is proposed again, on every page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject

from desk.services import paper_files
from desk.settings import SAVE_FOLDER
from desk.text import _
from desk.ui.context import Context

if TYPE_CHECKING:
    from desk.services.settings import Settings


Kind = Literal["pdf", "xlsx"]

_KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    "pdf": ("存为 PDF", "PDF (*.pdf)"),
    "xlsx": ("存为表格", "Excel (*.xlsx)"),
}


def ask(context: Context, owner: QObject, kind: Kind, name: str, then: Callable[[Path], None]) -> None:
    """Ask where to save a file called `name`, beginning in the folder chosen last if it is still there."""
    settings, (title, pattern) = context.services.settings, _KINDS[kind]
    context.tasks.run(
        lambda: proposed(settings, name),
        done=lambda place: context.notices.save_file(_(title), place, pattern, then),
        owner=owner,
        topic="save place",
    )


def proposed(settings: "Settings", name: str) -> str:
    """Return `name` in the folder chosen last; alone when there is none. Looks at the disk."""
    folder = settings.get(SAVE_FOLDER)
    return str(Path(folder) / name) if folder and Path(folder).is_dir() else name


def save(settings: "Settings", path: Path, content: bytes) -> None:
    """Save a file (in the background) and remember its folder. Raises PaperProblem; then nothing is kept."""
    paper_files.save(path, content)
    if settings.get(SAVE_FOLDER) != str(path.parent):
        settings.set(SAVE_FOLDER, str(path.parent))
