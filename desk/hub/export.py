"""Records written out for the county's own use: one JSON object a line, no secret among them.

Only the operator can: it goes past the walls, by the owner of the database. A file is for its owner alone.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO

from psycopg import Connection

from desk import clock
from desk.errors import InputProblem
from desk.hub import journal
from desk.text import _
from desk.wire.codecs import instant_text
from desk.wire.fields import Record
from desk.wire.records import RECORDS

Row = Connection[Any]

SECRET_NOUNS: Final = frozenset({"entry_code"})
"""Nouns that are left out: who has the digest of a code can try codes against it."""

SECRET_FIELDS: Final[Mapping[str, frozenset[str]]] = {"receipt": frozenset({"token_sha256"})}
"""Fields that are left out."""

_SCOPE: Final = "SELECT scope_id, name, epoch, version FROM scope WHERE scope_id = %s"
_OF_COUNTY: Final = """
SELECT scope_id FROM station WHERE county_id = %(county)s AND scope_id IS NOT NULL
UNION SELECT scope_id FROM scope WHERE scope_id = 'C:' || %(county)s ORDER BY 1"""
_HEADS: Final = (
    "SELECT noun, record_id, version, fields FROM head WHERE scope_id = %s ORDER BY noun, record_id"
)
_A_TIME: Final = 500


def scopes_of(connection: Row, county: str) -> tuple[str, ...]:
    """Return the scopes of a county: its own and its stations'. Raises InputProblem: no such county."""
    if connection.execute("SELECT 1 FROM county WHERE county_id = %s", (county,)).fetchone() is None:
        raise InputProblem(_("没有这个县"), field="county")
    return tuple(row[0] for row in connection.execute(_OF_COUNTY, {"county": county}))


def write(connection: Row, scopes: Sequence[str], out: TextIO) -> int:
    """Write all records of these scopes as they stand at one moment; return how many there were.

    A line says scope, noun, record, version and the fields this version knows; what a newer desk wrote beside
    them is left out, since nobody here can tell whether it is a secret.

    Raises:
        InputProblem: no such scope.
    """
    connection.commit()
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    written = 0
    for scope in scopes:
        found = connection.execute(_SCOPE, (scope,)).fetchone()
        if found is None:
            raise InputProblem(_("没有这个范围：{scope}").format(scope=scope), field="scope")
        _line(out, {**dict(zip(("scope", "name", "epoch", "version"), found, strict=True)), "at": _now()})
        with connection.cursor(name="export") as heads:
            heads.itersize = _A_TIME
            heads.execute(_HEADS, (scope,))
            for noun, record_id, version, fields in heads:
                record = RECORDS.get(noun)
                if record is not None and noun not in SECRET_NOUNS:
                    told = {"scope": scope, "noun": noun, "record": record_id, "version": version}
                    _line(out, {**told, "fields": _open(record, fields)})
                    written += 1
    journal.note("exported", {"scopes": len(scopes), "records": written}, alarm=True)
    return written


@contextmanager
def file(path: Path) -> Iterator[TextIO]:
    """Open a file that only its owner can read; where it fails nothing is left.

    Raises:
        InputProblem: it is there already, or cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise InputProblem(_("已有这个文件：{path}").format(path=path), field="file") from error
    except OSError as error:
        raise InputProblem(_("写不了这个文件：{path}").format(path=path), field="file") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        path.unlink(missing_ok=True)
        raise InputProblem(
            _("写不了这个文件：{path}").format(path=path), way_out=_("磁盘还有空间吗？"), field="file"
        ) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _open(record: Record, fields: Mapping[str, object]) -> dict[str, object]:
    known = record.by_name.keys() - SECRET_FIELDS.get(record.noun, frozenset())
    return {name: value for name, value in fields.items() if name in known}


def _line(out: TextIO, said: Mapping[str, object]) -> None:
    out.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")


def _now() -> str:
    return instant_text(clock.now())
