"""A backup of a hub with a PostgreSQL of its own, as a folder; and the way back, which says that it was one.

In the folder: the database whole, its password, the certificates, and which version of each scope it holds.
"""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from desk.errors import InputProblem, StoreProblem
from desk.hub import admin, certificates, journal, register
from desk.hub.own_postgres import KEY, OwnPostgres, copy_private
from desk.text import _

Row = Connection[Any]

DATABASE: Final = "postgres"
_VERSIONS: Final = "versions.json"
_LIVES: Final = "SELECT epoch, restored_to FROM epoch_history WHERE scope_id = %s ORDER BY n"


@dataclass(frozen=True)
class Reach:
    """How far a backup holds one scope: up to which version, counted in which life of the scope."""

    epoch: str
    version: int


def make(connection: Row, data: Path, target: Path) -> Mapping[str, int]:
    """Back the hub in `data` up into a new folder while it serves; return the version it holds of each scope.

    Raises:
        InputProblem: the folder is there already. StoreProblem: it could not be made; what was begun is gone.
    """
    if target.exists():
        raise InputProblem(_("已有这个文件夹：{path}").format(path=target), field="folder")
    # Read first: what is accepted from now on may be in it, what was before is.
    reach = {
        each.scope: Reach(_lives(connection, each.scope)[-1][0], each.version)
        for each in admin.list_scopes(connection)
    }
    connection.commit()
    try:
        target.mkdir(parents=True, mode=0o700)
        OwnPostgres(data).copy_to(target / DATABASE)
        copy_private(data / KEY, target / KEY)
        if (data / certificates.FOLDER).is_dir():
            shutil.copytree(data / certificates.FOLDER, target / certificates.FOLDER)
        told = {scope: asdict(each) for scope, each in reach.items()}
        (target / _VERSIONS).write_text(json.dumps(told, indent=1), encoding="utf-8")
        # The database is on the disk already; a backup without its key opens nothing.
        for each in (target / KEY, target / _VERSIONS, *target.glob(f"{certificates.FOLDER}/*")):
            _to_disk(each)
        for folder in (target / certificates.FOLDER, target, target.parent):
            _to_disk(folder)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise StoreProblem(
            _("备份没有做成"), way_out=_("文件夹写得进吗？磁盘还有空间吗？"), field="folder"
        ) from error
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    journal.note("backed_up", {"scopes": len(reach)})
    return {scope: each.version for scope, each in reach.items()}


def reach_of(backup: Path) -> Mapping[str, Reach]:
    """Return how far a backup holds each scope. Raises InputProblem: it is none."""
    try:
        told = json.loads((backup / _VERSIONS).read_text(encoding="utf-8"))
        return {str(scope): _reach(each) for scope, each in told.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise InputProblem(_("这里没有备份：{path}").format(path=backup), field="folder") from error


def put_back(data: Path, backup: Path) -> Path | None:
    """Put a backup in the place of what is in `data`; return where that lies now. No hub may serve there.

    Raises:
        InputProblem: there is no backup. StoreProblem: it is not whole, or there is no room; then nothing was
            changed.
    """
    reach_of(backup)
    aside = OwnPostgres(data).put_back(backup / DATABASE, backup / KEY)
    kept, here = backup / certificates.FOLDER, data / certificates.FOLDER
    if kept.is_dir() and not here.exists():
        shutil.copytree(kept, here)
    journal.note("put_back", alarm=True)
    return aside


def declare(connection: Row, reason: str) -> Mapping[str, int]:
    """Begin a new life of every scope, sharing what the database holds now; before any desk has come.

    Codes that wait in it to be used end: since the backup they may have been.
    """
    register.end_codes(connection)
    return {
        each.scope: admin.declare_restore(connection, each.scope, each.version, reason)
        for each in admin.list_scopes(connection)
    }


def declare_durable(connection: Row, backup: Path) -> Mapping[str, int]:
    """Say that every backup still kept reaches at least as far as this one, the oldest of them.

    Of a backup made before the hub was itself put back only that part counts which the lives share since.
    Scopes that have been said to reach further, or that it does not hold, are left as they are.

    Raises:
        InputProblem: there is no backup. StoreProblem: it is not whole.
    """
    reach = reach_of(backup)
    OwnPostgres(backup).must_be_whole(backup / DATABASE)
    said = {}
    for each in admin.list_scopes(connection):
        held = reach.get(each.scope)
        version = _shared(held, _lives(connection, each.scope), each.version) if held is not None else 0
        if version > each.durable:
            admin.set_durable(connection, each.scope, version)
            said[each.scope] = version
    return said


def _lives(connection: Row, scope: str) -> list[tuple[str, int]]:
    """Return the lives of a scope, the first first, each with the version it shares with the one before."""
    return connection.execute(_LIVES, (scope,)).fetchall()


def _shared(held: Reach, lives: list[tuple[str, int]], version: int) -> int:
    """Return how much of what a backup holds the scope holds today too; 0 if it is of no life of it."""
    names = [epoch for epoch, _restored_to in lives]
    if held.epoch not in names:
        return 0
    later = lives[names.index(held.epoch) + 1 :]
    return min(held.version, version, *(restored_to for _epoch, restored_to in later))


def _reach(told: Any) -> Reach:
    # Backups once told the version alone: they can be put back, but not be counted on.
    return Reach(str(told["epoch"]), int(told["version"])) if isinstance(told, dict) else Reach("", int(told))


def _to_disk(path: Path) -> None:
    """Write what the system still holds of a file or a folder; Windows does so for folders by itself."""
    if (path.is_dir() and sys.platform == "win32") or not path.exists():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
