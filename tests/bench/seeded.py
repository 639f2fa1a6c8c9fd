"""Seeded stores for measurements: made once, kept in the temporary folder, named after what made them."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desk.services import kit
from desk.services.kit import Services
from desk.services.login import Login
from desk.services.opening import Opened
from desk.services.seed import station
from desk.services.seed.run import Plan
from tests.house import ROOT
from tests.sign_on import PASSWORD, MemorySecrets, cheap_login

UNTIL = date(2026, 11, 20)
SEED = 1
_MAKERS = (
    "desk/services/seed/*.py",
    "desk/services/search_index.py",
    "desk/rules/grams.py",
    "desk/wire/records.py",
    "desk/models/migrations/**/*.py",
    "desk/models/search.py",
)


def folder_of(visits: int, cases: int = 0) -> Path:
    """Return the data folder of a seeded store, making it if it is not there yet."""
    size = f"{visits}-{cases}" if cases else f"{visits}"
    folder = Path(tempfile.gettempdir()) / f"desk-bench-{size}-{_fingerprint()}"
    if not folder.exists():
        half = folder.with_name(f"{folder.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        station.make(login_of(half), PASSWORD, Plan(visits, SEED, UNTIL, cases))
        half.rename(folder)
    return folder


def login_of(folder: Path) -> Login:
    """Return the door of a folder: no keyring, the cheapest guess, for the KDF is not measured."""
    return cheap_login(folder, MemorySecrets(works=False))


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[Opened, Services]]:
    """Sign on to a folder and close its store afterwards."""
    login = login_of(folder)
    opened = login.sign_on(login.state().users[0].id, PASSWORD)
    try:
        yield opened, kit.build(opened, login)
    finally:
        opened.store.close()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in _MAKERS:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
