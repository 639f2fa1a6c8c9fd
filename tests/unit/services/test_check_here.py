"""What the process of its own answers, asked directly."""

import json
from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models.store import Store
from desk.services import check_here
from desk.services.check_apart import DAMAGED, SOUND
from tests.stores import KEY
from tests.unit.services.test_check_apart import damage, written

__all__ = ["written"]


def asked(path: Path) -> bytes:
    return json.dumps([str(path), KEY.hex()]).encode()


def test_it_tells_sound_from_damaged(written: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests themselves are not to become slow for good.
    monkeypatch.setattr("os.nice", lambda _by: 0)
    written.close()
    assert check_here.answer(asked(written.path)) == SOUND
    damage(written)
    assert check_here.answer(asked(written.path)) == DAMAGED


def test_no_store_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.nice", lambda _by: 0)
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreProblem):
        check_here.answer(asked(tmp_path / "empty.db"))
