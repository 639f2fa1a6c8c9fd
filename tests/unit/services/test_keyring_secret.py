"""The device secret, against keyrings that work, fail, hang, lie, or are plain files."""

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from desk import errors
from desk.services.keyring_secret import OsKeyring
from tests import secret_service

SECRET = bytes(range(32))


class _Memory(KeyringBackend):
    priority = 1  # type: ignore[assignment]  # keyring declares a class property here

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class _PlainFile(_Memory):
    priority = 0.5  # type: ignore[assignment]  # what keyrings.alt says of its plain-text file


class _Forgetful(_Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class _Crashing(_Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError


class _Hanging(_Memory):
    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.let_go.wait()
        return None


@pytest.fixture(autouse=True)
def own_backend() -> Iterator[None]:
    """Put the keyring back that the suite runs with."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_kept_read_and_forgotten() -> None:
    keyring.set_keyring(_Memory())
    secrets = OsKeyring(60)
    assert secrets.read("store") is None
    secrets.write("store", SECRET)
    assert secrets.read("store") == SECRET
    assert secrets.read("another store") is None
    secrets.forget("store")
    secrets.forget("store")
    assert secrets.read("store") is None


@pytest.mark.parametrize("text", ["", "not base64!", "QUJD", "密钥"])
def test_something_that_is_none_of_ours_counts_as_absent(text: str) -> None:
    backend = _Memory()
    backend.kept["jiedaitai", "store"] = text
    keyring.set_keyring(backend)
    assert OsKeyring().read("store") is None


@pytest.mark.parametrize("backend", [_PlainFile(), _Crashing(), _Forgetful()])
def test_never_a_plain_file_never_a_crash_never_a_lie(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(errors.KeyringProblem, match="不可用") as caught:
        OsKeyring().write("store", SECRET)
    assert "恢复码" in caught.value.way_out


def test_a_keyring_that_never_answers_is_given_up() -> None:
    backend = _Hanging()
    keyring.set_keyring(backend)
    with pytest.raises(errors.KeyringProblem, match="没有应答"):
        OsKeyring(limit_s=0.05).read("store")
    backend.let_go.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            assert thread.daemon
            thread.join(60)


def test_no_keyring_at_all_is_said_at_once() -> None:
    from keyring.backends import fail

    keyring.set_keyring(fail.Keyring())
    with pytest.raises(errors.KeyringProblem):
        OsKeyring().read("store")


_KEEP = "from desk.services.keyring_secret import OsKeyring; OsKeyring(60).write('store', bytes(range(32)))"
_READ = "from desk.services.keyring_secret import OsKeyring; print(OsKeyring(60).read('store').hex())"
_LOCKED = """
from desk import errors
from desk.services.keyring_secret import OsKeyring
try:
    print(OsKeyring().read('store'))
except errors.KeyringProblem as problem:
    print(problem.sentence)
"""


def test_a_real_secret_service_keeps_it_for_the_next_session(tmp_path: Path) -> None:
    secret_service.run(tmp_path, _KEEP)
    assert secret_service.run(tmp_path, _READ).strip() == SECRET.hex()


def test_a_real_secret_service_that_is_locked_is_said(tmp_path: Path) -> None:
    secret_service.run(tmp_path, _KEEP)
    assert "不可用" in secret_service.run(tmp_path, _LOCKED, unlocked=False)
