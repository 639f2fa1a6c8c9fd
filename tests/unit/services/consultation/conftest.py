"""A station with lawyers, a head and a clerk for the tests of consultations."""

import pytest

from desk.models.store import Store
from tests.fakes import FakeClock
from tests.unit.services.consultation.advice_stage import AdviceStage, build


@pytest.fixture
def advice(store: Store, fake_clock: FakeClock) -> AdviceStage:
    """Give the test a lawyer at the desk of a station with a second lawyer, a head and a clerk."""
    return build(store)
