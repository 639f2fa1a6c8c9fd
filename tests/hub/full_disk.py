"""A hub whose PostgreSQL has no room on its disk, and goes on by itself once there is some.

`python -m tests.hub.full_disk FOLDER LIMIT` prints what happened as JSON. LIMIT mount: FOLDER is mounted as a
small disk first, in a mount namespace of its own. LIMIT trigger: the database refuses rows by the same error
class, for machines where nothing may be mounted.
"""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from httpx import Response
from psycopg.conninfo import make_conninfo

from desk.hub import register, schema
from desk.hub.main import create_app
from desk.hub.own_postgres import OwnPostgres
from desk.wire import routes, troubles
from desk.wire.greeting import Digest, Hello, HelloAsk
from desk.wire.messages import Page, Pulled, Push, Pushed
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import InProcess, running

DISK = 192 << 20
OPS, PUSHES = 60, 6
_WAYS = (["unshare", "--mount"], ["unshare", "--map-current-user", "--keep-caps", "--mount"])
_REFUSE = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON revision FOR EACH ROW EXECUTE FUNCTION no_room();"""


@dataclass
class Found:
    """told: (status, error word, seconds to wait) of each push without room. wrong: what did not hold."""

    told: list[tuple[int, str, str]] = field(default_factory=list)
    ready: list[int] = field(default_factory=list)
    lost: int = 0
    wrong: list[str] = field(default_factory=list)


def way_to_mount() -> list[str] | None:
    """Return the words before a program that lets it mount a disk of its own; None if there are none."""
    for words in _WAYS:
        tried = [*words, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if subprocess.run(tried, check=False, capture_output=True).returncode == 0:
            return words
    return None


@contextmanager
def no_room(folder: Path, conninfo: str, limit: str) -> Iterator[None]:
    """Leave no room for a while."""
    if limit == "trigger":
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(_REFUSE)
            yield
            connection.execute("DROP TRIGGER no_room ON revision")
        return
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(folder).free))
    yield
    ballast.unlink()


def push(desk: Desk, epoch: str, name: str) -> Response:
    """Hand in records that take some hundred pages."""
    return desk.post(routes.PUSH, _raw(desk, epoch, name))


def play(folder: Path, client: InProcess, conninfo: str, limit: str) -> Found:
    """Fill the disk, be refused, make room, and go on."""
    found = Found()
    desk = enrolled(conninfo, client)
    epoch = Hello.decode(desk.hello(HelloAsk("i1", 1, "a")).content).scopes[0].epoch
    if push(desk, epoch, "before").status_code != 200:
        found.wrong.append("the first push")
    found.ready.append(client.get(routes.READYZ).status_code)
    with no_room(folder, conninfo, limit):
        refused = []
        for n in range(PUSHES):
            answer = push(desk, epoch, f"full{n}")
            if answer.status_code != 200:
                refused.append(f"full{n}")
                word = troubles.decode(answer.content).error
                found.told.append((answer.status_code, word, answer.headers.get("Retry-After", "")))
        found.ready.append(client.get(routes.READYZ).status_code if limit == "mount" else 503)
        if client.get(routes.HEALTHZ).status_code != 200:
            found.wrong.append("the process is not to blame")
    found.ready.append(client.get(routes.READYZ).status_code)
    _settle(desk, epoch, refused, found)
    return found


def _settle(desk: Desk, epoch: str, refused: list[str], found: Found) -> None:
    """Send again what was refused: nothing of it is there yet, and all of it is afterwards."""
    for name in refused:
        answer = push(desk, epoch, name)
        if answer.status_code != 200:
            found.wrong.append(f"{name} after: {answer.status_code}")
            continue
        said = Pushed.decode(answer.content, Push.decode(_raw(desk, epoch, name)))
        found.wrong += [f"{each.op} {each.verdict}" for each in said.answers if each.verdict != "applied"]
    cursor, seen = 0, set()
    while True:
        (page,) = Pulled.decode(desk.pull(epoch, cursor).content).parts
        assert isinstance(page, Page)
        seen |= {each.op.op for each in page.revisions}
        if page.end == page.version:
            break
        cursor = page.end
    wanted = {f"{name}-{n}" for name in ("before", *(f"full{n}" for n in range(PUSHES))) for n in range(OPS)}
    found.lost = len(wanted - seen)
    told = Digest.decode(desk.get(routes.of_scope(routes.DIGEST, SCOPE)).content)
    if told.digest != page.digest:
        found.wrong.append("the digests differ")


def _raw(desk: Desk, epoch: str, name: str) -> bytes:
    rows = [
        op(f"{name}-{n}", rec=f"r-{name}-{n}", set={"subject": "路灯", "statement": _words(f"{name}{n}")})
        for n in range(OPS)
    ]
    return desk.push_of(*rows, epoch=epoch)


def _words(name: str) -> str:
    # Not of one kind, so that it cannot be packed into nothing.
    return "".join(map(chr, random.Random(name).choices(range(0x4E00, 0x9C00), k=4000)))


def main() -> None:
    """Play and print."""
    folder, limit = Path(sys.argv[1]), sys.argv[2]
    if limit == "mount":
        words = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=711", "tmpfs", str(folder)]
        subprocess.run(words, check=True)
    own = OwnPostgres(folder / "hub")
    conninfo = own.start()
    try:
        schema.migrate(conninfo)
        with psycopg.connect(conninfo) as inside:
            register.add_station(inside, register.add_county(inside, "示例县"), "示例站", scope=SCOPE)
        with running(create_app(make_conninfo(conninfo), 4)) as client:
            found = play(folder, client, conninfo, limit)
    finally:
        own.stop()
    print(json.dumps(vars(found), ensure_ascii=False))


if __name__ == "__main__":
    main()
