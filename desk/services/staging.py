"""A first start happens in a folder of its own inside the data folder, so that a crash leaves nothing
half-made.

The slot file with a recovery wrap is the last thing written there. If the program dies before, the next
start throws the folder away; if it dies later, the next start finishes the move. Nothing outside the folder
is ever removed: a store that stands where the new one goes is set aside under its own name and a date.
"""

import contextlib
import shutil
from pathlib import Path

from desk import errors
from desk.services import aside, slots, slots_lock
from desk.services.aside import FILES_FOLDER, STORE_FILE
from desk.services.keyring_secret import DeviceSecrets
from desk.services.slots_json import sync_folder
from desk.text import _

__all__ = ["FILES_FOLDER", "STAGE", "STORE_FILE", "discard", "folder_of", "is_complete", "move_in", "settle"]

STAGE = "first-start"


def folder_of(folder: Path) -> Path:
    """Return where a first start is prepared."""
    return folder / STAGE


def settle(folder: Path, secrets: DeviceSecrets) -> None:
    """Finish or throw away what a first start that was cut off has left; does nothing when there is nothing.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    stage = folder_of(folder)
    if not stage.exists():
        return
    if is_complete(stage):
        move_in(folder)
    else:
        discard(folder, secrets)


def is_complete(stage: Path) -> bool:
    """Tell whether the store and both ways into it were made."""
    try:
        file = slots.load(stage)
    except errors.StoreProblem:
        return False
    return file is not None and bool(file.slots) and file.recovery is not None


def move_in(folder: Path) -> None:
    """Put the finished store in its place: the slot file last, because it is what makes a sign-on possible.

    Each step is done only if it is still to be done, so a crash between any two is finished by the next try:
    while the stage holds its store, whatever store stands in the folder is another one and gives way.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    stage, at = folder_of(folder), aside.stamp()
    try:
        # Nobody else works in the stage; the folder has a lock of its own.
        (stage / slots_lock.FILE_NAME).unlink(missing_ok=True)
        if (stage / STORE_FILE).exists():
            aside.store_aside(folder, at)
        for made in sorted(stage.iterdir(), key=_turn):
            if made.is_dir():
                aside.files_in(made, folder / made.name)
                shutil.rmtree(made)
                continue
            if made.name == slots.FILE_NAME:
                aside.slots_aside(folder, at)
            made.replace(folder / made.name)
        sync_folder(folder)
        stage.rmdir()
    except OSError as failure:
        raise _cannot_write() from failure


def _turn(made: Path) -> int:
    """Return when a piece is moved: the store before its log, which would be taken for the old one's."""
    return {STORE_FILE: 0, slots.FILE_NAME: 2}.get(made.name, 1)


def discard(folder: Path, secrets: DeviceSecrets) -> None:
    """Throw away what was prepared, and the device secret that was made for it.

    Raises:
        StoreProblem: the disk cannot be written.
    """
    stage = folder_of(folder)
    if not stage.exists():
        return
    # If this fails, a random secret of a store that never was stays in the keyring; it opens nothing.
    with contextlib.suppress(errors.Problem):
        file = slots.load(stage)
        if file is not None:
            secrets.forget(file.store_id)
    try:
        shutil.rmtree(stage)
    except OSError as failure:
        raise _cannot_write() from failure


def _cannot_write() -> errors.StoreProblem:
    return errors.StoreProblem(
        _("上次没有做完的初始化清理不了：文件夹不可写"),
        way_out=_("请检查数据文件夹的权限和磁盘空间，再重新打开程序"),
        field="disk",
    )
