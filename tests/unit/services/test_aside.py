"""A store that gives way is kept whole; what a cut-off restore has left is thrown away or finished."""

from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models.store import FILE
from desk.services import aside
from desk.services.login import Login
from desk.services.opening import Opened
from tests.fakes import FakeClock
from tests.sign_on import PASSWORD, close


def test_store_log_and_slots_are_kept_under_one_date(tmp_path: Path, fake_clock: FakeClock) -> None:
    for name in (FILE, f"{FILE}-wal", "slots.json"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    kept = aside.set_aside(tmp_path)
    at = f"aside-{fake_clock.moment:%Y%m%d-%H%M%S}"
    assert kept.name == f"{FILE}.{at}"
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        f"{FILE}.{at}": FILE,
        f"{FILE}.{at}-wal": f"{FILE}-wal",
        f"slots.json.{at}": "slots.json",
    }


def test_what_a_kill_left_half_made_is_thrown_away(tmp_path: Path) -> None:
    half = tmp_path / f"{aside.HALF}20261123-090000"
    half.mkdir()
    (half / FILE).write_bytes(b"half a copy")
    (tmp_path / FILE).write_bytes(b"store")
    aside.settle(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_store_that_does_not_open_gives_way_on_a_yes(opened: Opened, login: Login) -> None:
    """Set aside, never deleted (issue A §3); the next state is a first start."""
    path = opened.store.path
    me = close(login, opened)
    path.write_bytes(b"ruined" * 1000)
    with pytest.raises(StoreProblem) as caught:
        login.sign_on(me, PASSWORD)
    assert caught.value.field in {"damaged", "key"}
    kept = login.set_aside()
    assert kept.read_bytes() == b"ruined" * 1000
    assert list(path.parent.glob("slots.json.aside-*"))
    assert login.state().kind == "first_start"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_bytes(b"store")

    def refused(_self: Path, _target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(StoreProblem, match="读写不了"):
        aside.set_aside(tmp_path)
