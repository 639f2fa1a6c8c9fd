"""What tests about signing on share: a keyring of memory, the cheapest cost of a guess, clocks, a set-up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import clock, errors
from desk.rules.passwords import LockStep
from desk.services import keys
from desk.services.login import FirstStart, Login
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
