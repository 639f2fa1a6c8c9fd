"""Papers and workbooks saved where a person wants them: whole or not at all."""

import errno
from pathlib import Path

from desk.errors import PaperProblem
from desk.services.slots_json import replace_file
from desk.text import _

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def save(path: Path, content: bytes) -> None:
    """Write `content` to `path`; an older file of that name stays as it was until the new one is whole.

    Raises PaperProblem when the disk is full, the folder is closed to us or the place is gone.
    """
    try:
        replace_file(path, content)
    except OSError as failure:
        raise _problem(failure, path) from failure


def _problem(failure: OSError, path: Path) -> PaperProblem:
    if failure.errno in _FULL:
        return PaperProblem(
            _("保存失败：磁盘已满"),
            way_out=_("请删除不需要的文件，或换一个文件夹再存。没有留下半个文件。"),
            field="full",
        )
    if failure.errno in _CLOSED:
        return PaperProblem(
            _("保存失败：“{folder}”不能写入").format(folder=path.parent.name),
            way_out=_("请换一个文件夹，例如“文档”或桌面。"),
            field="readonly",
        )
    return PaperProblem(
        _("保存失败：“{folder}”写不进去").format(folder=path.parent.name),
        way_out=_("请检查 U 盘或网络盘是否还接着，或换一个文件夹。"),
        field="disk",
    )
