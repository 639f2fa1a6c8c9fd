"""What the tests of services share: a station at work on Monday morning, a clerk at the desk."""

import pytest

from desk.models.store import Store
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage, build


@pytest.fixture
def stage(store: Store, fake_clock: FakeClock) -> Stage:
    """Give the test a clerk at the desk of a station with two deputies on duty."""
    return build(store)
