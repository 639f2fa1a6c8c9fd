"""A backup of a hub with a PostgreSQL of its own, as a folder; and the way back, which says that it was one.

In the folder: the database whole, its password, the certificates, and which version of each scope it holds.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from desk.errors import InputProblem, StoreProblem
from desk.hub import admin, certificates, journal
from desk.hub.own_postgres import KEY, OwnPostgres
from desk.text import _

Row = Connection[Any]

DATABASE: Final = "postgres"
_VERSIONS: Final = "versions.json"


def make(connection: Row, data: Path, target: Path) -> Mapping[str, int]:
    """Back the hub in `data` up into a new folder while it serves; return the version it holds of each scope.

    Raises:
        InputProblem: the folder is there already. StoreProblem: it could not be made; what was begun is gone.
    """
    if target.exists():
        raise InputProblem(_("已有这个文件夹：{path}").format(path=target), field="folder")
    # Read first: what is accepted from now on may be in it, what was before is.
    versions = {each.scope: each.version for each in admin.list_scopes(connection)}
    connection.commit()
    try:
        target.mkdir(parents=True, mode=0o700)
        OwnPostgres(data).copy_to(target / DATABASE)
        _copy_private(data / KEY, target / KEY)
        if (data / certificates.FOLDER).is_dir():
            shutil.copytree(data / certificates.FOLDER, target / certificates.FOLDER)
        (target / _VERSIONS).write_text(json.dumps(versions, indent=1), encoding="utf-8")
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise StoreProblem(
            _("备份没有做成"), way_out=_("文件夹写得进吗？磁盘还有空间吗？"), field="folder"
        ) from error
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    journal.note("backed_up", {"scopes": len(versions)})
    return versions


def versions_in(backup: Path) -> Mapping[str, int]:
    """Return up to which version a backup holds each scope. Raises InputProblem: it is none."""
    try:
        told = json.loads((backup / _VERSIONS).read_text(encoding="utf-8"))
        return {str(scope): int(version) for scope, version in told.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputProblem(_("这里没有备份：{path}").format(path=backup), field="folder") from error


def put_back(data: Path, backup: Path) -> Path | None:
    """Put a backup in the place of what is in `data`; return where that lies now. No hub may serve there.

    Raises:
        InputProblem: there is no backup. StoreProblem: it is not whole, or there is no room; then nothing was
            changed.
    """
    versions_in(backup)
    aside = OwnPostgres(data).put_back(backup / DATABASE)
    if aside is not None and (data / KEY).exists():
        _copy_private(data / KEY, aside.with_name(aside.name + ".key"))
    _copy_private(backup / KEY, data / KEY)
    kept, here = backup / certificates.FOLDER, data / certificates.FOLDER
    if kept.is_dir() and not here.exists():
        shutil.copytree(kept, here)
    journal.note("put_back", alarm=True)
    return aside


def declare(connection: Row, reason: str) -> Mapping[str, int]:
    """Begin a new life of every scope, sharing what the database holds now; before any desk has come."""
    return {
        each.scope: admin.declare_restore(connection, each.scope, each.version, reason)
        for each in admin.list_scopes(connection)
    }


def declare_durable(connection: Row, backup: Path) -> Mapping[str, int]:
    """Say that every backup still kept reaches at least as far as this one, the oldest of them.

    Scopes that have been said to reach further, or that it does not hold, are left as they are.

    Raises:
        InputProblem: there is no backup.
    """
    versions = versions_in(backup)
    said = {}
    for each in admin.list_scopes(connection):
        version = min(versions.get(each.scope, 0), each.version)
        if version > each.durable:
            admin.set_durable(connection, each.scope, version)
            said[each.scope] = version
    return said


def _copy_private(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    target.write_bytes(source.read_bytes())
