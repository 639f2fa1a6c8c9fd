"""Two PCs of one station for tests of the tray."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.models.store import Store
from tests.fake_hub import FakeHub
from tests.fakes import FakeClock
from tests.stores import KEY, SCOPE
from tests.unit.services.tray.tray_stage import Two


@pytest.fixture
def two(store: Store, tmp_path: Path, fake_clock: FakeClock) -> Iterator[Two]:
    """Give the test two PCs that hold the same visit."""
    other = Store.create(tmp_path / "other", KEY, scope_id=SCOPE)
    yield Two(store, other, FakeHub(SCOPE)).begin()
    other.close()
