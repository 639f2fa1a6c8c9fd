"""What tests about signing on share: a keyring of memory, the cheapest cost of a guess, clocks, a set-up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import clock, errors
from desk.models.audit import Audit
from desk.rules.passwords import LockStep
from desk.services import audit, keys
from desk.services.login import FirstStart, Login
from desk.services.opening import Opened
from tests.fakes import FakeClock

CHEAP = keys.FLOOR
STEPS = (LockStep(5, 300), LockStep(6, 600), LockStep(8, 1800))
PASSWORD = "柳树下的晚风88"


class MemorySecrets:
    """A keyring of memory. `works` False: there is no usable keyring in this session."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.kept: dict[str, bytes] = {}

    def read(self, store_id: str) -> bytes | None:
        """Return the secret, or None."""
        self._refuse_if_broken()
        return self.kept.get(store_id)

    def write(self, store_id: str, secret: bytes) -> None:
        """Keep the secret."""
        self._refuse_if_broken()
        self.kept[store_id] = secret

    def forget(self, store_id: str) -> None:
        """Remove the secret."""
        self._refuse_if_broken()
        self.kept.pop(store_id, None)

    def _refuse_if_broken(self) -> None:
        if not self.works:
            raise errors.KeyringProblem("系统密钥环不可用")


class Clocks(FakeClock):
    """Wall and monotonic clock: `both` moves them together, `forward` and `set` only the wall clock."""

    def __init__(self) -> None:
        super().__init__()
        self.mono_ms = 1_000_000

    def both(self, seconds: float) -> None:
        """Let time pass."""
        self.forward(seconds=seconds)
        self.mono_ms += int(seconds * 1000)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clocks]:
    """Let the test move both clocks of the desk."""
    made = Clocks()
    made.install()
    monkeypatch.setattr(clock, "monotonic_ms", lambda: made.mono_ms)
    yield made
    clock.set_source(None)


SETUP = FirstStart(
    station_name="示例镇人大代表联络站",
    station_code="330106-004",
    level="town",
    area="示例镇",
    phone="0571-12345678",
    user_name="周某某",
    password=PASSWORD,
    pin="274159",
    notice_text="本站登记您的姓名和电话，用于办理和回复。",
    backup_folder="",
)


def cheap_login(folder: Path, secrets: MemorySecrets) -> Login:
    """Return the door of a data folder at the cost of tests."""
    return Login(folder, secrets=secrets, cost=CHEAP)


@pytest.fixture
def secrets() -> MemorySecrets:
    """A keyring of memory."""
    return MemorySecrets()


@pytest.fixture
def login(data_folder: Path, secrets: MemorySecrets, clocks: Clocks) -> Login:
    """The door of a data folder in which nothing was made yet."""
    return cheap_login(data_folder, secrets)


@pytest.fixture
def opened(login: Login) -> Iterator[Opened]:
    """A station just set up; its store is closed afterwards."""
    made = login.first_start(SETUP)
    yield made
    made.store.close()


def close(login: Login, opened: Opened) -> str:
    """Close the store and return the id of the first user of the sign-on window."""
    opened.store.close()
    return login.state().users[0].id


def chain(opened: Opened) -> list[tuple[str, str, bool]]:
    """Return action, fields and outcome of the audit chain, which must hold together."""
    with opened.store.read() as rows:
        assert not list(audit.breaks(rows))
        found = rows.scalars(select(Audit).order_by(Audit.n))
        return [(entry.action, entry.fields, entry.ok) for entry in found]
