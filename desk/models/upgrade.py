"""Brings an older store up to date, on a verified copy; refuses a store from the future."""

from pathlib import Path

from sqlalchemy import Connection

from desk.errors import StoreProblem
from desk.models import cipher, problems
from desk.text import _

HEAD = "0001"


def stamp(connection: Connection) -> None:
    """Write into an empty store that it has the newest schema."""
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def bring_up_to_date(path: Path, key: bytes) -> None:
    """Leave the store as it is if its schema is the newest, else upgrade it.

    Raises:
        StoreProblem: wrong key, damaged, or written by a newer version.
    """
    connection = cipher.connect(path, key)
    try:
        with problems.explained():
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    finally:
        connection.close()
    if revision != HEAD:
        raise StoreProblem(
            _("数据文件来自更新版本的接待台，这个版本打不开"),
            way_out=_("请安装新版本的接待台后再打开；数据没有改动。"),
            field="newer",
        )
