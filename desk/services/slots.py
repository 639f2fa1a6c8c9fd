"""The slot file `slots.json` beside the store: who can open it, and who tried in vain.

It holds wraps of the store's key, one per user (keys.py), the recovery wrap, a place for the county's escrow
wrap, the lock-out counters and the journal of failed attempts. Names are shown before anybody has signed on,
so they stand here in clear; nothing else about a person does.

What it can and cannot do: each wrap authenticates whom and which store it is for, and a digest over the file
tells damage apart from a wrong password. Somebody who may write beside the store can still put back an older
file, and with it lower counters and a journal without its newest entries; from the next unlock on the
entries are in the audit chain. A user whose slot is removed cannot sign on any more; a copy of the file made
before still opens the store it was made for, so the disk itself has to be kept from leaving the station.
"""

from collections.abc import Callable
from pathlib import Path

from desk import errors
from desk.services import slots_json, slots_lock
from desk.services.slot_values import SlotFile
from desk.text import _

FILE_NAME = "slots.json"


def path(folder: Path) -> Path:
    """Return where the slot file of a data folder lies."""
    return folder / FILE_NAME


def load(folder: Path) -> SlotFile | None:
    """Return the slot file, or None when there is none.

    Raises:
        StoreProblem: it cannot be read, was damaged or altered, or is of a newer version.
    """
    return read(path(folder))


def read(where: Path) -> SlotFile | None:
    """Return the slot file at this very path, such as a backup's copy; else as `load`."""
    try:
        text = slots_json.patiently(where.read_bytes)
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise errors.StoreProblem(
            _("密钥文件读不出来：{path}").format(path=where),
            way_out=_("请检查磁盘和文件夹权限，再重新打开程序"),
        ) from failure
    return _parsed(text, where)


def needed(folder: Path) -> SlotFile:
    """Return the slot file, which must be there.

    Raises:
        StoreProblem: it is missing, damaged, or newer than this program.
    """
    file = load(folder)
    if file is None:
        raise errors.StoreProblem(
            _("密钥文件不见了：{path}").format(path=path(folder)),
            way_out=_("请从备份里找回 slots.json 放回原处；数据本身没有变"),
        )
    return file


def change(folder: Path, turn: Callable[[SlotFile], SlotFile]) -> SlotFile:
    """Change the slot file and return it as it is now: whatever others wrote before is read first, and they
    wait until this is written.

    Args:
        folder: the data folder.
        turn: makes the new file of the one that stands; what it raises leaves the file as it is.

    Raises:
        StoreProblem: as for `needed`, or the disk is full or cannot be written.
    """
    try:
        with slots_lock.held(folder):
            before = needed(folder)
            after = turn(before)
            if after != before:
                slots_json.sweep(path(folder))
                save(folder, after)
            return after
    except OSError as failure:
        raise _not_saved() from failure


def save(folder: Path, file: SlotFile) -> None:
    """Write a slot file, whatever stood there, so that after a crash the old or the new one is there, whole.

    Raises:
        StoreProblem: the disk is full or cannot be written.
    """
    try:
        slots_json.replace_file(path(folder), slots_json.encoded(file))
    except OSError as failure:
        raise _not_saved() from failure


def _not_saved() -> errors.StoreProblem:
    return errors.StoreProblem(
        _("密钥文件保存失败：磁盘已满或不可写"), way_out=_("请腾出磁盘空间后再试，原来的文件没有变")
    )


def _parsed(text: bytes, where: Path) -> SlotFile:
    try:
        return slots_json.decoded(text)
    except slots_json.NewerSchema:
        raise errors.StoreProblem(
            _("密钥文件由更新版本的程序写成，本版本打不开"), way_out=_("请安装最新版本后再打开")
        ) from None
    except ValueError as failure:
        raise errors.StoreProblem(
            _("密钥文件已损坏或被改动过：{path}").format(path=where),
            way_out=_("请从备份里找回 slots.json 放回原处；数据本身没有变"),
        ) from failure
