"""What the tests of mediations share: a mediation room on Monday morning, a mediator at the desk."""

import pytest

from desk.models.store import Store
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> CaseStage:
    """Give the test a mediator at the desk, and a committee whose case numbers this PC gives."""
    return build_room(store)
