"""A station with one visit, and the attachments service as a clerk has it."""

import pytest

from desk.services.attachments import apart, native
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment
from tests.unit.services.attachments import samples
from tests.unit.services.visit_stage import Stage


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do here what is else done in a process apart, with the same bytes on the way: a start takes 0.3 s."""

    def ask(errand: apart.Errand, data: bytes) -> apart.Answer:
        return apart.loaded(native.answer(errand, data))

    # The limit of memory is for the process apart, not for the one that runs all tests.
    monkeypatch.setattr(native.child, "limit", lambda: None)
    monkeypatch.setattr(apart, "ask", ask)


@pytest.fixture
def attachments(stage: Stage) -> Attachments:
    """The service as the clerk at the desk has it."""
    return service(stage)


@pytest.fixture
def visit_id(stage: Stage) -> str:
    """A finished visit."""
    return stage.finished()


@pytest.fixture
def photo(attachments: Attachments, visit_id: str) -> Attachment:
    """A photo that hangs on the visit."""
    return attachments.add("visit", visit_id, samples.photo()).value


def service(stage: Stage) -> Attachments:
    """Return the service for whoever is at the desk."""
    return Attachments(stage.store, stage.session, stage.profiles)
