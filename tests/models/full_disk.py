"""Fills a small disk under a store and goes on once there is room.

`python -m tests.models.full_disk FOLDER LIMIT` prints what happened as JSON. LIMIT tmpfs: FOLDER is
mounted as a 4 MiB disk first, in a mount namespace of its own. LIMIT rlimit: the kernel refuses files above
4 MiB, for machines where nothing may be mounted.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from desk.errors import StoreProblem
from desk.models.matter import Matter
from desk.models.store import Store
from desk.services import backup, verify
from desk.services.drafts import Draft, Drafts
from desk.services.session import Session, User
from tests import factories
from tests.stores import KEY, SCOPE

SIZE = 4 << 20


def main() -> None:
    """Fill, be refused, make room, write on, and prove that nothing acknowledged is lost."""
    folder, limit = Path(sys.argv[1]), sys.argv[2]
    if limit == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    (folder / "ballast").write_bytes(bytes(1 << 20))
    store = Store.create(folder / "store", KEY, scope_id=SCOPE)
    if limit == "rlimit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, resource.RLIM_INFINITY))
    saved, problem = _fill(store)
    backed_up = _backup(store, folder)
    typed = _type(store)
    (folder / "ballast").unlink()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if limit == "rlimit":
        store = Store.open(folder / "store", KEY)
    with store.write("u1") as session:
        session.add(factories.matter())
    with store.read() as session:
        held = session.scalar(select(func.count()).select_from(Matter))
    sound = verify.run(store).ok
    left = [path.name for path in (folder / "backup").glob("*")]
    print(
        json.dumps(
            {
                "said": problem,
                "backup": backed_up,
                "typed": typed,
                "lost": saved + 1 - (held or 0),
                "sound": sound,
                "left": left,
            }
        )
    )


def may_mount() -> bool:
    """Tell whether this machine lets a test mount a disk of its own."""
    allowed = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        check=False,
        capture_output=True,
    )
    return allowed.returncode == 0


def _fill(store: Store) -> tuple[int, str]:
    saved = 0
    try:
        while True:
            with store.write("u1") as session:
                session.add(factories.matter(statement="经过" * 5000))
            saved += 1
    except StoreProblem as problem:
        return saved, problem.sentence


def _type(store: Store) -> str:
    user = User("u1", "钱某某", frozenset({"clerk"}))
    try:
        Drafts(store, Session(user, KEY)).save(Draft("d1", "visit", "", {"statement": "经过" * 20000}))
    except StoreProblem as problem:
        return problem.sentence
    return ""


def _backup(store: Store, folder: Path) -> str:
    try:
        backup.run(store, folder / "backup", backup.Keep(2, 7, 4, 12))
    except StoreProblem as problem:
        return problem.sentence
    return ""


if __name__ == "__main__":
    main()
