"""Failures of the local file in a clerk's words. `StoreProblem.field` holds the reason code for the screens:
full, disk, readonly, busy, key, damaged, missing, plain, newer, network, exists.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from desk.errors import StoreProblem
from desk.text import _

_BUSY, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 8, 10, 11, 13, 14, 26


def disk_failed() -> StoreProblem:
    """The disk reported an error: what was written since is not to be trusted, so nothing more is written."""
    return StoreProblem(
        _("保存失败：磁盘读写出错"),
        way_out=_("请检查硬盘或 U 盘是否接好、是否还有空间，然后关闭程序重新打开。已录入的内容仍在屏幕上。"),
        field="disk",
    )


def disk_full() -> StoreProblem:
    """No room left on the disk."""
    return StoreProblem(
        _("保存失败：磁盘已满"),
        way_out=_("请删除不需要的文件腾出空间，再保存一次。已录入的内容仍在屏幕上，没有丢失。"),
        field="full",
    )


def damaged() -> StoreProblem:
    """The file's pages do not hold together."""
    return StoreProblem(
        _("数据文件已损坏"),
        way_out=_("请从最近一次备份恢复；损坏的文件会改名保留，不会删除。"),
        field="damaged",
    )


def wrong_key() -> StoreProblem:
    """SQLCipher cannot tell a wrong key from a damaged header, and neither can we."""
    return StoreProblem(
        _("数据文件打不开：密钥不符，或文件已损坏"),
        way_out=_("请确认数据文件和密钥文件是同一套；仍打不开时，请从最近一次备份恢复。"),
        field="key",
    )


def missing() -> StoreProblem:
    """There is no store where one is expected."""
    return StoreProblem(_("没有找到数据文件"), way_out=_("请检查数据文件夹，或从备份恢复。"), field="missing")


def _read_only() -> StoreProblem:
    return StoreProblem(
        _("保存失败：数据文件夹不能写入"),
        way_out=_("请检查文件夹的权限，或磁盘是否被写保护。"),
        field="readonly",
    )


def busy() -> StoreProblem:
    """Another program holds the file."""
    return StoreProblem(
        _("数据文件正被另一个程序占用"),
        way_out=_("请关闭另一个接待台窗口或备份程序，再试一次。"),
        field="busy",
    )


_BY_CODE = {
    _BUSY: busy,
    _READONLY: _read_only,
    _IOERR: disk_failed,
    _CORRUPT: damaged,
    _FULL: disk_full,
    _CANTOPEN: missing,
    _NOTADB: wrong_key,
}
# The driver's backup() raises without a code.
_BY_WORDS = {
    "database or disk is full": disk_full,
    "disk I/O error": disk_failed,
    "database is locked": busy,
}

FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Numbers of the system's errors that mean there is no room."""

_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


def explain(error: BaseException | None) -> StoreProblem | None:
    """Turn a failure of SQLite into words; None if it is a bug of ours."""
    make = _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF) or _BY_WORDS.get(str(error))
    return make() if make is not None else None


@contextmanager
def explained() -> Iterator[None]:
    """Let a failure of the file inside the block reach the caller as a StoreProblem; bugs fly as they are."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        problem = explain(error.orig if isinstance(error, DBAPIError) else error)
        if problem is None:
            raise
        raise problem from error


@contextmanager
def files_explained() -> Iterator[None]:
    """Let a failure of a file beside the store reach the caller as a StoreProblem; a missing one flies."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno in FULL_DISK:
            raise disk_full() from error
        raise (_read_only() if error.errno in _NOT_WRITABLE else disk_failed()) from error
