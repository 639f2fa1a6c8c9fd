"""The folder a demo leaves behind: only an empty one, or one of an earlier demo, is ever written to."""

import contextlib
import shutil
from pathlib import Path

from desk.demo.play import DemoProblem
from desk.errors import Problem
from desk.services import slots
from desk.services.keyring_secret import OsKeyring

SUMMARY = "summary.json"
DATA = "data"
SECOND = "data-2"
COUNTY = "data-county"
HUB_LOG = "hub.log"
PAPERS = "papers"
SCREENS = "screens"
BACKUP = "backup"
STOPPED = "stopped-at.png"
STOOD_STILL = "stood-still.txt"
_MARK = ".desk-demo"
_MADE = (SUMMARY, DATA, SECOND, COUNTY, HUB_LOG, PAPERS, SCREENS, BACKUP, STOPPED, STOOD_STILL)


def prepare(out: Path) -> Path:
    """Make an empty folder for a new demo, clearing what an earlier one left, and return its whole path.

    Raises:
        DemoProblem: there is something that no demo has made, or the folder cannot be written.
    """
    out = out.absolute()
    mark = out / _MARK
    try:
        if out.is_dir() and not mark.exists() and any(out.iterdir()):
            raise DemoProblem(
                f"文件夹里有别的东西：{out}", way_out="请换一个空文件夹，或上次演示用过的文件夹。"
            )
        _clear(out)
        for part in (DATA, PAPERS, SCREENS, BACKUP):
            (out / part).mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError as failure:
        raise DemoProblem(f"文件夹写不了：{out}", way_out="请换一个可以写的文件夹。") from failure
    return out


def _clear(out: Path) -> None:
    # The secret of a store that will be gone is of no use in the keyring; one that cannot be reached stays.
    with contextlib.suppress(Problem):
        for data in (DATA, SECOND, COUNTY):
            file = slots.load(out / data)
            if file is not None:
                OsKeyring().forget(file.store_id)
    for name in _MADE:
        made = out / name
        if made.is_dir():
            shutil.rmtree(made)
        else:
            made.unlink(missing_ok=True)
