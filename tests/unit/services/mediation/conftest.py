"""What the tests of mediations share: a mediation room on Monday morning, a mediator at the desk."""

import pytest

from desk.models.store import Store
from desk.services.attachments import apart, native
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room
from tests.unit.services.mediation.paper_room import PaperRoom


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> CaseStage:
    """Give the test a mediator at the desk, and a committee whose case numbers this PC gives."""
    return build_room(store)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files in here instead of in a process apart: a start takes 0.3 s."""

    def ask(errand: apart.Errand, data: bytes) -> apart.Answer:
        return apart.loaded(native.answer(errand, data))

    # The limit of memory is for the process apart, not for the one that runs all tests.
    monkeypatch.setattr(native.child, "limit", lambda: None)
    monkeypatch.setattr(apart, "ask", ask)


@pytest.fixture
def papers(room: CaseStage) -> PaperRoom:
    """Give the papers of the mediation room."""
    return PaperRoom(room)
