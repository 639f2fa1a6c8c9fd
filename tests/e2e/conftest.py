"""Gives a test a screen and a stranger; keeps a picture and the list of widgets when it fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.outside import Stranger
from tests.e2e.screen import Screen

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen of its own."""
    with Screen(tmp_path) as made:
        yield made


@pytest.fixture
def stranger(request: pytest.FixtureRequest, screen: Screen, tmp_path: Path) -> Iterator[Stranger]:
    """Somebody who sees and works what is on the screen."""
    made = Stranger(screen)
    yield made
    if request.node.stash.get(_FAILED, True):
        screen.picture(tmp_path / "screen.png")
        print(f"The screen as it was: {tmp_path / 'screen.png'}")
        print((tmp_path / "programs.log").read_text(encoding="utf-8", errors="replace")[-4000:])
        for seen in made.tree():
            print(f"  {seen.role} | {seen.name} | {seen.text[:40]} {'*' if seen.focused else ''}")
