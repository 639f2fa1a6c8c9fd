"""What the measurements share: the sheet of figures and the seeded stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import seeded
from tests.bench.figures import Figures


@pytest.fixture(scope="session")
def figures() -> Iterator[Figures]:
    """Collect the figures of the run and write the page at its end."""
    sheet = Figures()
    yield sheet
    sheet.write()


@pytest.fixture(scope="session")
def big() -> Path:
    """Give the data folder with 200,000 visits."""
    return seeded.folder_of(200_000)


@pytest.fixture(scope="session")
def small() -> Path:
    """Give the data folder with 2,000 visits."""
    return seeded.folder_of(2_000)
