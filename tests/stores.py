"""A real encrypted store for tests, as a pytest plugin: ask for the fixture `store`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.models.store import Store

KEY = bytes(range(32))
SCOPE = "S:01990000-0000-7000-8000-000000000001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give the test a new store in a folder of its own and close it afterwards; it may be closed before."""
    made = Store.create(tmp_path / "store", KEY, scope_id=SCOPE)
    yield made
    made.close()
