"""What tests of the round share: a hub one can read and a second PC of the station."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.models.store import Store
from tests.fake_hub import FakeHub
from tests.stores import KEY, SCOPE


@pytest.fixture
def hub() -> FakeHub:
    return FakeHub(SCOPE)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """A second PC of the same station."""
    made = Store.create(tmp_path / "other", KEY, scope_id=SCOPE)
    yield made
    made.close()
